"""Tasks to a Label Studio server, labels back: each once, whatever happens on the way."""
