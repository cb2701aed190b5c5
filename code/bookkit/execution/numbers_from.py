"""Where a page's numbers come from, said in one line at its foot and known to its cache.

A page that imports an experiment depends on what the record holds of it: another record, another
page. The line tells what the runs were made with; a run whose code has changed since was made
anew by the build, and the line says so.
"""

import ast
import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bigcurves.provenance.code_key import code_of
from bigcurves.provenance.syntax import is_experiment
from bigcurves.running.index import NAME as INDEX
from bigcurves.running.index import HowMade, load
from bigcurves.running.record import SUFFIX, file_of, key_of, record_folder, recorded

LINE = "bookkit_numbers_from"  # of what Sphinx keeps of a page
MOST_NAMED = 7  # experiments in the command that a page shows


def connect(app: Sphinx) -> None:
    """Make each page's line as it is read, and show it as it is written.

    The line follows from files that the page depends on, and costs more than the page's writing,
    which happens more often.
    """
    app.connect("doctree-read", make_line)
    app.connect("html-page-context", add_line)


def recorded_files(modules: Iterable[Path]) -> list[Path]:
    """List the files of the record that belong to some modules."""
    found = ((module, file_of(module.stem)) for module in modules)
    return sorted({path for module, path in found if path.is_file() and _is_experiment(module)})


def stamp(files: Iterable[Path]) -> str:
    """Hash files of the record."""
    digests = (f"{path.name} {_digest(path, path.stat().st_mtime_ns)}" for path in files)
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()[:16]


def make_line(app: Sphinx, _doctree: object) -> None:
    """Keep where the numbers of the page that is read come from; nothing if it shows no runs."""
    docname = app.env.docname
    depends = [Path(app.srcdir, name) for name in app.env.dependencies.get(docname, ())]
    names = {path.name.removesuffix(SUFFIX) for path in depends if path.name.endswith(SUFFIX)}
    modules = [path for path in depends if path.suffix == ".py" and path.stem in names]
    said = line(path for path in modules if _is_experiment(path))
    if said[0]:
        app.env.note_dependency(str(record_folder() / INDEX))  # which the line tells of
        app.env.metadata[docname][LINE] = said


def add_line(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Tell the template where the numbers of a page come from."""
    found = app.env.metadata.get(pagename, {}).get(LINE, ("", ""))
    context["numbers_from"], context["numbers_again"] = found


def line(experiments: Iterable[Path]) -> tuple[str, str]:
    """Say what the recorded runs of some experiments, given by their files, were made with.

    Returns
    -------
    The line, and the command that repeats the runs; both empty where there are none.
    """
    names: list[str] = []
    how, _ = load(record_folder())
    old = 0
    made: set[tuple[str, ...]] = set()
    for path in sorted(experiments, key=lambda path: path.stem):
        code = code_of(Path(os.path.normpath(path))).key
        found = recorded(path.stem).runs
        old += sum(run.key != key_of(code, run.settings) for run in found)
        names += [path.stem] if found else []
        made |= set(_made(path.stem, how))
    if not names:
        return "", ""
    days = sorted({day for day, *_ in made if day})
    when = "" if not days else f" on {days[0]}" if len(days) == 1 else f" {days[0]} to {days[-1]}"
    kinds = sorted({", ".join(kind) for _, *kind in made})
    with_what = f" with {' and '.join(kinds)}" if kinds else ""
    few = f"python -m bigcurves verify {' '.join(names)}"
    command = few if len(names) <= MOST_NAMED else "make verify"
    text = f"The numbers on this page come from runs recorded{when}{with_what}; to repeat them: "
    if old:
        text = f"{old} runs were recorded with older code, and are made anew. {text}"
    return text, command


def _is_experiment(module: Path) -> bool:
    """Tell an experiment from a measure or a world of the same name."""
    return is_experiment(ast.parse(module.read_text("utf-8")))


def _made(experiment: str, how: HowMade) -> Iterator[tuple[str, ...]]:
    """Tell the day, and what the runs of an experiment were made with, as far as it is known."""
    for (name, *_), made in how.items():
        if name == experiment:
            yield made["date"], f"Python {made['python']}", f"numpy {made['numpy']}"


@lru_cache(maxsize=256)
def _digest(path: Path, _time: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
