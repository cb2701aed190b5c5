"""Altair charts as figures: a picture first, the live chart when the reader comes near.

A cell's Vega-Lite output becomes a node while its page is read (maybe in a forked
process); the main process then builds all charts, and the page is written with pictures
for light and dark, wide and narrow, the chart's input elements and its data. A chart
that cannot be shown is a warning with chapter and cell, which fails the build.
"""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from bookkit.charts.compile import ChartError
from bookkit.charts.html import chart_html
from bookkit.charts.store import ChartStore, tools
from bookkit.execution.cells import cells_of
from bookkit.watching.events import stage, step

LOG = logging.getLogger(__name__)
MIMES = tuple(f"application/vnd.vegalite.v{major}+json" for major in (5, 6))
NO_DESCRIPTION = (
    "the chart has no description: pass description=... with what it shows, written from "
    "its data, for readers who cannot see it"
)


class chart(nodes.General, nodes.Element):  # noqa: N801, D101 - docutils names nodes so
    pass


class VegaLiteRenderer:
    """What MyST-NB calls for an output that is a Vega-Lite chart."""

    mime_priority_overrides = tuple(("*", mime, 1) for mime in MIMES)

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Put a chart into the page; `None` leaves other outputs to MyST-NB."""
        if data.mime_type not in MIMES or inline:
            return None
        spec = data.content if isinstance(data.content, dict) else json.loads(data.string)
        env = renderer.renderer.sphinx_env
        place = {"cell": _cell_number(env, data.line or 0), "line": data.line}
        description = str(spec.get("description", "")).strip()
        if not description:
            warn(env.docname, place, NO_DESCRIPTION)
        key = store_of(env.app).add(spec)
        return [chart(key=key, description=description or "A chart.", **place)]


def _cell_number(env: BuildEnvironment, line: int) -> int:
    """Count code cells as the author does: the last that begins at or above `line`."""
    cells = cells_of(Path(env.doc2path(env.docname)))
    return max((cell.number for cell in cells if cell.line <= line + 1), default=1)


def store_of(app: Sphinx) -> ChartStore:
    """Name the store of a book: beside its site, so that it outlives a clean site."""
    return ChartStore(Path(app.outdir).parent / "charts")


def warn(docname: str, place: dict[str, Any], message: str) -> None:
    """Name chapter, line and cell of a chart that is at fault."""
    where = (docname, place.get("line"))
    text = f"cell {place['cell']}: {message}"
    LOG.warning(text, location=where, type="bookkit", subtype="chart")


def charts_of(env: BuildEnvironment) -> dict[str, list[dict[str, Any]]]:
    """Look up each chapter's charts, by chapter: key, cell and line."""
    if not hasattr(env, "bookkit_charts"):
        env.bookkit_charts = {}  # type: ignore[attr-defined]
    found: dict[str, list[dict[str, Any]]] = env.bookkit_charts  # type: ignore[attr-defined]
    return found


def note_charts(app: Sphinx, doctree: nodes.document) -> None:
    """Remember which charts a chapter that was just read shows."""
    charts_of(app.env)[app.env.docname] = [
        {name: node[name] for name in ("key", "cell", "line")} | {"tools": tools()}
        for node in doctree.findall(chart)
    ]


def forget_charts(_: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a chapter that will be read again or is gone."""
    charts_of(env).pop(docname, None)


def merge_charts(_: Sphinx, env: BuildEnvironment, docs: set[str], other: BuildEnvironment) -> None:
    """Take over what a forked reader noted."""
    charts_of(env).update({name: charts_of(other).get(name, []) for name in docs})


def unbuilt(app: Sphinx, env: BuildEnvironment, *_: object) -> Iterator[str]:
    """Have chapters read again whose charts are gone, failed, or were built by older code."""
    store = store_of(app)
    for docname, shown in charts_of(env).items():
        if not all(store.is_built(p["key"]) and p.get("tools") == tools() for p in shown):
            yield docname


def build_charts(app: Sphinx, env: BuildEnvironment) -> None:
    """Build every new chart, in threads of the main process."""
    store = store_of(app)
    places = {p["key"]: (name, p) for name in sorted(charts_of(env)) for p in charts_of(env)[name]}
    new = [key for key in places if not store.is_built(key)]
    if new:
        stage("Drawing charts", len(new))
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        waiting = {key: pool.submit(store.build, key) for key in new}
        for key in new:
            docname, place = places[key]
            fault = waiting[key].exception()
            step()
            if isinstance(fault, ChartError):
                warn(docname, place, f"the chart cannot be shown: {fault}")
            elif fault is not None:
                raise fault
    finally:  # an interrupted build does not draw on
        pool.shutdown(cancel_futures=True)


def publish_charts(app: Sphinx, fault: Exception | None) -> None:
    """Put the charts of all chapters into the finished site."""
    if fault is None and app.builder.format == "html":
        keys = {place["key"] for shown in charts_of(app.env).values() for place in shown}
        store_of(app).publish(keys, Path(app.outdir) / "_static" / "charts")


def visit_html(writer: Any, node: nodes.Element) -> None:
    """Write a chart's picture, its input elements and its data's address."""
    builder, docname = writer.builder, writer.builder.current_docname
    store = store_of(builder.app)
    if store.is_built(node["key"]):
        page = builder.get_target_uri(docname)
        folder = relative_uri(page, f"_static/charts/{node['key']}/")
        name = _name(writer, node)
        writer.body.append(chart_html(store.info(node["key"]), name, folder, node["description"]))
    raise nodes.SkipNode


def _name(writer: Any, node: nodes.Element) -> str:
    """Name a chart on its page: after its figure, else by its key; never twice."""
    used = writer.__dict__.setdefault("chart_names", set())
    parent = node.parent
    while parent is not None and not (isinstance(parent, nodes.figure) and parent["ids"]):
        parent = parent.parent
    stem = parent["ids"][-1] if parent is not None else f"chart-{node['key'][:8]}"
    name = next(n for n in (stem, *(f"{stem}-{i}" for i in range(2, 99))) if n not in used)
    used.add(name)
    return str(name)


def visit_text(writer: Any, node: nodes.Element) -> None:
    """Say in words what the chart shows."""
    writer.add_text(f"[{node['description']}]")
    raise nodes.SkipNode


def connect(app: Sphinx) -> None:
    """Let kernels hand over charts, and turn them into figures."""
    os.environ["BOOK_BUILD"] = "1"  # the charts' theme then hands over specifications
    app.add_node(chart, html=(visit_html, None), text=(visit_text, None))
    app.connect("doctree-read", note_charts)
    app.connect("env-purge-doc", forget_charts)
    app.connect("env-merge-info", merge_charts)
    app.connect("env-get-outdated", lambda *args: list(unbuilt(*args)))
    app.connect("env-check-consistency", build_charts)
    app.connect("build-finished", publish_charts)
