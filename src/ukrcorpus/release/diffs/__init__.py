"""What changed between two releases: rows, subjects, causes, and what that does to the network."""
