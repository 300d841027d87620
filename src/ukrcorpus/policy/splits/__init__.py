"""Which split an article belongs to, and the proof that nothing leaks from one split into another."""
