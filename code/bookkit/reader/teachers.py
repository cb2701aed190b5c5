"""`{teachers}`: what a teacher needs to know of each chapter, part by part.

A chapter says it in its front matter, each text in MyST, and none of it is shown on its own page::

    teachers:
      minutes: 25
      goal: say why training points do not decide what a model does between them.
      needs: what a function's graph is.
      ask: on what ground would you choose one of these curves?
      then: "four times the points: which curve gains nothing by them?"
      misconception: one kind of model is the best, whatever the data.
      show: "{try}`the same on a jump <fig-same-points target=1>`."

A text with a colon, or one that begins with a brace, stands in quotes. A `{try}` sets a figure of
its own chapter. The directive lists the chapters that say so, in the order of the contents.
"""

import json
import re
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from bookkit.execution.cells import front_matter
from bookkit.execution.changes import moved, noted
from bookkit.execution.contents import in_order

LOG = logging.getLogger(__name__)
KEY = "teachers"  # of a chapter's front matter
LISTED = "bookkit_teachers"  # of what Sphinx keeps of a page: whether it holds the list
LABELS = {
    "goal": "Goal",
    "needs": "Needs",
    "ask": "Ask the class",
    "then": "Then ask",
    "misconception": "A common misconception",
    "show": "Show",
}
OWN_FIGURE = re.compile(r"(\{try\}`[^`<]*<)(?=[\w-]+[ ?])")
Row = tuple[str, str, Any]  # the caption of the part, the page, and what its front matter says


class Teachers(SphinxDirective):
    """Put the list here, a section for each part of the book."""

    def run(self) -> list[nodes.Node]:
        """Write the chapters' texts as if they stood on this page."""
        self.env.metadata[self.env.docname][LISTED] = True
        made: list[nodes.Node] = []
        for part, rows in groupby(rows_of(self.env), key=itemgetter(0)):
            box = self.section(part) if part else nodes.container()
            for _, page, said in rows:
                if fault := fault_of(said):
                    location = (self.env.docname, self.lineno)
                    LOG.warning("{teachers}: %s: %s", page, fault, location=location)
                else:
                    lines = StringList(text_of(page, said).splitlines())
                    self.state.nested_parse(lines, self.content_offset, box)
            made.append(box)
        return made

    def section(self, title: str) -> nodes.section:
        """Begin a section that the page's own contents list."""
        made = nodes.section("", nodes.title(title, title))
        made["names"].append(nodes.fully_normalize_name(title))
        self.state.document.note_implicit_target(made, made)
        return made


def rows_of(env: BuildEnvironment) -> list[Row]:
    """Read what the pages say to teachers now, in the order of the contents."""
    return [
        (caption, page, said)
        for caption, page in in_order(env)
        if page in env.found_docs and (said := said_on(Path(env.doc2path(page)))) is not None
    ]


def fault_of(said: Any) -> str:
    """Say what is wrong with what a chapter says; nothing if all is there."""
    wanted = {"minutes", *LABELS}
    if not isinstance(said, dict) or said.keys() != wanted:
        found = ", ".join(map(str, said)) if isinstance(said, dict) else repr(said)
        return f"`teachers:` must hold minutes, {', '.join(LABELS)}, got {found}"
    if type(said["minutes"]) is not int:
        return f"`minutes:` must be a whole number, got {said['minutes']!r}"
    for name in LABELS:
        text = said[name]
        if not isinstance(text, str) or text.strip()[-1:] not in ("?", "."):
            return f"`{name}:` must be a sentence that ends with its mark, got {text!r}"
    return ""


def text_of(page: str, said: dict[str, Any]) -> str:
    """Write what a chapter says as the MyST of another page."""
    head = f"**{{doc}}`/{page}`**, {said['minutes']} minutes."
    texts = (f"*{label}:* {' '.join(said[name].split())}" for name, label in LABELS.items())
    return OWN_FIGURE.sub(rf"\g<1>/{page}::", "\n".join([head, *texts]))


def said_on(path: Path) -> Any:
    """Read what a page, `.md` or `.ipynb`, says to teachers; none of one that cannot be read."""
    text = path.read_text("utf-8")
    with suppress(ValueError, yaml.YAMLError, AttributeError):  # told where the page is read
        if path.suffix == ".ipynb":
            return json.loads(text)["metadata"].get(KEY)
        if front := front_matter(text):
            return yaml.safe_load(front["yaml"]).get(KEY)
    return None


def outdated(_: Sphinx, env: BuildEnvironment, *_pages: set[str]) -> list[str]:
    """Have the list read again where what it says, or its order, has moved."""
    if not moved(env, "teachers", rows_of(env)):
        return []
    return [page for page, listed in noted(env, LISTED).items() if listed]


def connect(app: Sphinx) -> None:
    """Connect the directive to Sphinx."""
    app.add_directive("teachers", Teachers)
    app.connect("env-get-outdated", outdated)
