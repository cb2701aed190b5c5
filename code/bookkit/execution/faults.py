"""A build that tells the truth: faults name their chapter and cell, and stay until mended.

Sphinx warns about a page only when it reads or writes it, so a second build with nothing
changed would be green over the same fault. We keep the names of the pages that warned
(all of them, where a build did not finish) and have Sphinx read those again.
"""

import json
import logging
import re
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import NAMESPACE, getLogger

from bookkit.execution.cells import Cell, cells_of

LOG = getLogger(__name__)
EVERY_PAGE = "*"
FAILED_CELL = "cell"
_RULE = re.compile(r"^-{6,}$", re.M)  # nbclient prints the cell between two such lines
_NAMED = re.compile(r"^[\w.]*(?:Error|Exception|Warning|Interrupt)\b", re.M)
_LIMIT = re.compile(r"timed out while it was being executed, after (\d+)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def connect(app: Sphinx) -> None:
    """Listen for warnings from the first one on."""
    recorder = WarningRecorder(app)
    app.connect("builder-inited", recorder.begin)
    app.connect("env-get-outdated", recorder.unfinished_business)
    app.connect("doctree-read", name_failed_cell)
    app.connect("build-finished", recorder.end, priority=999)


class WarningRecorder(logging.Handler):
    """Remembers, from one build to the next, which pages warned."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(level=logging.WARNING)
        self.app = app
        self.record_path = Path(app.doctreedir) / "warned.json"
        self.warned: set[str] = set()
        self.failed_cells: list[str] = []
        logging.getLogger(NAMESPACE).addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Note the page that a warning speaks of; one that speaks of none concerns them all."""
        self.warned.add(self._page_of(getattr(record, "location", None)))
        if getattr(record, "subtype", None) == FAILED_CELL:
            self.failed_cells.append(record.getMessage())

    def begin(self, _app: Sphinx) -> None:
        """Read what the last build left, and until this one ends assume the worst of it."""
        self.before = set(json.loads(self._read()))
        self._write({EVERY_PAGE})

    def unfinished_business(
        self, _app: Sphinx, env: BuildEnvironment, *_docnames: set[str]
    ) -> list[str]:
        """Name the pages to read again: those that warned, or all."""
        pages = set(env.all_docs) if EVERY_PAGE in self.before else self.before
        return sorted(pages & env.found_docs)

    def end(self, _app: Sphinx, error: Exception | None) -> None:
        """Keep the pages that warned; one that broke off, or wrote none, vouches for none."""
        logging.getLogger(NAMESPACE).removeHandler(self)
        unsure = error or self.app.builder.format != "html"  # a check of links reads pages, too
        self._write({EVERY_PAGE} if unsure else self.warned)
        if self.failed_cells:  # many a warning above is only their consequence
            lines = "\n  ".join(self.failed_cells)
            sys.stderr.write(f"Begin with the cells that failed:\n  {lines}\n")

    def _page_of(self, location: Any) -> str:
        if isinstance(location, tuple):
            return str(location[0])
        if isinstance(location, nodes.Node):
            location, _line = nodes_source(location)
        if isinstance(location, str):
            for suffix in (".md", ".ipynb"):
                page = self.app.project.path2doc(location.partition(suffix)[0] + suffix)
                if page in self.app.project.docnames:
                    return page
        return EVERY_PAGE

    def _read(self) -> str:
        try:
            return self.record_path.read_text("utf-8")
        except FileNotFoundError:
            return "[]"

    def _write(self, pages: set[str]) -> None:
        self.record_path.parent.mkdir(parents=True, exist_ok=True)
        self.record_path.write_text(json.dumps(sorted(pages)), "utf-8")


def nodes_source(node: nodes.Node) -> tuple[str | None, int | None]:
    """Find the file and line that a node came from, on itself or the nearest parent that knows."""
    while node is not None:
        if getattr(node, "source", None):
            return node.source, node.line
        node = node.parent
    return None, None


def name_failed_cell(app: Sphinx, _doctree: nodes.document) -> None:
    """Say which cell of the page raised, or took too long, and what it said."""
    docname = app.env.docname
    run = NbMetadataCollector.get_exec_data(app.env, docname)
    if not run or run["succeeded"]:
        return
    trace = _COLOUR.sub("", run["traceback"] or "")
    path = Path(app.env.doc2path(docname))
    cell = failed_cell(trace, cells_of(path))
    reason = (last_words(trace) or run["error"]) + raised_in(trace, Path(app.srcdir))
    if "timed out" in trace:
        reason = f"took longer than {_LIMIT.findall(trace)[-1]} s"
    place = f"cell {cell.number}" if cell else "a cell"
    LOG.warning(
        "%s%s, %s: %s",
        docname,
        path.suffix,
        place,
        reason,
        location=(docname, cell.line if cell else None),
        type="bookkit",
        subtype=FAILED_CELL,
    )


def last_words(trace: str) -> str:
    """Give a traceback's closing message, which may run over several lines, in one."""
    named = list(_NAMED.finditer(trace.strip()))
    lines = trace.strip()[named[-1].start() :] if named else trace.strip().rpartition("\n")[2]
    return " ".join(lines.split())[:300]


def raised_in(trace: str, root: Path) -> str:
    """Name the last line of the book's own code that a traceback went through; "" if of none."""
    frames = re.findall(r"^File (.+?):(\d+), in ", trace, re.M)
    files = [(Path(file).expanduser(), line) for file, line in frames]
    own = [(file, line) for file, line in files if file.is_relative_to(root / "code")]
    return f" ({own[-1][0].relative_to(root)}, line {own[-1][1]})" if own else ""


def failed_cell(trace: str, cells: list[Cell]) -> Cell | None:
    """Find the cell whose text nbclient quotes in `trace`."""
    parts = _RULE.split(trace)
    if len(parts) < 3:
        return None
    quoted = parts[1].strip().partition("\n...")[0]  # a time-out quotes the beginning only
    return next((cell for cell in cells if cell.code.strip().startswith(quoted)), None)
