"""What several stages need to compare annotations: span matching, agreement, scores, the discourse network."""
