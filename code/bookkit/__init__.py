"""The book's Sphinx side: charts, strict pages, and a build that never serves stale results."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: "Sphinx") -> dict[str, Any]:
<<<<<<< HEAD
    """Set up the extension; loaded here, so that a part by itself, as in a kernel, costs little."""
    from bookkit.extension import setup as set_up

    return set_up(app)
=======
    """Set up the extension, imported only now: a build's first line does not wait for Sphinx."""
    from bookkit import extension

    return extension.setup(app)
>>>>>>> prog
