"""Which experiments there are, found by looking at the files and not by a hand-kept list.

An experiment is a module in the room of its chapter. The record, the claims and the command line
know it by its own name, which no other bears. Names and titles are read without importing
anything, so that asking for them costs nothing.
"""

import ast
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bigcurves.provenance.source import Source
from bigcurves.provenance.syntax import is_experiment

CHAPTERS = "bigcurves.chapters"  # by its name: what runs experiments is not built upon them
CHARTS = "charts"  # a room in each chapter's, without experiments
DOUBTS = "doubts"  # a module in a chapter's room: what is doubted of its claims
BOOK_SEEDS = range(20)
MUTATION_SEEDS = range(5)  # on each of these, alone, a claim must fall under its mutation
CHOICE_SEEDS = range(5)  # on their mean a claim is judged under each choice


class UnknownNameError(ValueError):
    """No such name. The message offers near ones."""


def titles() -> dict[str, str]:
    """Map each experiment's name to the first line of its docstring, in alphabetical order.

    Raises
    ------
    ValueError
        If two experiments bear one name.
    """
    found: dict[str, Path] = {}
    for path in experiments_below(_folder()):
        if path.stem in found:
            raise ValueError(
                f"two experiments are called {path.stem}, {found[path.stem]} and {path}: "
                "rename one, the record knows them by their names"
            )
        found[path.stem] = path
    return {name: _title(path.read_text("utf-8")) or "" for name, path in sorted(found.items())}


def experiments_below(folder: Path, name: str = "*") -> Iterator[Path]:
    """List the files below a folder that hold experiments, or the one experiment called `name`."""
    for path in sorted(folder.rglob(f"{name}.py")):
        if path.parent.name != CHARTS and _title(path.read_text("utf-8")) is not None:
            yield path


@lru_cache(maxsize=256)
def _title(source: str) -> str | None:
    """Read an experiment's title from its text, once; None if it is no experiment."""
    tree = ast.parse(source)
    return (ast.get_docstring(tree) or "").partition("\n")[0] if is_experiment(tree) else None


def load(name: str) -> ModuleType:
    """Import an experiment by its name."""
    return import_module(module_of(name))


def module_of(name: str) -> str:
    """Name an experiment's module as Python imports it."""
    return _module(path_of(name))


def source(name: str) -> Source:
    """List what an experiment depends on, without importing it."""
    path = path_of(name)
    return Source.of(_module(path), path)


def checked(name: str, known: dict[str, str], kind: str = "experiment") -> str:
    """Return a name that is known, or raise with those that look like it."""
    if name in known:
        return name
    raise _unknown(name, known, kind)


def _unknown(name: str, known: dict[str, str], kind: str) -> UnknownNameError:
    """Name those that look like a name which is not known."""
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
    return UnknownNameError(f"no {kind} is called {name!r}; {hint}")


def path_of(name: str) -> Path:
    """Name an experiment's file.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    for path in experiments_below(_folder(), name):
        if path.stem == name:
            return path
    raise _unknown(name, titles(), "experiment")


def _module(path: Path) -> str:
    """Name an experiment's module as Python imports it."""
    return ".".join([CHAPTERS, *path.relative_to(_folder()).with_suffix("").parts])


def _folder() -> Path:
    """Name the folder of all chapters."""
    return Path(import_module(CHAPTERS).__path__[0])
