"""`{claims-table}`: the book's claims as tables, made from what the page's own code handed over.

```{claims-table} 5
```

The page glues `claims`, a list of rows (see `bigcurves.claims.table`); the argument chooses those
of one claim of the thread, none chooses all. A row names the figure that shows it, where a caption
of its chapter names the claim. The page's script adds a filter, sorting and copying.
"""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from docutils.utils.smartquotes import smartyPants
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from bookkit.claims.mark import claim_mark
from bookkit.claims.tried import MINUS, tried
from bookkit.execution.changes import moved, noted
from bookkit.execution.glued import GlueError, glued
from bookkit.site.markup import element, inline, markup

LOG = logging.getLogger(__name__)
ROWS = "claims"
SHOWN = "bookkit_figures"  # of what Sphinx keeps of a page: its figures by claim
HEADINGS = ("Claim", "Figure", "Asked for", "Result")
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup"}
ROLES |= {"tr": "row", "th": "columnheader", "td": "cell"}


class claims_table(nodes.General, nodes.Element):  # noqa: N801, D101 - docutils names nodes so
    pass


class ClaimsTable(SphinxDirective):
    """Put a table of claims here."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Leave a place; the rows are known when the page has run."""
        thread = self.arguments[0] if self.arguments else ""
        if thread and not thread.isdigit():
            raise self.error(
                f"{{claims-table}} takes the number of a claim of the thread, got {thread}"
            )
        table_pages(self.env).add(self.env.docname)
        return [claims_table(thread=thread)]


def table_pages(env: BuildEnvironment) -> set[str]:
    """Look up the pages that hold tables of claims."""
    if not hasattr(env, "bookkit_claims_tables"):
        env.bookkit_claims_tables = set()  # type: ignore[attr-defined]
    found: set[str] = env.bookkit_claims_tables  # type: ignore[attr-defined]
    return found


def row_of_claim(env: BuildEnvironment, claim: str) -> tuple[str | None, dict[str, Any]]:
    """Name the page that lists a claim, and give its row; None and no row if no page does."""
    for page in sorted(table_pages(env)):
        try:
            rows = glued(env, page, ROWS)
        except GlueError:
            continue  # said where the table should stand
        for row in rows:
            if row["claim"] == claim:
                return page, row
    return None, {}


def _minus(words: str) -> str:
    """Write the minus of a number as print does."""
    return words.replace("-", MINUS)


def part(tag: str, *children: nodes.Node | str, **attributes: Any) -> markup:
    """Make a part of a table that says so: on a phone its rows are laid out as a grid."""
    role = {"col": "columnheader", "row": "rowheader"}.get(attributes.get("scope", ""), ROLES[tag])
    return element(tag, *children, role=role, **attributes)


def result_of(row: dict[str, Any]) -> str:
    """Say what became of a claim; one that holds by construction is no finding."""
    if not row["stands"]:
        return "FALLS"
    return "by construction" if row.get("by_construction") else "stands"


class WriteTables(SphinxPostTransform):
    """Write the tables."""

    default_priority = 8
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Write each table in its place."""
        for node in list(self.document.findall(claims_table)):
            node.replace_self(self.table(node["thread"]))

    def table(self, thread: str) -> list[nodes.Node]:
        """Write the rows of one claim of the thread, or all."""
        try:
            rows = glued(self.env, self.env.docname, ROWS)
        except GlueError as fault:
            LOG.warning("{claims-table}: %s", fault, location=self.env.docname)
            return []
        chosen = [row for row in rows if not thread or row["thread"] == int(thread)]
        if not chosen:
            LOG.warning("{claims-table}: no claim belongs to %s", thread, location=self.env.docname)
            return []
        head = part("tr", *(part("th", name, scope="col") for name in HEADINGS))
        body = part("tbody", *(self.row(row) for row in chosen))
        table = part("table", part("thead", head), body, data_claims_table=thread or "all")
        return [element("div", table, class_="table-scroll claims-table")]

    def row(self, row: dict[str, Any]) -> markup:
        """Write one claim: what it says, what was measured, what was asked."""
        figure, low, high = (_minus(f"{row[part]:.3g}") for part in ("figure", "low", "high"))
        return part(
            "tr",
            part("th", smartyPants(row["sentence"], "q"), self.more(row), scope="row"),
            part(
                "td",
                inline("strong", figure),
                inline("span", f" {low} to {high}"),
                data_value=row["figure"],
            ),
            part("td", _minus(row["threshold"])),
            part("td", result_of(row)),
            id=f"claim-{row['claim']}",
        )

    def more(self, row: dict[str, Any]) -> markup:
        """Say where a claim is shown, and what judges it again."""
        parts = [*self.places(row), inline("code", row["command"]), *tried(row)]
        return element("div", *parts, class_="claims-table-more")

    def places(self, row: dict[str, Any]) -> Iterator[nodes.Node]:
        """Link to the figure that shows a claim, or to its chapter; nothing if it has none yet."""
        page = f"book/{row['chapter']}"
        if page not in self.env.found_docs:
            return
        name = self.env.metadata[page].get(SHOWN, {}).get(row["claim"])
        builder = self.app.builder
        address = relative_uri(
            builder.get_target_uri(self.env.docname), builder.get_target_uri(page)
        )
        label = f"{'Figure in' if name else 'Text of'} {self.env.titles[page].astext()}"
        yield inline("a", label, href=f"{address}#{name}" if name else address)
        yield nodes.Text(" ")


def figures_that_show(doctree: nodes.document) -> dict[str, str]:
    """Name, for each claim in a page's captions, the first figure whose caption names it."""
    found: dict[str, str] = {}
    for figure in doctree.findall(nodes.figure):
        for mark in figure.findall(claim_mark):
            for claim in mark["claims"]:
                found.setdefault(claim, next(iter(figure["names"]), ""))
    return found


def note_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Note, as a page is read, which figures show which claims."""
    if shown := figures_that_show(doctree):
        app.env.metadata[app.env.docname][SHOWN] = shown


def rewritten(_: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the tables written again when a figure that they link to has moved."""
    has_moved = moved(env, "figures of claims", noted(env, SHOWN))
    return sorted(table_pages(env) & env.all_docs.keys()) if has_moved else []


def forget(_: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that will be read again or is gone."""
    table_pages(env).discard(docname)


def merge(_: Sphinx, env: BuildEnvironment, docs: set[str], other: BuildEnvironment) -> None:
    """Take over what a forked reader noted."""
    table_pages(env).update(table_pages(other) & set(docs))


def connect(app: Sphinx) -> None:
    """Connect the directive to Sphinx."""
    app.add_node(claims_table)
    app.add_directive("claims-table", ClaimsTable)
    app.add_post_transform(WriteTables)
    app.connect("doctree-read", note_figures)
    app.connect("env-updated", rewritten)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
