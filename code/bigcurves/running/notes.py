"""What the processes of one build tell its parent, as it happens: a line of JSON each, appended.

A page runs in a kernel whose output is part of the page, and pages are read in forked processes.
So each of them notes what it has to say in one file, which the parent reads as it grows.
"""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

VARIABLE = "BIGCURVES_NOTES"  # the file; not set outside a build
PAGE = "BIGCURVES_PAGE"  # the page that this process and its kernel work on
Note: TypeAlias = dict[str, Any]


def listened() -> bool:
    """Tell whether this process belongs to a build that reads its notes."""
    return bool(os.environ.get(VARIABLE))


def note(about: Note) -> bool:
    """Append a line to the build's notes, with its time and page; False where no build listens.

    Where the line cannot be written, as on a full disk, the work itself will meet the fault.
    """
    path = os.environ.get(VARIABLE)
    if not path:
        return False
    about = {"at": time.monotonic(), "page": os.environ.get(PAGE, "")} | about
    line = json.dumps(about).encode() + b"\n"
    with suppress(OSError):
        handle = os.open(path, os.O_WRONLY | os.O_APPEND)
        try:
            os.write(handle, line)  # in one call: lines of several processes never mix
        finally:
            os.close(handle)
    return True


class Notes:
    """A file of notes that grows, read piece by piece.

    Attributes
    ----------
    heard
        All notes so far.
    """

    def __init__(self, path: Path) -> None:
        self.heard: list[Note] = []
        self._path, self._place = path, 0

    def new(self) -> list[Note]:
        """Read what was noted since the last call; a line that is not whole yet waits."""
        with self._path.open("rb") as file:
            file.seek(self._place)
            whole = file.read().rpartition(b"\n")[0]
        if not whole:
            return []
        self._place += len(whole) + 1
        found = []
        for line in whole.splitlines():
            with suppress(ValueError):  # cut off on a full disk
                found.append(json.loads(line))
        self.heard += found
        return found


@contextmanager
def listening(folder: Path) -> Iterator[Notes]:
    """Take up what is noted meanwhile, in this process and those that it starts.

    Yields
    ------
    The notes; at the end all have been read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".notes-")
    os.close(handle)
    found = Notes(Path(name))
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = name
    try:
        yield found
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
        with suppress(FileNotFoundError):  # the folder was removed while the build ran
            found.new()
            Path(name).unlink()
