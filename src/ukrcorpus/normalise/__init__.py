"""Raw article in, one block per line out, and every character can say where it came from."""
