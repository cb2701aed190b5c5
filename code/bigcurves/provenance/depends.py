"""What a run depends on that no import shows, and the guard that it is said.

It is declared in the module that uses it::

    DEPENDS_ON = {
        "files": ["measured.csv"],        # beside the module; a run may open no others
        "environment": ["MY_LAB_SITE"],
        "modules": ["lab.worlds.ring"],   # imported by a name that is made at run time
        "libraries": ["torch"],           # that no module imports by an `import` of its own
    }
"""

import ast
import os
import site
import sys
import sysconfig
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import Any

KINDS = ("files", "environment", "modules", "libraries")
# Python's own and its packages' files go with their versions; a system's are no experiment's data.
LIBRARIES = tuple(
    sorted(
        {
            os.path.realpath(folder) + os.sep
            for folder in (
                sys.prefix,
                sys.base_prefix,
                *sysconfig.get_paths().values(),
                *site.getsitepackages(),
                site.getusersitepackages(),
                *("/proc", "/sys", "/dev", "/etc", "/usr", "/lib"),
            )
        }
    )
)
_here = threading.local()


class DeclarationError(ValueError):
    """A `DEPENDS_ON` that cannot be followed. The message names the module and the cure."""


class UndeclaredFileError(RuntimeError):
    """A run opened a file that its key does not know: an edit of it would go unnoticed."""


def declaration(tree: ast.Module, module: Path) -> Mapping[str, list[str]]:
    """Read a module's `DEPENDS_ON`, which must stand there literally."""
    declared: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for line in tree.body:
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "DEPENDS_ON":
            try:
                found = ast.literal_eval(line.value)
                declared |= {str(kind): [*map(str, names)] for kind, names in found.items()}
                fault = isinstance(found, dict) and any(isinstance(n, str) for n in found.values())
            except (ValueError, AttributeError, TypeError):
                fault = True
            if fault or set(declared) != set(KINDS):
                raise DeclarationError(
                    f"DEPENDS_ON of {module} must map {', '.join(KINDS)} to lists of texts, "
                    f"got {ast.unparse(line.value):.80}"
                )
    return declared


@contextmanager
def only_declared(experiment: str, files: tuple[Path, ...]) -> Iterator[None]:
    """Let this thread read no file but the declared ones, Python's own, and what it writes.

    Raises
    ------
    UndeclaredFileError
        At the file's opening, and again at the end if the first was caught.
    """
    _watch_openings()
    _here.experiment, _here.opened = experiment, []
    _here.allowed = {os.path.realpath(file) for file in files}
    try:
        yield
    finally:
        _here.experiment = ""
    if _here.opened:
        raise UndeclaredFileError(_here.opened[0])


def _on_audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not getattr(_here, "experiment", ""):
        return
    path, mode, flags = arguments
    if isinstance(path, int):
        return
    experiment, _here.experiment = _here.experiment, ""  # what we ask of the file is no run's
    try:
        fault = _fault(experiment, os.fsdecode(path), mode, flags)
    finally:
        _here.experiment = experiment
    if fault:
        _here.opened.append(fault)
        raise UndeclaredFileError(fault)


def _fault(experiment: str, path: str, mode: str | None, flags: int) -> str:
    """Say what is wrong with opening a file; nothing if it may be opened."""
    place = os.path.realpath(path)
    if flags & (os.O_WRONLY | os.O_RDWR) or set(mode or "") & set("wax+"):
        _here.allowed.add(place)
        return ""
    declared = place in _here.allowed or place.startswith(LIBRARIES)
    if declared or place.endswith(tuple(all_suffixes())) or not os.path.isfile(place):  # noqa: PTH113
        return ""
    return f"{experiment} opened {path}, which no DEPENDS_ON names: add it under 'files'"


_watching = False


def _watch_openings() -> None:
    """Ask Python to tell of each opening, once: such a hook cannot be taken back."""
    global _watching
    if not _watching:
        sys.addaudithook(_on_audit)
        _watching = True
