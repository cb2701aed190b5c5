"""The stub of a new chapter: what writes it, and the templates that it is written from."""
