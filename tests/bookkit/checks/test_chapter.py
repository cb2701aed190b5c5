"""The checks of a parsed page: each fault is found, named with line and cure, once."""

import re

import pytest

EARLIER = """\
---
kernelspec: {name: python3, display_name: Python 3}
---
# Earlier

:::{predict} first
:kind: number
:min: 1
:max: 10
:answer: size

How large is it?
---
It is what the run says.
:::

```{code-cell} ipython3
from myst_nb import glue
from bigcurves.chapters.opener.intro import figures
glue("size", 4.0, display=False)
glue("results", {"it-falls": True}, display=False)
page = figures.page(seeds=range(2))
```

(there)=
## What could fool us

Much.

## Exercises

Some.

## In one breath

It falls. {claim}`it-falls`
"""
CHAPTER = """\
---
kernelspec: {name: python3, display_name: Python 3}
description: A chapter.
---
# A chapter

:::{recall} earlier
:reread: there

What was it?

- [x] That.

  It was. It surely was.
- [ ] Something else.

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

Take twelve points, e.g. those of $C$.
By *then*, see {doc}`earlier <earlier>`, Dr. Who and $n$ agree: {glue:text}`size:.1f`.

## The body

In {numref}`fig-one` it falls.

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-one
    caption: |
      The curve falls. {claim}`it-falls`
      Each point is one run.
---
import altair as alt
import pandas as pd
from bigcurves.chapters.opener.intro import figures
from myst_nb import glue
page = figures.page(seeds=range(2))
glue("size", 4.0, display=False)
glue("results", {"it-falls": True}, display=False)
table = pd.DataFrame({"x": [1, 2]})
alt.Chart(table, description="It falls.").mark_point().encode(x="x:Q")
```

## What could fool us

Much.

## Exercises

Some.

## In one breath

It falls to half. {claim}`it-falls`
As it must. {claim}`it-falls`
"""
# What is replaced, by what, what the build says of it, and the line of the new text's first.
BREAKS = {
    "two sentences": ("Much.", "Much. More.", "several sentences"),
    "two in an item": ("Much.", "- Much. More.", "several sentences"),
    "in the opening": ("Take twelve", "Look. Take twelve", "several sentences"),
    "broken": ("Much.", "Much that\nis broken.", "broken over lines"),
    "no claim": ("As it must. {claim}`it-falls`", "As it must.", "names no claim"),
    "no end": ("## Exercises", "## Problems", "must end with the sections"),
    "no guess": (CHAPTER[CHAPTER.index(":::{predict}") : CHAPTER.index("Take")], "", "a {predict}"),
    "long cell": ("table = pd", "\n".join(f"a{i} = {i}" for i in range(9)) + "\ntable = pd", "15"),
    "bare": (re.search(r"---\nmystnb.*?---\n", CHAPTER, re.S)[0], "", "without figure metadata"),
    "caption": (
        "The curve falls. {claim}`it-falls`",
        "The curve falls.",
        "of fig-one names",
    ),
    "no mention": ("{numref}`fig-one`", "the figure", "no sentence mentions fig-one"),
    "bad name": ("    name: fig-one", "    name: one", "must read like fig-learning-curve"),
    "no words": ("Much.", "![](one.svg)", "a picture without words"),
    "number in words": ("Much.", "![It falls to 3.](one.svg)", "types a number"),
}
AT_LINE = {"two sentences", "two in an item", "broken", "no claim", "in the opening"}
AT_CELL = {"long cell", "bare", "caption", "no mention", "bad name"}


RECALL = CHAPTER[CHAPTER.index(":::{recall}") : CHAPTER.index(":::{predict}")]
GUESS = CHAPTER[CHAPTER.index(":::{predict}") : CHAPTER.index("Take")]


@pytest.fixture
def faults(book):
    """Build chapters after an earlier one; give the faults of each, as (line, message)."""

    def built(texts):
        pages = {f"page-{place}": text for place, text in enumerate(texts)}
        for name, text in {"earlier": EARLIER, **pages}.items():
            book.page(name, text, cells=False)
        book.contents(["earlier", *pages])
        (book.root / "book" / "one.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        said = book.build().stderr
        return [
            [(int(n), told) for n, told in re.findall(rf"{name}\.md:(\d+): WARNING: (.*)", said)]
            for name in pages
        ]

    return built


@pytest.mark.quick
def test_a_chapter_in_order_has_no_fault(faults):
    assert faults([CHAPTER]) == [[]]


def test_each_fault_is_named_at_its_line(faults):
    assert all(old in CHAPTER for old, _, _ in BREAKS.values())
    texts = [CHAPTER.replace(old, new, 1) for old, new, _ in BREAKS.values()]
    told = zip(BREAKS.items(), texts, faults(texts), strict=True)
    for (name, (_, new, message)), text, found in told:
        lines = [line for line, words in found if message in words]
        assert lines, (name, found)
        if name in AT_LINE:
            assert lines == [text[: text.index(new)].count("\n") + 1], name
        elif name in AT_CELL:
            assert lines == [text[: text.index("```{code-cell}")].count("\n") + 1], name


def test_recalls_are_counted_in_the_order_of_the_book_and_come_first(faults):
    bare = CHAPTER.replace(RECALL, "")
    second, late, third = faults([bare, bare.replace(GUESS, GUESS + RECALL), CHAPTER])
    assert any("must open with 1 {recall}" in words for _, words in second)
    assert any("put {recall} first" in words for _, words in late)
    assert any("must open with 2 {recall}" in words for _, words in third)
