"""The book's Sphinx side: charts, strict pages, and a build that never serves stale results."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: "Sphinx") -> dict[str, Any]:
    """Set up the extension; loaded here, so that a part by itself, as in a kernel, costs little."""
    from bookkit.extension import setup as set_up

    return set_up(app)
