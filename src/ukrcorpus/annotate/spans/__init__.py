"""Spans: proved against the text they were marked in, and found again when that text changes."""
