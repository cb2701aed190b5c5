"""`{claim}`: a sentence that states a result names the claim that holds it.

Error falls as the samples grow. {claim}`density-slope`

The chapter's own code hands the results over: it glues a table `results` that gives, for
each claim's id, whether it stands, or a pair of that and what was found. When a claim falls
the build fails at the sentence. Several ids may be named, with commas between.
"""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from bookkit.checks.lines import line_of
from bookkit.claims.mark import claim_ids, claim_mark
from bookkit.claims.table import row_of_claim
from bookkit.execution.changes import noted, pages_moved
from bookkit.execution.glued import GlueError, glued, glued_on
from bookkit.site.markup import inline

LOG = logging.getLogger(__name__)
RESULTS = "results"
NAMED = "bookkit_claims"  # of what Sphinx keeps of a page: the claims that it names


class ClaimRole(SphinxRole):
    """Read the role: the ids of the claims that hold the sentence."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave a mark; results are read when the page has run."""
        node = claim_mark(self.rawtext, "", claims=claim_ids(self.text))
        self.set_source_info(node)
        self.env.metadata[self.env.docname].setdefault(NAMED, []).extend(node["claims"])
        return [node], []


class JudgeClaims(SphinxPostTransform):
    """Compare each mark of the page with the result of its claim."""

    default_priority = 7
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Report marks whose claim has fallen, and link the others to their claims."""
        marks = list(self.document.findall(claim_mark))
        if not marks:
            return
        self.judge(marks)
        for node in marks:
            links = self.links(node)
            if links:
                _bind(node)
            node.replace_self(links)

    def judge(self, marks: list[claim_mark]) -> None:
        """Report, at its sentence, each claim that has fallen or that nothing judges."""
        docname = self.env.docname
        try:
            table = results(self.env, docname)
        except GlueError as fault:
            LOG.warning("{claim}: %s", fault, location=docname)
            return
        for mark in marks:
            for claim in mark["claims"]:
                if message := fault_of(claim, table):
                    LOG.warning("{claim}: %s", message, location=(docname, line_of(mark)))

    def links(self, node: claim_mark) -> list[nodes.Node]:
        """Link to the claims where the book has a page that lists them."""
        builder = self.app.builder
        links: list[nodes.Node] = []
        for claim in node["claims"]:
            page, row = row_of_claim(self.env, claim)
            if page:
                address = builder.get_relative_uri(self.env.docname, page)
                built_in = row.get("by_construction", "")
                said = (
                    "This sentence holds by construction"
                    if built_in
                    else "The claim behind this sentence"
                )
                links.append(
                    inline(
                        "a",
                        "≡" if built_in else "✓",
                        class_="claim-mark",
                        href=f"{address}#claim-{claim}",
                        aria_label=f"{said}: {claim}",
                    )
                )
        return links


def _bind(mark: nodes.Node) -> None:
    """Keep a mark on the line of its sentence's last word: no break between the two."""
    beside = mark.parent.children[mark.parent.index(mark) - 1] if mark.parent.index(mark) else None
    if isinstance(beside, nodes.Text):
        bound = nodes.Text(f"{beside.rstrip()}\N{NO-BREAK SPACE}")
        mark.parent.replace(beside, bound)


def results(env: Any, docname: str) -> dict[str, tuple[bool, str]]:
    """Read the tables of results that a page glued: `results`, or `results-` and any word.

    Raises
    ------
    GlueError
        If there is none, or one is no table of results.
    """
    names = [n for n in glued_on(env, docname) if n == RESULTS or n.startswith(f"{RESULTS}-")]
    if not names:
        raise GlueError(
            f"{docname}.md names claims but glues no table of results: "
            f"glue({RESULTS!r}, ..., display=False)"
        )
    return {claim: result for name in names for claim, result in _table(env, docname, name)}


def _table(env: Any, docname: str, name: str) -> Iterator[tuple[str, tuple[bool, str]]]:
    """Read one table of results."""
    table = glued(env, docname, name)
    if not isinstance(table, dict):
        raise GlueError(f"{name} must be a dict of results by claim, got {str(table)[:60]}")
    for claim, result in table.items():
        pair = result if isinstance(result, tuple | list) else (result, "")
        if len(pair) != 2 or not isinstance(pair[0], bool):
            raise GlueError(f"{name}[{claim!r}] must be True, False or a pair, got {result!r}")
        yield str(claim), (pair[0], str(pair[1]))


def fault_of(claim: str, table: dict[str, tuple[bool, str]]) -> str:
    """Say what is wrong with a sentence that names `claim`; nothing when it stands."""
    if claim not in table:
        there = ", ".join(sorted(table)) or "none"
        return f"nothing judges the claim {claim!r} on this page; judged are: {there}"
    stands, found = table[claim]
    if stands:
        return ""
    because = f" ({found})" if found else ""
    return f"the claim {claim!r} has fallen{because}: this sentence no longer holds"


def rewritten(_: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have pages written again when a claim that they name is now listed elsewhere, or nowhere."""
    listed = {
        page: [_mark(env, name) for name in named] for page, named in noted(env, NAMED).items()
    }
    return pages_moved(env, "claims", listed)


def _mark(env: BuildEnvironment, claim: str) -> tuple[str | None, bool]:
    """Say where a claim is listed, and which mark it gets."""
    page, row = row_of_claim(env, claim)
    return page, bool(row.get("by_construction"))


def connect(app: Sphinx) -> None:
    """Connect the role to Sphinx."""
    app.add_node(claim_mark, text=(_skip, None), html=(_skip, None))
    app.add_role("claim", ClaimRole())
    app.add_post_transform(JudgeClaims)
    app.connect("env-updated", rewritten)


def _skip(_writer: Any, _node: nodes.Element) -> None:
    raise nodes.SkipNode
