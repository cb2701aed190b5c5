"""The numbers that stand on the pages, and which of them moved between two builds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Numbers = dict[str, dict[str, str]]


def numbers_on_pages(executed: Path) -> Numbers:
    """Collect every glued value, as text, by page and name.

    Parameters
    ----------
    executed
        The folder of executed notebooks that a build leaves (`_build/jupyter_execute`).
    """
    pages = {
        path.relative_to(executed).with_suffix("").as_posix(): dict(_glued(path))
        for path in sorted(executed.rglob("*.ipynb"))
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
        if old != new:
            yield name, old, new


def _glued(path: Path) -> Iterator[tuple[str, str]]:
    notebook: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            name = output.get("metadata", {}).get("scrapbook", {}).get("name")
            text = next(
                (v for k, v in output.get("data", {}).items() if k.endswith("text/plain")), ""
            )
            if name:
                yield name, "".join(text)
