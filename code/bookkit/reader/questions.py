"""Which questions the book asks, page by page: the list that the answers' page is made of."""

from typing import TypedDict

from docutils.utils.smartquotes import smartyPants
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.execution.changes import pages_moved
from bookkit.execution.glued import GlueError, glued
from bookkit.reader.options import OptionError


class Asked(TypedDict):
    """One question: its id, kind and words, and the names of other pages' values in its answer."""

    id: str
    kind: str
    text: str
    elsewhere: list[str]


def questions_of(env: BuildEnvironment) -> dict[str, list[Asked]]:
    """Look up the questions by page."""
    if not hasattr(env, "bookkit_questions"):
        env.bookkit_questions = {}  # type: ignore[attr-defined]
    found: dict[str, list[Asked]] = env.bookkit_questions  # type: ignore[attr-defined]
    return found


def note_question(env: BuildEnvironment, name: str, kind: str, text: str, *values: str) -> None:
    """Remember a question of the page that is being read, and which glued values it shows.

    Raises
    ------
    OptionError
        If the page already has one of that name.
    """
    asked = questions_of(env).setdefault(env.docname, [])
    if any(other["id"] == name for other in asked):
        raise OptionError(f"the name {name.partition('-')[2]!r} is taken by another on this page")
    words = smartyPants(" ".join(text.split()), "q")  # as the page itself sets its quotes
    elsewhere = [value for value in values if "::" in value]
    asked.append({"id": name, "kind": kind, "text": words, "elsewhere": elsewhere})


def forget(_: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that will be read again or is gone."""
    questions_of(env).pop(docname, None)


def merge(_: Sphinx, env: BuildEnvironment, docs: set[str], other: BuildEnvironment) -> None:
    """Take over what a forked reader noted."""
    found = questions_of(other)
    questions_of(env).update({name: found[name] for name in docs if name in found})


def rewritten(_: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have pages written again whose question shows another page's value that has moved."""
    values = {
        page: [_value(env, page, name) for each in asked for name in each["elsewhere"]]
        for page, asked in questions_of(env).items()
    }
    return pages_moved(env, "values", values)


def _value(env: BuildEnvironment, page: str, name: str) -> str:
    """Look up another page's value; a fault is told where the page is written."""
    try:
        return repr(glued(env, page, name))
    except GlueError as fault:
        return str(fault)


def connect(app: Sphinx) -> None:
    """Keep the list as pages come and go."""
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", rewritten)
