"""The Sphinx side of the book: cache keys, charts and strict pages."""
