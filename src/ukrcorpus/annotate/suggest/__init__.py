"""Suggestions: which mentions, claims and answers a task proposes to an annotator."""
