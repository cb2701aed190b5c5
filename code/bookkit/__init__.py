"""The Sphinx side of the book: cache keys, charts, strict pages. Knows nothing of the science."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: "Sphinx") -> dict[str, Any]:
    """Set up the extension, imported only now: a build's first line does not wait for Sphinx."""
    from bookkit import extension

    return extension.setup(app)
