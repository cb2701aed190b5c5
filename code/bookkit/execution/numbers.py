"""The numbers that stand on the pages, and which of them moved between two builds."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GLUED = ".glue.json"
Numbers = dict[str, dict[str, str]]


def numbers_on_pages(executed: Path) -> Numbers:
    """Collect every glued value, as text, by page and name.

    Parameters
    ----------
    executed
        The folder of executed pages that a build leaves (`_build/jupyter_execute`). MyST-NB
        takes glued values out of the notebooks there and keeps them beside, in a file a page.
    """
    pages = {
        path.relative_to(executed).as_posix().removesuffix(GLUED): dict(_glued(path))
        for path in sorted(executed.rglob(f"*{GLUED}"))
    }
    return {page: values for page, values in pages.items() if values}


def moved(before: Numbers, after: Numbers) -> list[tuple[str, str, str, str]]:
    """List what changed as (page, name, old, new), a dash where there was none."""
    return [
        (page, name, old, new)
        for page in sorted(before.keys() | after.keys())
        for name, old, new in _differences(before.get(page, {}), after.get(page, {}))
    ]


def _differences(before: dict[str, str], after: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, "-"), after.get(name, "-")
        if not _same(old, new):
            yield name, old, new


def _glued(path: Path) -> Iterator[tuple[str, str]]:
    kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for name, output in kept.items():
        text = next((v for k, v in output["data"].items() if k.endswith("text/plain")), "")
        yield name, text if isinstance(text, str) else "".join(text)


def _same(old: str, new: str) -> bool:
    """Compare two glued texts; numbers are the same if six digits agree, as on any machine."""
    try:
        return math.isclose(float(old), float(new), rel_tol=1e-6, abs_tol=1e-12)
    except ValueError:
        return old == new
