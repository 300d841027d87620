"""Articles as received: their bytes, their manifest, their corrections."""
