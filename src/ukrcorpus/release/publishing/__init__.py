"""A checked release on its way to the Hub, an object store or a folder: a version goes there once."""
