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
from functools import lru_cache
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import Any, TypeGuard

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
    """Read a module's `DEPENDS_ON`, which must stand there once, literally.

    Raises
    ------
    DeclarationError
        If it is no mapping of lists of texts, or anything else gives it a value.
    """
    declared: dict[str, list[str]] = {kind: [] for kind in KINDS}
    lines = _lines_about(tree)
    plain = [line for line in lines if _is_plain(line)]
    strays = [line for line in lines if line not in plain[:1]]
    if strays:
        said = " ".join(ast.unparse(ast.fix_missing_locations(strays[0])).split())
        raise DeclarationError(
            f"DEPENDS_ON of {module} must be one plain assignment of a literal, "
            f"DEPENDS_ON = {{'files': ['a.csv']}}, got {said:.80}"
        )
    for line in plain:
        found, fault = _literal(line.value)
        if fault:
            raise DeclarationError(
                f"DEPENDS_ON of {module} must map {', '.join(KINDS)} to lists of texts, got {fault}"
            )
        declared |= found
    return declared


@lru_cache(maxsize=2048)
def _lines_about(tree: ast.Module) -> list[ast.stmt]:
    """List the lines of a tree that touch `DEPENDS_ON`, once: trees are asked for many times."""
    return [line for line in tree.body if any(map(_changes, ast.walk(line)))]


def _changes(node: ast.AST) -> bool:
    """Tell whether a node gives `DEPENDS_ON`, or a part of it, a value, or takes it away."""
    if isinstance(node, ast.alias):
        return (node.asname or node.name) == "DEPENDS_ON"
    changed = isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):  # update, append
        changed, node = True, node.value.func
        if not isinstance(node, ast.Attribute):
            return False
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return changed and isinstance(node, ast.Name) and node.id == "DEPENDS_ON"


def _is_plain(line: ast.stmt) -> TypeGuard[ast.Assign]:
    return isinstance(line, ast.Assign) and [*map(ast.unparse, line.targets)] == ["DEPENDS_ON"]


def _literal(value: ast.expr) -> tuple[dict[str, list[str]], str]:
    """Read a mapping from kinds to lists of texts, and say what in it is none."""
    try:
        found = ast.literal_eval(value)
    except (ValueError, TypeError):
        found = None
    known = isinstance(found, dict) and set(found) <= set(KINDS)
    if not known or not all(isinstance(names, list | tuple | set) for names in found.values()):
        return {}, f"{ast.unparse(value):.80}"
    for kind, names in found.items():
        for name in names:
            if not isinstance(name, str):
                return {}, f"{name!r:.80} in {kind!r}"
    return {kind: [*names] for kind, names in found.items()}, ""


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
