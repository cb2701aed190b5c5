"""What a figure was measured on: the processor's model and the libraries, no one's name."""

import platform
from importlib import metadata
from pathlib import Path


def processor() -> str:
    """Name the processor's model."""
    listed = Path("/proc/cpuinfo")
    if listed.is_file():
        for line in listed.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def versions(*libraries: str) -> dict[str, str]:
    """Give the versions of Python and of the libraries named."""
    found = {name: metadata.version(name) for name in libraries}
    return {"Python": platform.python_version(), **found}
