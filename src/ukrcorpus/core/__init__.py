"""What every stage stands on: problems, project paths, tables on disk, and text that knows its origin."""
