"""What follows from the schema: one foreign form per module, each by one pure function."""
