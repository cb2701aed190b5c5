"""What processes of one build tell each other of their runs: a line of JSON each, appended.

A page runs in a kernel whose output is part of the page, so a kernel notes what it has to say,
and the build says it at the end.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

VARIABLE = "BIGCURVES_NOTES"  # the file; not set outside a build


def note(about: dict[str, Any]) -> bool:
    """Append a line to the build's notes; False where no build listens."""
    path = os.environ.get(VARIABLE)
    if not path:
        return False
    line = json.dumps(about).encode() + b"\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        os.write(handle, line)  # in one call: lines of several processes never mix
    finally:
        os.close(handle)
    return True


@contextmanager
def listening(folder: Path) -> Iterator[list[dict[str, Any]]]:
    """Take up what is noted meanwhile, in this process and those that it starts.

    Yields
    ------
    A list that holds the notes at the end; a line that was cut off is left out.
    """
    found: list[dict[str, Any]] = []
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".notes-")
    os.close(handle)
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = name
    try:
        yield found
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
        for line in Path(name).read_text("utf-8").splitlines():
            with suppress(ValueError):
                found.append(json.loads(line))
        Path(name).unlink()


def summary(notes: Iterable[dict[str, Any]]) -> list[str]:
    """Say in lines what the notes amount to: runs read and made, and each fault once."""
    notes = list(notes)
    made: dict[str, int] = {}
    for each in notes:
        if each["made"]:
            made[each["experiment"]] = made.get(each["experiment"], 0) + each["made"]
    lines = list(dict.fromkeys(each["fault"] for each in notes if each["fault"]))
    read_before = sum(each["read"] for each in notes)
    if made:
        names = ", ".join(f"{name} {count}" for name, count in sorted(made.items()))
        lines.append(f"Runs: {read_before} read, {sum(made.values())} made ({names})")
    elif notes:
        lines.append(f"Runs: {read_before} read, none made")
    return lines
