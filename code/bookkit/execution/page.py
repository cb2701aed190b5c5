"""What a page depends on: its cells' imports, its data, and what it was seen to open.

Read as MyST-NB reads it, so that a cell counts here when, and only when, it would run.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from os.path import relpath
from pathlib import Path
from typing import Any

import nbformat
from myst_nb.core.read import read_myst_markdown_notebook
from sphinx.errors import ExtensionError

from bigcurves.provenance.closure import SOURCE_ROOT, closure
from bigcurves.running.catalogue import DOUBTS, experiments_below
from bookkit.execution.cells import front_matter
from bookkit.execution.files import is_source
from bookkit.execution.python import read


@dataclass(frozen=True)
class Source:
    """A page's cells and settings.

    Attributes
    ----------
    path
        The page's file.
    cells
        The text of each code cell, in order; that of a `:load:` is the file's.
    loaded
        The files that cells take their text from.
    metadata
        The front matter, or a notebook's own.
    """

    path: Path
    cells: tuple[str, ...]
    loaded: tuple[Path, ...]
    metadata: dict[str, Any]


def source_of(path: Path, text: str, config: Any = None) -> Source | None:
    """Read the text of a page, `.md` or `.ipynb`; None if no cell of it would run.

    Raises
    ------
    ExtensionError
        If the page has cells and no kernel, or cannot be read as a notebook.
    """
    if path.suffix != ".ipynb" and "-cell}" not in text:
        return None
    try:
        if path.suffix == ".ipynb":
            notebook = nbformat.reads(text, as_version=4)
        else:
            notebook = read_myst_markdown_notebook(text, config=config, path=path)
    except Exception as fault:
        cure = "mend the cell that it names" if "cell" in str(fault) else "mend the page"
        raise ExtensionError(f"{relpath(path)} cannot be read: {fault}; {cure}") from fault
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not cells:
        return None
    if "kernelspec" not in notebook.metadata:
        raise ExtensionError(
            f"{relpath(path)} has code cells but no kernelspec, so none of them would run; "
            "begin the page with: ---\\nkernelspec: {name: python3, display_name: Python 3}\\n---"
        )
    names = [cell.metadata["load"] for cell in cells if "load" in cell.metadata]
    loaded = tuple((path.parent / str(name)).resolve() for name in names)
    return Source(path, tuple(cell.source for cell in cells), loaded, dict(notebook.metadata))


def stamped(text: str, source: Source, stamp: str) -> str:
    """Write a stamp into the page's kernelspec, on which the cache is keyed; lines keep numbers."""
    if source.path.suffix == ".ipynb":
        notebook = json.loads(text)
        notebook["metadata"]["kernelspec"]["code_hash"] = stamp
        return json.dumps(notebook)
    metadata = source.metadata | {"file_format": "mystnb"}  # what makes MyST-NB run the cells
    metadata["kernelspec"] = dict(metadata["kernelspec"]) | {"code_hash": stamp}
    front = front_matter(text)
    assert front is not None  # it held the kernelspec
    # JSON is YAML; blank lines keep every later line at its number. MyST-NB takes it that one
    # blank line stands before text, and tells all lines up to the first cell wrongly without it.
    rest = text[front.end() :]
    padding = "\n" * front["yaml"].count("\n")
    blank = "" if rest.startswith("\n") or len(padding) < 2 else "\n"
    return f"---\n{json.dumps(metadata)}{padding.removesuffix(blank)}---\n{blank}{rest}"


@dataclass(frozen=True)
class Needs:
    """The files that a page depends on before it runs.

    Attributes
    ----------
    modules
        Python files of our packages.
    data
        All others: those under `data:`, those of a `:load:`, and of an opaque page every source.
    opaque
        The first cell that nobody can follow, and why, in the words of a message.
    """

    modules: tuple[Path, ...]
    data: tuple[Path, ...]
    opaque: str = ""


def needs_of(source: Source, project: Path) -> Needs:
    """Follow the imports of all cells; a cell that nobody can follow depends on everything."""
    found = [read(cell) for cell in source.cells]
    python = [text for each in found for text in each.python]
    modules = set(closure("\n".join([*python, *_looked_through(source.metadata)])))
    data = {*source.loaded, *_declared(source)}
    opaque = ((number, each.opaque) for number, each in enumerate(found, 1) if each.opaque)
    number, reason = next(opaque, (0, ""))
    if reason:
        modules |= {path for path in _sources(SOURCE_ROOT) if path.suffix == ".py"}
        data |= {path for path in _sources(project) if path.suffix != ".py"}
        data -= {source.path}
    said = f"cell {number}: {reason}" if reason else ""
    return Needs(tuple(sorted(modules)), tuple(sorted(data)), said)


def _declared(source: Source) -> Iterator[Path]:
    """List the files that the front matter names under `data`, relative to the page."""
    names = source.metadata.get("data") or []
    for name in [names] if isinstance(names, str) else names:
        path = (source.path.parent / str(name)).resolve()
        if path.is_dir():
            yield from _sources(path)
        elif path.is_file():
            yield path
        else:
            raise ExtensionError(
                f"{source.path.name}: data: there is no file {name} (looked for {path}); "
                "names are relative to the page"
            )


def _sources(folder: Path) -> Iterable[Path]:
    """List all files below a folder that no build has made."""
    for path in folder.iterdir():
        if is_source(path, folder):
            if path.is_dir() and not path.is_symlink():
                yield from _sources(path)
            elif path.is_file():
                yield path


def _looked_through(metadata: dict[str, Any]) -> Iterator[str]:
    """Write as imports what a page's `looks-through` names: packages whose experiments it finds.

    A page that lists what lies in a folder depends on all of it, though it imports none; and on
    what is doubted there.
    """
    for package in metadata.get("looks-through") or []:
        for folder in map(Path, import_module(package).__path__):
            rooms = {path.parent for path in experiments_below(folder)}
            doubts = (room / f"{DOUBTS}.py" for room in sorted(rooms))
            for path in (*experiments_below(folder), *filter(Path.is_file, doubts)):
                parts = path.relative_to(folder).with_suffix("").parts
                yield f"import {'.'.join([package, *parts])}"
