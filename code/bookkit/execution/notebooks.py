"""Each chapter's executed notebook, to download: it says which package it needs.

The notebook is what the page was made from, outputs included. A first cell is put before
it that names the package's version and how to get it, and lets the chapter run where the
book's own tools are not installed.
"""

import json
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from sphinx.application import Sphinx

PACKAGE = "bigcurves"
FIRST = """\
# This notebook needs {package} {version}, the package that comes with the book.
# To get it: in a copy of the book's repository at that version, run
#     python -m pip install .
from importlib.metadata import version

found = version("{package}")
if found != "{version}":
    print(f"This notebook was made with {package} {version}; here is {{found}}.")

# In the book, glue() carries numbers from a cell into the text. Elsewhere it does nothing.
try:
    import myst_nb
except ImportError:
    import sys
    from types import ModuleType

    sys.modules["myst_nb"] = ModuleType("myst_nb")
    sys.modules["myst_nb"].glue = lambda *values, **settings: None
"""
DROPPED = ("execution", "scrapbook")


def connect(app: Sphinx) -> None:
    """Offer each chapter's notebook on its page, and put it into the site."""
    app.connect("html-page-context", offer_notebook)
    app.connect("build-finished", publish_notebooks)


def executed(app: Sphinx, docname: str) -> Path:
    """Name the executed notebook that MyST-NB leaves of a chapter."""
    return Path(app.outdir).parent / "jupyter_execute" / f"{docname}.ipynb"


def offer_notebook(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Give the template the notebook's address, where the page has one."""
    if executed(app, pagename).is_file():
        context["notebook"] = f"_static/notebooks/{pagename}.ipynb"


def publish_notebooks(app: Sphinx, fault: Exception | None) -> None:
    """Write every chapter's notebook into the site."""
    if fault is not None or app.builder.format != "html":
        return
    cache = Path(app.env.mystnb_config.execution_cache_path)  # type: ignore[attr-defined]
    for docname in sorted(app.env.found_docs):
        source = executed(app, docname)
        target = Path(app.outdir) / "_static" / "notebooks" / f"{docname}.ipynb"
        if source.is_file() and not _is_newer(target, source):
            target.parent.mkdir(parents=True, exist_ok=True)
            notebook = prepared(with_outputs(source, cache))
            # Without indentation: it would double the bytes of the charts' data.
            text = json.dumps(notebook, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
            target.write_text(text + "\n", "utf-8")


def _is_newer(target: Path, source: Path) -> bool:
    return target.is_file() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns


def with_outputs(source: Path, cache: Path) -> dict[str, Any]:
    """Read an executed notebook; MyST-NB leaves it empty where it took the outputs from its cache.

    Values that `glue` kept for the text are left out, as MyST-NB leaves them out.
    """
    notebook = nbformat.read(source, as_version=4)
    with suppress(KeyError):  # the cache does not know it: it holds what outputs it has
        _, notebook = get_cache(cache).merge_match_into_notebook(notebook)
    for cell in notebook["cells"]:
        if "outputs" in cell:
            cell["outputs"] = [out for out in cell["outputs"] if not _is_glued(out)]
    found: dict[str, Any] = notebook
    return found


def _is_glued(output: dict[str, Any]) -> bool:
    return "scrapbook" in output.get("metadata", {})


def prepared(notebook: dict[str, Any]) -> dict[str, Any]:
    """Put the first cell before a notebook, and drop what differs from run to run."""
    text = FIRST.format(package=PACKAGE, version=metadata.version(PACKAGE))
    first: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
    }
    cells = [first | {"source": text}, *(_plain(cell) for cell in notebook["cells"])]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [cell | {"id": f"cell-{number}"} for number, cell in enumerate(cells)],
    }


def _plain(cell: dict[str, Any]) -> dict[str, Any]:
    """Copy a cell without its times and ids."""
    kept = {name: value for name, value in cell.get("metadata", {}).items() if name not in DROPPED}
    return {name: value for name, value in cell.items() if name != "id"} | {"metadata": kept}
