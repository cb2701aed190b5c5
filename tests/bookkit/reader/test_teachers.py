"""For teachers: each chapter says it for itself, and one page lists them all."""

import re
from html import unescape

import pytest
import yaml
from tests.contracts.showing import NAMES, page_of

from bookkit.execution.cells import front_matter
from bookkit.reader.teachers import LABELS, fault_of, said_on, text_of

SAID = {"minutes": 25} | {name: f"a text on {name}." for name in LABELS}


def test_a_figure_is_the_chapters_own_unless_its_page_is_named():
    shown = "{try}`one <fig-a k=1>`, {try}`a view <fig-b?view=x>` and {try}`one <../c::fig-c k=1>`."
    text = text_of("book/one/a", SAID | {"show": shown})
    assert "<fig-" not in text
    assert "</book/one/a::fig-a k=1>" in text
    assert "</book/one/a::fig-b?view=x>" in text
    assert "<../c::fig-c k=1>" in text


def test_a_text_is_one_line_behind_its_name():
    lines = text_of("book/one/a", SAID | {"ask": "why\n  not?"}).splitlines()
    assert lines[0] == "**{doc}`/book/one/a`**, 25 minutes."
    assert lines[3] == "*Ask the class:* why not?"
    assert len(lines) == 1 + len(LABELS)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (SAID, ""),
        ("much", "must hold minutes, goal, needs, ask, then, misconception, show, got 'much'"),
        ({"minutes": 25}, "must hold minutes, goal, .*, got minutes$"),
        (SAID | {"more": "a."}, "must hold minutes, .*, show, more$"),
        (SAID | {"minutes": "25 minutes"}, "`minutes:` must be a whole number, got '25 minutes'"),
        (SAID | {"goal": "no end"}, "`goal:` must be a sentence that ends with its mark"),
        (SAID | {"then": ["a."]}, "`then:` must be a sentence"),
    ],
)
def test_what_is_missing_or_unreadable_is_said(said, fault):
    assert re.search(fault or "^$", fault_of(said))


@pytest.mark.parametrize("name", NAMES)
def test_every_chapter_tells_teachers_what_they_need(name):
    page = page_of(name)
    front = yaml.safe_load(front_matter(page.read_text("utf-8"))["yaml"])
    assert (said_on(page) is None) is (front.get("chapter") is False)
    assert said_on(page) is None or fault_of(said_on(page)) == ""


CHAPTER = """---
kernelspec: {{name: python3, display_name: Python 3}}
chapter: false
illustrations: [fig-{name}]
teachers:
  minutes: 20
  goal: tell {name} from others.
  needs: "nothing: or little."
  ask: who has seen {name}?
  then: where?
  misconception: all of them are {name}.
  show: "{{try}}`{name} with seven <fig-{name} k=7>`."
---
# The chapter {name}

See {{numref}}`fig-{name}`.

```{{code-cell}} ipython3
---
mystnb:
  figure:
    name: fig-{name}
    caption: A line.
---
import altair as alt
import pandas as pd

import bigcurves.plotting

k = alt.param(name="k", value=2, bind=alt.binding_range(min=1, max=10, step=1, name="k"))
table = pd.DataFrame({{"n": [1, 2]}})
line = alt.Chart(table).mark_line().encode(x="n:Q", y="n:Q")
line.add_params(k).properties(description="A line.")
```
"""
CONTENTS = """format: jb-book
root: book/start
parts:
  - caption: The first part
    chapters: [{file: book/one/a}]
  - caption: The second part
    chapters: [{file: book/two/b}, {file: book/back/teachers}]
"""


def main_of(book, name):
    return re.search(r"<main.*</main>", book.html(name), re.S)[0]


def read(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html)))


def test_the_page_lists_the_chapters_part_by_part_and_follows_each(book):
    book.page("start", "# Start\n\nHere.\n", cells=False)
    book.page("one/a", CHAPTER.format(name="a"), cells=False)
    book.page("two/b", CHAPTER.format(name="b"), cells=False)
    book.page(
        "back/teachers", "# For all\n\n```{teachers}\n```\n\n## A week\n\nAn end.\n", cells=False
    )
    contents = book.root / "_toc.yml"
    contents.write_text(CONTENTS, "utf-8")
    built = book.build()
    assert built.returncode == 0, built.stderr

    page = main_of(book, "back/teachers")
    heads = re.findall(r"<h(\d)[^>]*>(.*?)<", page)
    assert heads == [
        ("1", "For all"),
        *[("2", f"The {n} part") for n in ("first", "second")],
        ("2", "A week"),
    ]
    text = read(page)
    assert "The chapter a, 20 minutes. Goal: tell a from others. Needs: nothing: or little." in text
    assert 'href="../one/a.html#fig-a?view=' in page
    assert 'href="../two/b.html"' in page
    assert "tell a from others" not in read(book.html("one/a"))

    # An edit of a chapter's text, and another order of the parts, are followed.
    a = book.root / "book" / "one" / "a.md"
    a.write_text(a.read_text("utf-8").replace("who has seen a?", "who knows a?"), "utf-8")
    contents.write_text(
        CONTENTS.replace("one/a", "x").replace("two/b", "one/a").replace("x}", "two/b}"), "utf-8"
    )
    built = book.build()
    assert built.returncode == 0, built.stderr
    text = read(main_of(book, "back/teachers"))
    assert "who knows a?" in text
    assert text.index("The first part") < text.index("The chapter b") < text.index("The chapter a")

    # What is wrong is told, at the list, until it is mended.
    good = a.read_text("utf-8")
    for bad, told in (
        (good.replace("a k=7", "a k=70"), "{try}: k must be a number from 1 to 10"),
        (good.replace("  then: where?\n", ""), "{teachers}: book/one/a: `teachers:` must hold"),
    ):
        a.write_text(bad, "utf-8")
        for _ in range(2):
            built = book.build()
            assert built.returncode == 1
            assert re.search(rf"book/back/teachers\.md:\d+: .*{re.escape(told)}", built.stderr), (
                built.stderr
            )
    a.write_text(good, "utf-8")
    assert book.build().returncode == 0
