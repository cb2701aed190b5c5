"""The notebook cache, made to see the package.

jupyter-cache keys an executed page on its cells and its `kernelspec` only, so a change
in an imported module would serve stale charts. As Sphinx reads a page, we put a hash of
the page's import closure into that kernelspec, and of what is recorded of its experiments, and
tell Sphinx that the page depends on those files. A page runs again when, and only when, something
that it imports has changed, or the record of its runs.
"""

import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import yaml
from jupyter_cache import get_cache
from jupyter_cache.cache.db import OrmBase
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from bigcurves.closure import NUMERIC_LIBRARIES, closure, fingerprint
from bookkit.cells import code_cells, front_matter, python_of
from bookkit.numbers_from import recorded_files, stamp

LIBRARIES = (*NUMERIC_LIBRARIES, "altair", "ipykernel")
# Both only set numbers on the table of contents: safe to run in parallel, but they do not say so.
_PARALLEL_SAFE = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")


def connect(app: Sphinx) -> None:
    """Stamp pages as they are read, and read them on every core."""
    app.connect("source-read", stamp_page)
    app.connect("config-inited", allow_parallel)
    app.connect("env-before-read-docs", create_cache)


def allow_parallel(app: Sphinx, _config: Config) -> None:
    """Let Sphinx read pages on several cores."""
    for name in _PARALLEL_SAFE:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True
            app.extensions[name].parallel_write_safe = True


def create_cache(_: Sphinx, env: BuildEnvironment, _pages: list[str]) -> None:
    """Create the cache before pages are read: two readers that did it at once would break off.

    A cache whose creation was cut short by a kill is completed.
    """
    database = get_cache(env.mystnb_config.execution_cache_path).db  # type: ignore[attr-defined]
    OrmBase.metadata.create_all(database)
    database.dispose()  # no connection is handed on to forked readers


def stamp_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the hash of the page's import closure into its kernelspec; line numbers stay."""
    text = source[0]
    cells = code_cells(text)
    if not cells:
        return
    front = front_matter(text)
    metadata = yaml.safe_load(front["yaml"]) if front else None
    if not front or not isinstance(metadata, dict) or "kernelspec" not in metadata:
        raise ExtensionError(
            f"{docname}.md has code cells but no kernelspec, so none of them would run; "
            "begin the page with: ---\\nkernelspec: {name: python3, display_name: Python 3}\\n---"
        )
    files = closure("\n".join([*map(python_of, cells), *_found_by_looking(metadata)]))
    record = recorded_files(files)
    for file in (*files, *record):
        app.env.note_dependency(str(file))
    metadata["file_format"] = "mystnb"  # what makes MyST-NB run the cells
    code = fingerprint(files, libraries=LIBRARIES)
    metadata["kernelspec"]["code_hash"] = f"{code} {stamp(record)}" if record else code
    # JSON is YAML; blank lines keep every later line at its number.
    padding = "\n" * front["yaml"].count("\n")
    source[0] = f"---\n{json.dumps(metadata)}{padding}---\n{text[front.end() :]}"


def _found_by_looking(metadata: dict[str, Any]) -> Iterator[str]:
    """Write as imports what a page's `looks-through` names: packages whose modules it finds.

    A page that lists what lies in a folder depends on all of it, though it imports none.
    """
    for package in metadata.get("looks-through") or []:
        for module in pkgutil.iter_modules(import_module(package).__path__):
            yield f"import {package}.{module.name}"
