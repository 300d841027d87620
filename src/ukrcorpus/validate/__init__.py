"""Rules over a built corpus: each is a generator of findings, asked depth by depth, told in one report."""
