"""Which experiments there are, found by looking at the files and not by a hand-kept list.

Names and titles are read without importing anything, so that asking for them costs nothing.
For the command line and the ledger only: a chapter imports the experiments that it shows.
"""

import ast
import pkgutil
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bigcurves import experiments
from bigcurves.provenance import Source
from bigcurves.running.syntax import is_experiment


class UnknownNameError(ValueError):
    """No such name. The message offers near ones."""


def titles() -> dict[str, str]:
    """Map each experiment's name to the first line of its docstring, in alphabetical order."""
    found = {}
    for module in sorted(pkgutil.iter_modules(experiments.__path__), key=lambda m: m.name):
        title = _title(path_of(module.name).read_text("utf-8"))
        if title is not None:
            found[module.name] = title
    return found


@lru_cache(maxsize=256)
def _title(source: str) -> str | None:
    """Read an experiment's title from its text, once; None if it is no experiment."""
    tree = ast.parse(source)
    return (ast.get_docstring(tree) or "").partition("\n")[0] if is_experiment(tree) else None


def load(name: str) -> ModuleType:
    """Import an experiment by its name."""
    return import_module(f"{experiments.__name__}.{checked(name, titles())}")


def source(name: str) -> Source:
    """List what an experiment depends on, without importing it."""
    return Source.of(f"{experiments.__name__}.{name}", path_of(name))


def checked(name: str, known: dict[str, str], kind: str = "experiment") -> str:
    """Return a name that is known, or raise with those that look like it."""
    if name in known:
        return name
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
    raise UnknownNameError(f"no {kind} is called {name!r}; {hint}")


def path_of(name: str) -> Path:
    """Name an experiment's file."""
    return Path(experiments.__path__[0]) / f"{name}.py"
