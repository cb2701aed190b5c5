"""What a run was made with: the versions, the processor and the kernel of linear algebra.

None of it is part of a key. The record's index says it of each run, and a verify compares.
"""

import platform
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from bigcurves.provenance.closure import NUMERIC_LIBRARIES

FIELDS = ("date", "python", *NUMERIC_LIBRARIES, "processor", "blas")


def made_here(seconds: float) -> dict[str, Any]:
    """Describe a run that this machine has made today."""
    today = datetime.now(UTC).date().isoformat()
    return {"seconds": round(seconds, 3), "date": today, **_here()}


def in_words(made: Mapping[str, Any]) -> str:
    """Say in a few words what runs were made with."""
    numpy, python = made.get("numpy", "?"), made.get("python", "?")
    return f"{made.get('processor', '?')} ({made.get('blas', '?')}), Python {python}, numpy {numpy}"


@cache
def _here() -> Mapping[str, str]:
    versions = {library: metadata.version(library) for library in NUMERIC_LIBRARIES}
    return {
        "python": platform.python_version(),
        **versions,
        "processor": processor(),
        "blas": _kernel(),
    }


def processor() -> str:
    """Name the processor as its maker does; Python itself tells only the family."""
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _kernel() -> str:
    """Name the library of linear algebra that numpy uses, and its kernel for this processor."""
    import numpy as np
    from threadpoolctl import threadpool_info

    assert np  # loaded, so that its library is
    pools = threadpool_info()  # scipy may bring a library of its own, and be listed first
    for pool in sorted(pools, key=lambda pool: "numpy" not in pool["filepath"]):
        if pool["user_api"] == "blas":
            return (
                f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}".strip()
            )
    return "unknown"
