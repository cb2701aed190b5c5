"""Inside a page's kernel: which files of the project a cell opens, and what they held.

Loaded as an extension of IPython. The names go, a line of JSON each, into a file that the build
reads when the page is done; the first line says that the page was executed at all. What Python's
imports open, and what a run of the record opens, is left out: the build follows imports by name,
and a run declares its own files. Libraries that open files below Python (HDF5, Arrow) are not
seen; such a file is named in the page's `data:`.
"""

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from bookkit.execution.files import digest, is_source

FILE = "BOOKKIT_OPENED"  # where a kernel writes; not set where nobody asks
PROJECT = "BOOKKIT_PROJECT"
EVENTS = ("open", "os.listdir", "os.scandir", "sqlite3.connect")
_UNSEEN = ("<frozen importlib", "<frozen zipimport")  # who opens files that are no data
_OUR_RUNS = ("runs.py", "store.py", "closure.py", "claims.py", "catalogue.py", "provenance.py")
_busy = threading.local()


class Listener:
    """Hears of each file that this process opens, and notes those of the project."""

    def __init__(self, project: Path, target: Path) -> None:
        self.project, self.target = project, target
        self.noted: set[tuple[str, str]] = set()
        self._write({"executed": True})

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note a file, unless we ourselves open it; an audit hook must never raise."""
        if event not in EVENTS or getattr(_busy, "now", False):
            return
        _busy.now = True
        try:
            self._hear(event, arguments)
        except Exception as fault:
            self._write({"fault": f"{type(fault).__name__}: {fault}"})
        finally:
            _busy.now = False

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        name = arguments[0]
        if event == "open" and _only_writes(arguments[2]):
            return
        if name is None:
            name = "."
        if not isinstance(name, str | bytes | os.PathLike):
            return  # a descriptor: whoever opened it was heard
        path = Path(os.path.realpath(os.fsdecode(name)))
        if is_source(path, self.project) and not _is_machinery():
            found = digest(path)
            if (str(path), found) not in self.noted:
                self.noted.add((str(path), found))
                self._write({"file": str(path), "digest": found})

    def _write(self, about: dict[str, Any]) -> None:
        with self.target.open("a", encoding="utf-8") as file:
            file.write(json.dumps(about) + "\n")


def _only_writes(flags: object) -> bool:
    return isinstance(flags, int) and flags & os.O_ACCMODE == os.O_WRONLY


def _is_machinery() -> bool:
    """Tell whether an import, or a run of the record, is what opens the file."""
    frame = sys._getframe(3)  # the caller of the hook
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_UNSEEN):
            return True
        parts = name.rsplit(os.sep, 3)[-3:]
        if "bigcurves" in parts[:-1] and (parts[-1] in _OUR_RUNS or "running" in parts):
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


def load_ipython_extension(_shell: object) -> None:
    """Listen from now on, where a build asks for it."""
    if os.environ.get(FILE):
        project = Path(os.path.realpath(os.environ[PROJECT]))
        sys.addaudithook(Listener(project, Path(os.environ[FILE])))
