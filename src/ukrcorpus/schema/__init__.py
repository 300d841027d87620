"""The one definition of a corpus, written by hand in ``schema/``: read strictly, then checked for sense."""
