"""What a figure was measured on: the versions of the libraries, no one's name."""

import platform
from importlib import metadata


def versions(*libraries: str) -> dict[str, str]:
    """Give the versions of Python and of the libraries named."""
    found = {name: metadata.version(name) for name in libraries}
    return {"Python": platform.python_version(), **found}
