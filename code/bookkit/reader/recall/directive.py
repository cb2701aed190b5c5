"""`{recall}`: a question on an earlier chapter, answered at once.

Each option unfolds its own feedback, so the question works without JavaScript; with it, the
first choice is kept for the reader. A number is compared with the value that a run left.
"""

import json
import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from bookkit.execution.glued import GlueError, glued
from bookkit.reader.options import (
    Component,
    OptionError,
    only,
    required,
    short_name,
    take_list,
    texts,
)
from bookkit.reader.predict.truth import is_number
from bookkit.reader.questions import note_question
from bookkit.reader.recall.parts import number_field, options
from bookkit.reader.wording import format_number, with_unit
from bookkit.site.markup import element

LOG = logging.getLogger(__name__)
MARK = re.compile(r"\[(?P<right>[ xX])\]\s+")
TOLERANCE = re.compile(r"(?P<size>\d+(?:\.\d+)?)\s*(?P<share>%)?")
NUMERIC = ("answer", "tolerance", "unit", "format")


class recall(nodes.General, nodes.Element):  # noqa: N801, D101 - docutils names nodes so
    pass


class Recall(Component):
    """Ask a question: a list with `[x]` and `[ ]`, or `:answer:` with the name of a value."""

    required_arguments = 1
    option_spec = texts("reread", *NUMERIC)

    def build(self) -> list[nodes.Element]:
        """Check the options and keep question, options and afterword apart."""
        name = short_name(self.arguments[0])
        required(self.options, ("reread",), "a question")
        question, after = self.halves()
        items = take_list(question)
        if items:
            only(self.options, ("reread",), "a question with options")
            marked = _marked(items)
        else:
            required(self.options, ("answer", "tolerance"), "a question without options")
            if not TOLERANCE.fullmatch(self.options["tolerance"]):
                raise OptionError(":tolerance: must read like `0.5` or `10 %`")
            marked = []
        if not question.children:
            raise OptionError("the question is missing: write it as the body")
        node = recall("", question, nodes.container("", *items), after)
        node["ids"] = [f"recall-{name}"]
        node["settings"] = dict(self.options) | {"right": marked}
        link = _link(self.env.docname, self.options["reread"])
        self.set_source_info(link)
        node += link
        value = self.options.get("answer", "")
        note_question(self.env, node["ids"][0], "recall", question.astext(), value)
        return [node]


def _marked(items: list[nodes.list_item]) -> list[bool]:
    """Take the marks off the options: which of them is right."""
    right = []
    for place, item in enumerate(items, start=1):
        text = item.children[0].children[0] if item.children and item.children[0].children else None
        found = MARK.match(text.astext()) if isinstance(text, nodes.Text) else None
        if text is None or found is None:
            raise OptionError(f"option {place} must begin with [ ] or, where it is right, [x]")
        text.parent.replace(text, nodes.Text(text.astext()[found.end() :]))
        if len(item.children) < 2:
            raise OptionError(
                f"option {place} has no feedback: indent a paragraph below it that says why"
            )
        right.append(found["right"] != " ")
    if sum(right) != 1:
        raise OptionError(f"one option must be marked [x], got {sum(right)}")
    return right


def _link(docname: str, label: str) -> addnodes.pending_xref:
    """Refer to the section to read again, by its label."""
    link = addnodes.pending_xref(
        "",
        nodes.inline(label, label, classes=["xref", "std", "std-ref"]),
        refdoc=docname,
        refdomain="std",
        reftype="ref",
        reftarget=label.lower(),
        refexplicit=False,
        refwarn=True,
    )
    return link


class ShowRecalls(SphinxPostTransform):
    """Write each question's page side, its right number taken from the run."""

    default_priority = 8  # before references are resolved: texts may hold some
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Write every question of the page."""
        for node in list(self.document.findall(recall)):
            try:
                node.replace_self(self.written(node))
            except (GlueError, OptionError) as fault:
                LOG.warning("{recall}: %s", fault, location=node)
                node.replace_self(node.children[0])

    def written(self, node: recall) -> nodes.Element:
        """Write one question."""
        question, items, after, link = node.children
        settings, name = node["settings"], node["ids"][0]
        if items.children:
            data: dict[str, Any] = {"kind": "choice", "truth": settings["right"].index(True)}
            parts = [options(settings["right"], list(items.children), link)]
        else:
            data = {"kind": "number"} | self.number(settings)
            parts = number_field(name, data, link, list(after.children))
        return element(
            "div",
            element("p", "Do you remember?", class_="recall-title", id=f"{name}-title"),
            element("div", *question.children, class_="recall-question", id=f"{name}-question"),
            *parts,
            *(after.children if items.children else ()),
            class_="recall",
            id=name,
            role="group",
            aria_labelledby=f"{name}-title",
            data_key=f"{self.env.docname}#{name}",
            data_recall=json.dumps(data),
        )

    def number(self, settings: dict[str, Any]) -> dict[str, Any]:
        """Look up the right number, and how near an answer must come."""
        truth = glued(self.env, self.env.docname, settings["answer"])
        if not is_number(truth):
            raise OptionError(f"{settings['answer']} must be a finite number, got {truth!r}")
        found = TOLERANCE.fullmatch(settings["tolerance"])
        assert found is not None
        size = float(found["size"])
        near = abs(truth) * size / 100 if found["share"] else size
        unit = settings.get("unit", "")
        words = with_unit(format_number(truth, settings.get("format", ".3g")), unit)
        return {"truth": truth, "near": near, "unit": unit, "told": words}


def connect(app: Sphinx) -> None:
    """Connect the directive to Sphinx."""
    app.add_node(recall, text=(_pass, _pass), html=(_pass, _pass))
    app.add_directive("recall", Recall)
    app.add_post_transform(ShowRecalls)


def _pass(_writer: Any, _node: nodes.Element) -> None:
    return
