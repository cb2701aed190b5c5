"""The Sphinx side of the book: cache keys, charts, strict pages. Knows nothing of the science."""

from .extension import setup as setup
