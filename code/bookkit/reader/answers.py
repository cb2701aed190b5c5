"""`{answers}`: every question of the book, page by page, beside what the reader answered.

The page's script fills in the answers from the reader's own device, and saves them as a
file. Without JavaScript the page is the list of questions.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from bookkit.execution.changes import moved
from bookkit.execution.contents import in_order
from bookkit.reader.questions import Asked, questions_of
from bookkit.site.markup import element, markup

NONE_YET = "No question of the book has been asked yet."
BUTTONS = (
    ("data_print", "Print this page"),
    ("data_save", "Save as text"),
    ("data_table", "Save as a table (CSV)"),
    ("data_forget", "Forget my answers"),
)


class answers(nodes.General, nodes.Element):  # noqa: N801, D101 - docutils names nodes so
    pass


class Answers(SphinxDirective):
    """Put the list here."""

    def run(self) -> list[nodes.Node]:
        """Leave a place; the list is known when all pages have been read."""
        pages_with_answers(self.env).add(self.env.docname)
        return [answers()]


def pages_with_answers(env: BuildEnvironment) -> set[str]:
    """Look up the pages that hold the list."""
    if not hasattr(env, "bookkit_answers"):
        env.bookkit_answers = set()  # type: ignore[attr-defined]
    found: set[str] = env.bookkit_answers  # type: ignore[attr-defined]
    return found


class ShowAnswers(SphinxPostTransform):
    """Write the list of questions."""

    default_priority = 8
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Write the list where the page asks for it."""
        for node in list(self.document.findall(answers)):
            node.replace_self(self.written())

    def written(self) -> markup:
        """Write the list, in the order of the book's contents."""
        asked = pages_that_ask(self.env)
        parts = [part for page, title, rows in asked for part in self.page(page, title, rows)]
        buttons = [
            element("button", label, type="button", class_="button-plain", **{name: True})
            for name, label in BUTTONS
        ]
        name = element("label", "Your name, if you hand this in ", for_="answers-name")
        name += element("input", type="text", id="answers-name", autocomplete="name")
        return element(
            "div",
            element("p", *buttons, class_="answers-tools js-only"),
            element("p", name, class_="answers-name js-only"),
            *(parts or [nodes.paragraph("", NONE_YET)]),
            class_="answers",
            id="answers",
            data_answers=True,
        )

    def page(self, page: str, title: str, asked: list[Asked]) -> list[nodes.Element]:
        """Write the questions of one page."""
        builder = self.app.builder
        address = relative_uri(
            builder.get_target_uri(self.env.docname), builder.get_target_uri(page)
        )
        rows = [
            part
            for question in asked
            for part in (
                element("dt", element("a", question["text"], href=f"{address}#{question['id']}")),
                element(
                    "dd",
                    "No answer yet.",
                    data_question=f"{page}#{question['id']}",
                    data_kind=question["kind"],
                    data_page=title,
                ),
            )
        ]
        return [element("h2", title), element("dl", *rows)]


def pages_that_ask(env: BuildEnvironment) -> list[tuple[str, str, list[Asked]]]:
    """List the pages that ask, in the order of the contents: name, title, questions."""
    asked = questions_of(env)
    pages = [page for _, page in in_order(env) if asked.get(page)]
    return [(page, env.titles[page].astext(), asked[page]) for page in pages]


def rewritten(_: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the list written again when it has moved."""
    has_moved = moved(env, "answers", pages_that_ask(env))
    return sorted(pages_with_answers(env) & env.all_docs.keys()) if has_moved else []


def forget(_: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that will be read again or is gone."""
    pages_with_answers(env).discard(docname)


def merge(_: Sphinx, env: BuildEnvironment, docs: set[str], other: BuildEnvironment) -> None:
    """Take over what a forked reader noted."""
    pages_with_answers(env).update(pages_with_answers(other) & set(docs))


def connect(app: Sphinx) -> None:
    """Connect the directive to Sphinx."""
    app.add_node(answers)
    app.add_directive("answers", Answers)
    app.add_post_transform(ShowAnswers)
    app.connect("env-updated", rewritten)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
