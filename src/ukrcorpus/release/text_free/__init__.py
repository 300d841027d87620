"""Releases without the words of articles that may not be passed on: the proof, and the way back."""
