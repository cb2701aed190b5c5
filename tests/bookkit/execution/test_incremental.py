"""After any edits, a build that goes on is the same to the byte as one that begins anew.

Three sequences of edits are fixed. `RANDOM_EDITS=20` tries as many random ones, whose seeds begin
at the number of the day: the weekly run of the workflow does.
"""

import datetime
import os
import random
from collections.abc import Callable

import pytest
import yaml
from tests.conftest import Book, set_back

PROSE = """# The first page

Said for the {times}th time. See {{ref}}`second` and {{numref}}`fig-line`.
Others say so too: {{cite:t}}`narayanan2010`.

## A part that others name

A {{term}}`sample` holds inputs.
"""
CHART = """(second)=
# The second page, {times}

```{{code-cell}}
from bigcurves.probe import value
from myst_nb import glue
glue("value", value, display=False)
```

The value is {{glue:text}}`value`.

```{{code-cell}}
---
mystnb:
  figure:
    name: fig-line
    caption: A line.
---
import altair as alt
import pandas as pd
import bigcurves.plotting
alt.Chart(pd.DataFrame({{"x": [1, value]}}), description="A line.").mark_line().encode(x="x:Q")
```
"""
DATA = """# The third page

```{code-cell}
print("total", sum(map(int, open("data.csv"))))
```
"""
GLOSSARY = """# Glossary

:::{{glossary}}
sample
  Rows of inputs, {times}.
:::

```{{bibliography}}
```
"""
EXTRA = "# A page of its own\n\nIt comes and goes, {times}.\n\n```{{code-cell}}\n{times} + 1\n```\n"


class Writing:
    """A book at work: what it holds follows from how often each part was edited."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.times = 0
        self.order = ["first", "second", "third", "glossary"]
        for edit in (prose, chart, module, data, glossary):
            edit(self)
        book.page("third", DATA)
        book.contents(self.order)

    def turn(self) -> int:
        self.times += 1
        return self.times


def prose(at: Writing) -> None:
    at.book.page("first", PROSE.format(times=at.turn()), cells=False)


def chart(at: Writing) -> None:
    at.book.page("second", CHART.format(times=at.turn()))


def glossary(at: Writing) -> None:
    at.book.page("glossary", GLOSSARY.format(times=at.turn()), cells=False)


def module(at: Writing) -> None:
    at.book.module("probe.py", f"value = {at.turn()}\n")


def module_of_old(at: Writing) -> None:
    module(at)
    set_back(at.book.root / "code" / "bigcurves" / "probe.py")


def data(at: Writing) -> None:
    (at.book.root / "book" / "data.csv").write_text(f"{at.turn()}\n1\n", "utf-8")


def data_of_old(at: Writing) -> None:
    data(at)
    set_back(at.book.root / "book" / "data.csv")


def page_of_old(at: Writing) -> None:
    prose(at)
    set_back(at.book.root / "book" / "first.md")


def contents(at: Writing) -> None:
    at.order[1], at.order[2] = at.order[2], at.order[1]
    at.book.contents(at.order)


def come_or_go(at: Writing) -> None:
    if "extra" in at.order:
        at.order.remove("extra")
        (at.book.root / "book" / "extra.md").unlink()
    else:
        at.order.insert(2, "extra")
        at.book.page("extra", EXTRA.format(times=at.turn()))
    at.book.contents(at.order)


def title(at: Writing) -> None:
    path = at.book.root / "_config.yml"
    config = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump(config | {"title": f"A book, {at.turn()}"}), "utf-8")


def source(at: Writing) -> None:
    path = at.book.root / "book" / "references.bib"
    text = path.read_text("utf-8")
    start = text.index("year={", text.index("{narayanan2010,")) + len("year={")
    path.write_text(
        f"{text[:start]}{1950 + at.turn() % 40}{text[text.index('}', start) :]}", "utf-8"
    )


def template(at: Writing) -> None:
    path = at.book.root / "code" / "bookkit" / "theme" / "layout.html"
    text = path.read_text("utf-8").partition("<!-- turn")[0].rstrip()
    path.write_text(f"{text}\n<!-- turn {at.turn()} -->\n", "utf-8")


def style(at: Writing) -> None:
    path = at.book.root / "code" / "web" / "early.js"
    text = path.read_text("utf-8").partition("document.documentElement.dataset.turn")[0]
    path.write_text(f"{text}document.documentElement.dataset.turn = {at.turn()};\n", "utf-8")


def builder(at: Writing) -> None:
    path = at.book.root / "code" / "bookkit" / "site" / "publish.py"
    text = path.read_text("utf-8")
    path.write_text(text.replace("<h1>This page", "<h1>Alas, this page"), "utf-8")


EDITS: tuple[Callable[[Writing], None], ...] = (
    *(prose, chart, glossary, module, module_of_old, data, data_of_old, page_of_old),
    *(contents, come_or_go, title, source, template, style, builder),
)
FIXED = {
    "writing": (prose, module_of_old, page_of_old, data_of_old, glossary),
    "pages": (come_or_go, contents, come_or_go, chart),
    "frame": (source, template, title, style, builder),
}
RANDOM = int(os.environ.get("RANDOM_EDITS", "0"))
TODAY = datetime.datetime.now(datetime.UTC).date().toordinal()


def site_of(book: Book) -> dict[str, bytes]:
    site = book.root / "_build" / "html"
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def check(book: Book, edits: tuple[Callable[[Writing], None], ...]) -> None:
    """Build after every edit, then from nothing, and compare."""
    at = Writing(book)
    for edit in (None, *edits):
        if edit:
            edit(at)
        built = book.build()
        assert built.returncode == 0, (edit, built.stderr)
    went_on = site_of(book)
    book.clean()
    built = book.build()
    assert built.returncode == 0, built.stderr
    anew = site_of(book)
    assert went_on.keys() == anew.keys()
    assert [name for name in anew if went_on[name] != anew[name]] == []


@pytest.mark.slow
@pytest.mark.parametrize("edits", FIXED.values(), ids=FIXED)
def test_a_build_that_goes_on_is_the_same_as_one_that_begins_anew(book, edits):
    check(book, edits)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(TODAY, TODAY + RANDOM))
def test_random_edits_lead_to_the_same_book(book, seed):
    rng = random.Random(seed)
    check(book, tuple(rng.choice(EDITS) for _ in range(4)))
