"""The checks of the chapters' source: each fault is found, named with line and cure, once."""

import pytest
from tests.conftest import ROOT

from bookkit.checks.source import check_book, check_page
from bookkit.checks.text import lines_of

CHAPTER = """\
---
kernelspec: {name: python3, display_name: Python 3}
typed:
  set-up: [twelve points]
---
# A chapter

:::{recall} earlier
:reread: there

What was it?

- [x] That.

  It was.
- [ ] Something 12 times as large.

  It was not.
:::

:::{predict} guess
:kind: number
:min: 1
:max: 10
:answer: size
:figure: fig-one

How large is it: 3 or 7?
---
It is what the run says.
:::

Take twelve points and look.
Chollet wrote so in 2021.

## The body

In {numref}`fig-one` we see $x^2$ of them, {glue:text}`size:.1f` in all.

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-one
    caption: |
      The curve falls. {finding}`it-falls`
      Each point is one run.
---
chart(table, description=describe(table))
```

## What could fool us

Much.

## Exercises

Some.

## In one breath

It falls to half. {finding}`it-falls`
"""


def faults(text, recalls=1):
    return [(fault.line, fault.message) for fault in check_page(text, "page.md", recalls=recalls)]


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_a_chapter_in_order_has_no_fault():
    assert faults(CHAPTER) == []


BREAKS = {
    "number": ("Take twelve", "We find 0.31 and take twelve", "types the number 0.31"),
    "number in maths": ("Some.", "Here $a = 0.5$ holds.", "types the number 0.5"),
    "number in a caption": ("Each point is one run", "Each of 20 points is", "types the number 20"),
    "number in a list": ("Much.", "- At 40 it fails.", "types the number 40"),
    "number after a guess": ("It is what the", "It is 8.8 as the", "types the number 8.8"),
    "negative": ("Much.", "It is -3 now.", "types the number -3"),
    "word": ("Much.", "It is twice the size.", "says 'twice'"),
    "comparative": ("Much.", "One is larger than the other.", "says 'larger than'"),
    "number word": ("Much.", "It fell tenfold.", "says 'tenfold'"),
    "same": ("Much.", "They are about the same.", "says 'about the same'"),
    "two sentences": ("Much.", "Much. More.", "several sentences"),
    "broken": ("Much.", "Much that\nis broken.", "broken over lines"),
    "stale phrase": ("Take twelve points", "Take points", "lists 'twelve points'"),
    "no claim": ("It falls to half. {finding}`it-falls`", "It falls.", "names no claim"),
    "no finding": ("The curve falls. {finding}`it-falls`", "The curve falls.", "names no claim"),
    "no mention": ("{numref}`fig-one`", "the figure", "no sentence mentions fig-one"),
    "no caption": (
        "name: fig-one\n    caption: |",
        "name: fig-one\n    alt: |",
        "without a caption",
    ),
    "bad name": ("    name: fig-one", "    name: one", "must read like fig-learning-curve"),
    "description": (
        "description=describe(table)",
        "description='Falls to 3.'",
        "description types 3",
    ),
    "no end": ("## Exercises", "## Problems", "must end with the sections"),
    "no guess": ("{predict} guess", "{admonition} guess", "must open with a {predict}"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_fault_is_named_at_its_line(name):
    old, new, message = BREAKS[name]
    assert CHAPTER.count(old) == 1 or name in ("no mention",)
    text = CHAPTER.replace(old, new, 1)
    found = faults(text)
    assert any(message in told for _, told in found), found
    places = {"stale phrase": 1, "no guess": 1, "no end": line_of(text, "## In one breath")}
    figure = ("no finding", "no mention", "no caption", "bad name", "description")
    places |= dict.fromkeys(figure, line_of(text, "```{code-cell}"))
    wanted = places.get(name, line_of(text, new))
    assert next(line for line, told in found if message in told) == wanted


def test_recalls_are_counted_and_come_first():
    assert "must open with 2 {recall}" in faults(CHAPTER, recalls=2)[0][1]
    assert "must open with 0 {recall}" in faults(CHAPTER, recalls=0)[0][1]


def test_a_long_cell_and_a_chart_that_is_no_figure_are_reported():
    lines = "\n".join(f"a{i} = {i}" for i in range(16))
    long = CHAPTER.replace("Much.", f"```{{code-cell}} ipython3\n{lines}\n```")
    assert "a cell of 16 lines" in faults(long)[0][1]
    bare = CHAPTER.replace("Much.", "```{code-cell} ipython3\nchart(a, description=b)\n```")
    assert "without figure metadata" in faults(bare)[0][1]


def test_questions_years_and_a_list_of_options_state_nothing():
    for harmless in ("Is it 3 or twice that?", "So wrote Sutton (2019).", "See {cite:t}`a2017`."):
        assert faults(CHAPTER.replace("Much.", harmless)) == []


def test_a_manifold_is_no_multiple():
    assert faults(CHAPTER.replace("Much.", "A manifold may unfold.")) == []
    assert faults(CHAPTER.replace("Much.", "It grows tenfold.")) != []


def test_a_glossarys_terms_are_no_sentences():
    page = "# Glossary\n\n```{glossary}\nsample gap\n  The typical hole.\n```\n"
    assert check_page(page, "glossary.md", recalls=None) == []


def test_line_numbers_are_those_of_the_file():
    for line in lines_of(CHAPTER):
        if line.text:
            assert line.text in CHAPTER.splitlines()[line.number - 1]


def test_every_chapter_of_the_book_is_in_order():
    found = check_book(ROOT)
    assert found == [], "\n" + "\n".join(map(str, found))
