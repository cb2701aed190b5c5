"""Exercises, graded, with solutions that the build runs and the page folds.

Sphinx-exercise numbers and links them; this says which grade an exercise is (a worked
example, one blank to fill, or free) and folds every solution away.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx_exercise.nodes import is_exercise_enumerable_node, is_exercise_node, is_solution_node
from sphinx_exercise.utils import get_node_number

from bookkit.site.markup import element, inline

LOG = logging.getLogger(__name__)
GRADES = {"worked": "A worked example", "blank": "One blank to fill", "free": "Over to you"}


def check_grades(app: Sphinx, doctree: nodes.document) -> None:
    """Report an exercise without a grade or a solution that runs nothing, as a page is read."""
    for node in boxes(doctree):
        if is_exercise_node(node) and len(_grades(node)) != 1:
            message = f"{{exercise}}: needs :class: with one of {', '.join(GRADES)}"
            LOG.warning(message, location=(app.env.docname, node.line))
        if is_solution_node(node) and not _cells(node):
            message = (
                "{solution}: has no cell, so nothing tests it: write it between "
                "{solution-start} and {solution-end}, with a code-cell"
            )
            LOG.warning(message, location=(app.env.docname, node.line))


def boxes(document: nodes.document) -> list[nodes.Element]:
    """List the exercises and solutions of a page."""
    found = list(document.findall(nodes.Element))
    return [node for node in found if is_exercise_node(node) or is_solution_node(node)]


class ShowExercises(SphinxPostTransform):
    """Write exercises with their grade, and solutions folded."""

    default_priority = 640  # after sphinx-exercise has written its titles
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Write every exercise and solution of the page."""
        for node in boxes(self.document):
            if is_exercise_node(node):
                node.replace_self(self.exercise(node))
            elif is_solution_node(node):
                node.replace_self(_solution(node))

    def exercise(self, node: nodes.Element) -> nodes.Element:
        """Write one exercise."""
        title, *body = node.children
        number = ""
        if is_exercise_enumerable_node(node):
            number = f"Exercise {get_node_number(self.app, node, 'exercise')}"
        grade = next(iter(_grades(node)), "")
        label = inline("span", GRADES.get(grade, ""), class_="exercise-grade")
        return element(
            "div",
            element("p", inline("span", number, *title.children), label, class_="exercise-title"),
            *_without_sections(body),
            class_=f"exercise {grade}".strip(),
            id=node["ids"][0],
            role="group",
            aria_label=number + title.astext(),
        )


def _solution(node: nodes.Element) -> nodes.Element:
    """Write one solution, folded."""
    title, *body = node.children
    return element(
        "details",
        element("summary", title.astext()),
        *_without_sections(body),
        class_="solution",
        id=node["ids"][0],
    )


def _without_sections(body: list[nodes.Node]) -> list[nodes.Node]:
    """Take content out of the sections that only wrap it (all of one id)."""
    return [
        child
        for part in body
        for child in (part.children if isinstance(part, nodes.section) else [part])
    ]


def _grades(node: nodes.Element) -> set[str]:
    return set(node["classes"]) & set(GRADES)


def _cells(node: nodes.Element) -> list[nodes.Element]:
    return [box for box in node.findall(nodes.container) if box.get("nb_element") == "cell_code"]


def connect(app: Sphinx) -> None:
    """Set up sphinx-exercise, and what the book adds to it."""
    app.setup_extension("sphinx_exercise")
    app.connect("doctree-read", check_grades)
    app.add_post_transform(ShowExercises)
