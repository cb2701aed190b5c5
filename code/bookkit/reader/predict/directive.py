"""`{predict}`: the reader commits a guess before a figure is shown.

The truth is never typed: `:answer:` names a value that the chapter's code glued. Without
JavaScript the question stays, with the answer folded below it, and the figure in its place.
"""

import json
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from bookkit.execution.glued import GlueError, glued
from bookkit.reader.figure_controls import ControlError, check_parameter
from bookkit.reader.options import Component, OptionError, short_name, take_list, texts
from bookkit.reader.predict.form import form
from bookkit.reader.predict.settings import COMMON, FEWEST, MAY, NEEDS, read_settings
from bookkit.reader.predict.truth import answer, check, page_settings
from bookkit.reader.questions import note_question
from bookkit.site.markup import element, inline

LOG = logging.getLogger(__name__)


class predict(nodes.General, nodes.Element):  # noqa: N801, D101 - docutils names nodes so
    pass


class Predict(Component):
    """Ask for a guess; the body holds the question, then `---`, then what to say afterwards."""

    required_arguments = 1
    option_spec = texts(*COMMON, *sum(NEEDS.values(), ()), *sum(MAY.values(), ()))

    def build(self) -> list[nodes.Element]:
        """Check the options and keep question, choices and afterword apart."""
        name = short_name(self.arguments[0])
        settings = read_settings(self.options)
        kind = settings["kind"]
        question, after = self.halves()
        items = take_list(question) if kind in FEWEST else []
        if kind in FEWEST and len(items) < FEWEST[kind]:
            least = f"a list of at least {FEWEST[kind]} items after the question"
            raise OptionError(f"a prediction of kind {kind} needs {least}")
        if not question.children:
            raise OptionError("the question is missing: write it as the body")
        node = predict("", question, nodes.container("", *items), after)
        node["ids"] = [f"predict-{name}"]
        node["settings"] = settings
        shown = (self.options[name] for name in ("answer", "interval") if name in self.options)
        note_question(self.env, node["ids"][0], "prediction", question.astext(), *shown)
        return [node]


class ShowPredictions(SphinxPostTransform):
    """Write each prediction's page side, its truth taken from the run."""

    default_priority = 8  # before references are resolved: texts may hold some
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Write every prediction of the page."""
        for node in list(self.document.findall(predict)):
            try:
                node.replace_self(self.written(node))
            except (GlueError, OptionError, ControlError) as fault:
                LOG.warning("{predict}: %s", fault, location=node)
                node.replace_self(node.children[0])

    def written(self, node: predict) -> nodes.Element:
        """Write one prediction."""
        settings, name = node["settings"], node["ids"][0]
        question, items, after = node.children
        choices = [nodes.paragraph("", "", *_line(item)) for item in items.children]
        truth = check(settings, self.value(settings["answer"]), choices)
        interval = self.value(settings["interval"]) if settings.get("interval") else None
        figure = self.hold_back(settings.get("figure"), name)
        if figure and "param" in settings:
            check_parameter(self.app, self.document, figure, settings["param"])
        data = page_settings(settings, truth, interval) | {"figure": figure}
        told = answer(settings, truth, interval, choices)
        return element(
            "div",
            element("p", "Your guess first", class_="predict-title", id=f"{name}-title"),
            element("div", *question.children, class_="predict-question", id=f"{name}-question"),
            form(settings, name, choices),
            element("div", class_="predict-outcome", tabindex="-1", hidden=True),
            element(
                "details",
                element("summary", "The answer"),
                *told,
                *after.children,
                class_="predict-answer",
            ),
            element("div", class_="predict-after", hidden=True),
            class_="predict",
            id=name,
            role="group",
            aria_labelledby=f"{name}-title",
            data_key=f"{self.env.docname}#{name}",
            data_predict=json.dumps(data),
        )

    def value(self, name: str) -> Any:
        """Look up a glued value."""
        return glued(self.env, self.env.docname, name)

    def hold_back(self, wanted: str | None, name: str) -> str | None:
        """Mark the figure that waits for the guess; its id on the page."""
        if not wanted:
            return None
        for figure in self.document.findall(nodes.figure):
            if nodes.make_id(wanted) in figure["ids"]:
                figure["classes"].append("held-back")
                figure.parent.insert(figure.parent.index(figure), _waiting(name, figure))
                return str(figure["ids"][-1])
        raise OptionError(f":figure: names {wanted!r}, but no figure of this page has that name")


def _waiting(name: str, figure: nodes.figure) -> nodes.Element:
    """Say, in a figure's place, what it waits for, and offer it all the same."""
    return element(
        "p",
        "This figure waits for ",
        inline("a", "your guess", href=f"#{name}"),
        " above. ",
        inline("button", "Show it now", type="button", data_show=figure["ids"][-1]),
        class_="held-note",
    )


def _line(item: nodes.Node) -> list[nodes.Node]:
    """Take the text of a list's item."""
    first = item.children[0] if item.children else nodes.paragraph()
    return [child.deepcopy() for child in first.children]


def connect(app: Sphinx) -> None:
    """Connect the directive to Sphinx."""
    app.add_node(predict, text=(_pass, _pass), html=(_pass, _pass))
    app.add_directive("predict", Predict)
    app.add_post_transform(ShowPredictions)


def _pass(_writer: Any, _node: nodes.Element) -> None:
    return
