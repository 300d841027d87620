"""From several annotators' rounds to one version: what agrees, what a decision settles, what a review asks."""
