"""The documents of a release, all written from one set of facts: card, Croissant, citation and the rest."""
