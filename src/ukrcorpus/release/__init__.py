"""From annotated tables to a dataset that can be cited."""
