"""What Sphinx is about, told as notes: stages, pages as they are read and written, each cell."""

import os
import time
from typing import Any

from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.execute import cache as executing
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bigcurves.running.notes import PAGE, Note, note
from bookkit.watching.supervisor import end_if_alone


def connect(app: Sphinx) -> None:
    """Note what goes on. What others do at the same events comes after a beginning."""
    app.connect("env-before-read-docs", begin_reading)
    app.connect("source-read", begin_page, priority=1)
    app.connect("doctree-read", end_page, priority=999)
    app.connect("write-started", begin_writing)
    app.connect("html-page-context", end_written_page, priority=999)
    app.connect("build-finished", begin_publishing, priority=1)
    executing.single_nb_execution = timed_execution  # MyST-NB has no setting for nbclient's hooks


def stage(name: str, total: int = 0) -> None:
    """Note that a part of the build begins, and how many steps it has, if that is known."""
    _tell({"stage": name, "total": total})


def step() -> None:
    """Note that a step of the present part is done."""
    _tell({"step": 1})


def _tell(about: Note) -> None:
    """Note something, unless the watcher was killed: then this build ends as well."""
    end_if_alone()
    note(about)


def begin_reading(_: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Tell which pages will be read anew."""
    _tell({"reading": pages, "pages": len(env.found_docs)})


def begin_page(_: Sphinx, docname: str, _source: list[str]) -> None:
    """Note that a page is read from now on; its kernel knows it too."""
    os.environ[PAGE] = docname
    _tell({"begun": docname})


def end_page(app: Sphinx, _doctree: object) -> None:
    """Note that a page has been read, and whether a cell failed."""
    docname = app.env.docname
    run = NbMetadataCollector.get_exec_data(app.env, docname)
    _tell({"ended": docname, "failed": bool(run and not run["succeeded"])})
    os.environ.pop(PAGE, None)


def begin_writing(_: Sphinx, _builder: object) -> None:
    """Note that all pages are read and all charts drawn."""
    stage("Writing pages")


def end_written_page(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: object
) -> None:
    """Count a page of the book; what else is written, such as the search page, is not one."""
    if pagename in app.env.found_docs:
        step()


def begin_publishing(app: Sphinx, fault: Exception | None) -> None:
    """Tell what the book holds, once nothing more will be read."""
    if fault is None:
        shown = getattr(app.env, "bookkit_charts", {}).values()
        charts = {place["key"] for places in shown for place in places}
        _tell({"pages": len(app.env.found_docs), "charts": len(charts)})
        stage("Publishing notebooks and charts")


def timed_execution(notebook: Any, *args: Any, **options: Any) -> Any:
    """Execute a notebook as jupyter-cache does, and note each of its code cells with its time."""
    cells = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    began: dict[int, float] = {}

    def begin_cell(cell_index: int, **_: Any) -> None:
        began[cell_index] = time.monotonic()
        _tell({"cell": cells.index(cell_index) + 1, "of": len(cells)})

    def end_cell(cell_index: int, **_: Any) -> None:
        seconds = time.monotonic() - began[cell_index]
        note({"cell": cells.index(cell_index) + 1, "seconds": seconds})

    hooks = {"on_cell_execute": begin_cell, "on_cell_executed": end_cell}
    return single_nb_execution(notebook, *args, **hooks, **options)
