"""The notebook cache, made to see all that a page depends on.

jupyter-cache keys an executed page on its cells and its `kernelspec` only, so a change
in an imported module would serve stale charts. As Sphinx reads a page, we put a stamp into that
kernelspec, which stands for the page's import closure, its data, what is recorded of its
experiments, and what it was seen to open when it last ran; and we tell Sphinx that the page
depends on those files. A page runs again when, and only when, one of them has changed.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from bigcurves.provenance.closure import NUMERIC_LIBRARIES, fingerprint
from bookkit.execution.files import ABSENT, digest, key_of
from bookkit.execution.forced import FORCE
from bookkit.execution.noticed import Noticed
from bookkit.execution.numbers_from import recorded_files, stamp
from bookkit.execution.opened import FILE, PROJECT
from bookkit.execution.page import needs_of, source_of, stamped

LOG = logging.getLogger(__name__)
KEY, OPAQUE = "bookkit_key", "bookkit_opaque"  # of what Sphinx keeps of a page
LIBRARIES = (*NUMERIC_LIBRARIES, "altair", "ipykernel")
# Both only set numbers on the table of contents: safe to run in parallel, but they do not say so.
_PARALLEL_SAFE = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")


@dataclass(frozen=True)
class _Reading:
    """The page that this process reads."""

    docname: str
    key: str
    stamp: str


_reading: _Reading | None = None  # each reader process reads one page at a time


def connect(app: Sphinx) -> None:
    """Stamp pages as they are read, and read them on every core."""
    app.connect("source-read", stamp_page)
    app.connect("doctree-read", note_execution, priority=100)
    app.connect("config-inited", allow_parallel)
    app.connect("build-finished", tell_opaque)


def allow_parallel(app: Sphinx, _config: Config) -> None:
    """Let Sphinx read pages on several cores."""
    for name in _PARALLEL_SAFE:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True
            app.extensions[name].parallel_write_safe = True


def noticed_of(app: Sphinx, docname: str) -> Noticed:
    """Find what is kept of a page's executions, beside the cache that they guard."""
    return Noticed(Path(app.outdir).parent / ".jupyter_cache" / "noticed", docname)


def stamp_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the page's stamp into its kernelspec."""
    global _reading  # what is begun here ends in `note_execution`
    _reading = None
    os.environ.pop(FILE, None)
    path = Path(app.env.doc2path(docname))
    config = getattr(app.env, "myst_config", None)
    page = source_of(path, source[0], config)
    if page is None:
        return
    project = Path(app.srcdir)
    needs = needs_of(page, project)
    record = recorded_files(needs.modules)
    for file in (*needs.modules, *record, *needs.data):
        app.env.note_dependency(str(file))
    code = fingerprint(needs.modules, libraries=LIBRARIES)
    data = (f"{os.path.relpath(file, project)} {digest(file)}" for file in needs.data)
    key = key_of([code, stamp(record), *data, *page.cells])
    noticed = noticed_of(app, docname)
    if os.environ.get(FORCE) == docname:
        noticed.forget()
    given = noticed.begin(key)
    _depend_on_opened(app, noticed, key)
    # Sphinx carries what is known of a page from its readers, and forgets it with the page.
    app.env.metadata[docname][KEY] = key
    if needs.opaque:
        app.env.metadata[docname][OPAQUE] = f"{path.name}, {needs.opaque}"
    os.environ[FILE], os.environ[PROJECT] = str(noticed.heard), str(project)
    _reading = _Reading(docname, key, given)
    source[0] = stamped(source[0], page, given)


def note_execution(app: Sphinx, _doctree: nodes.document) -> None:
    """Keep what the page opened, if it ran to its end."""
    docname = app.env.docname
    run = NbMetadataCollector.get_exec_data(app.env, docname)
    if _reading is None or _reading.docname != docname or not run or not run["succeeded"]:
        return
    noticed = noticed_of(app, docname)
    for fault in noticed.end(_reading.key, _reading.stamp):
        LOG.warning("what this page opens was not seen: %s", fault, location=docname)
    _depend_on_opened(app, noticed, _reading.key)


def _depend_on_opened(app: Sphinx, noticed: Noticed, key: str) -> None:
    """Have Sphinx look at the files that the page opened; folders and absent ones it cannot."""
    for name, found in noticed.files(key).items():
        if found != ABSENT and Path(name).is_file():
            app.env.note_dependency(name)


def tell_opaque(app: Sphinx, fault: Exception | None) -> None:
    """Say which pages depend on everything, and why."""
    if fault is None:
        for each in sorted(m[OPAQUE] for m in app.env.metadata.values() if OPAQUE in m):
            sys.stderr.write(f"{each}; so the page runs again after every change\n")


def opened(app: Sphinx, docname: str) -> dict[str, str]:
    """List what a page opened when it last ran, with the digests."""
    key = app.env.metadata[docname].get(KEY)
    return noticed_of(app, docname).files(key) if key else {}


def pages_with_cells(env: BuildEnvironment) -> set[str]:
    """Name the pages that were given a stamp."""
    return {docname for docname, known in env.metadata.items() if KEY in known}
