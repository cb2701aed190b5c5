"""The one entry in `_config.yml`'s extensions: sets up every part of the book's own Sphinx side."""

from typing import Any

from sphinx.application import Sphinx

from bookkit.assets import bundle
from bookkit.charts import made
from bookkit.charts import node as charts
from bookkit.checks import chapter
from bookkit.claims import role, table
from bookkit.execution import (
    cache,
    changed,
    faults,
    glued,
    kernel,
    leftovers,
    notebooks,
    numbers_from,
    shared,
    stamp,
    unchanged,
)
from bookkit.reader import (
    answers,
    exercises,
    glossary,
    moving_number,
    questions,
    teachers,
    try_it,
)
from bookkit.reader.predict import directive as predict
from bookkit.reader.recall import directive as recall
from bookkit.site import blocks, formulas, markup, pages, publish, tables
from bookkit.watching import broken, events

BUILD = (events, broken, kernel, cache, stamp, changed, faults, bundle)
END = (shared, leftovers, unchanged)
PAGE = (charts, made, formulas, blocks, tables, notebooks, numbers_from, pages, publish)
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
    teachers,
)
PARTS = (*BUILD, *PAGE, *READER, table, role, chapter, *END)


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up each part; all of them may run in Sphinx's parallel readers and writers."""
    if "comments_config" not in app.config:
        app.add_config_value("comments_config", {}, "env")  # Jupyter Book sets it unasked
    for part in PARTS:
        part.connect(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
