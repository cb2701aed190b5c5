"""Records that say something else, and the seed that a verify chooses: for tests of both."""

import json
import lzma
from collections.abc import Callable
from typing import Any

from tests.recording.walk import Walk

from bigcurves.recording.verify import Item, one_of_each, verify
from bigcurves.running.record import Run, read, write

Row = dict[str, Any]


def forge(walk: Walk, change: Callable[[Run, Row], Row]) -> None:
    """Change recorded rows, and their checksums with them."""
    forged = []
    for run in read(walk.file):
        rows = [change(run, dict(row)) for row in run.rows]
        body = "".join(json.dumps(row) + "\n" for row in rows).encode()
        forged.append(Run(key=run.key, settings=run.settings, seed=run.seed, body=body))
    walk.file.write_bytes(lzma.compress(write("walk", forged)))


def is_default(run: Run) -> bool:
    return '"drift": 1.0, "steps": 50' in run.settings


def seed_of(commit: str) -> int:
    """Name the seed that a commit chooses, without a run."""
    found: list[Item] = []

    def choose(items: list[Item]) -> list[Item]:
        found.extend(one_of_each(commit)(items))
        return []

    verify(choose=choose)
    return found[0].run.seed
