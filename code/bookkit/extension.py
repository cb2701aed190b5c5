"""The one entry in `_config.yml`'s extensions: sets up every part of the book's own Sphinx side."""

from typing import Any

from sphinx.application import Sphinx

from bookkit import (
    answers,
    blocks,
    bundle,
    charts,
    exercises,
    faults,
    findings,
    formulas,
    glossary,
    glued,
    ledger,
    markup,
    moving_number,
    notebooks,
    numbers_from,
    pages,
    predict,
    publish,
    questions,
    recall,
    tables,
    try_it,
)
from bookkit.execution import changed, kernel, leftovers, shared, stamp, unchanged
from bookkit.watching import broken, events

BUILD = (events, broken, kernel, stamp, changed, faults, bundle)
END = (shared, leftovers, unchanged)
PAGE = (charts, formulas, blocks, tables, notebooks, numbers_from, pages, publish)
READER = (
    markup,
    glued,
    questions,
    predict,
    recall,
    answers,
    moving_number,
    try_it,
    exercises,
    glossary,
)
PARTS = (*BUILD, *PAGE, *READER, ledger, findings, *END)


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up each part; all of them may run in Sphinx's parallel readers and writers."""
    if "comments_config" not in app.config:
        app.add_config_value("comments_config", {}, "env")  # Jupyter Book sets it unasked
    for part in PARTS:
        part.connect(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
