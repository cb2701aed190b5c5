"""The claims page's tables: the package's rows, their places in the chapters, and their page."""

import math
import re
import statistics

import pytest
from docutils import nodes
from docutils.utils import new_document

from bigcurves.claims.claim import at_least
from bigcurves.claims.judge import Result
from bigcurves.claims.table import rows
from bigcurves.running.catalogue import titles
from bookkit.claims.mark import claim_mark
from bookkit.claims.table import figures_that_show
from bookkit.execution.page import _looked_through

CHAPTER = """
# A chapter

```{code-cell} ipython3
:tags: [remove-cell]
import altair as alt
import pandas as pd
import bigcurves.plotting
from myst_nb import glue
glue("results", {"it-rises": True, "other": True, "it-stays": True}, display=False)
```

It rises. {claim}`it-rises`
It stays. {claim}`it-stays`

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-flat
    caption: Nothing to see.
---
alt.Chart(pd.DataFrame({'x': [1, 2]}), description='Flat.').mark_point().encode(x='x:Q')
```

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-rise
    caption: |
      It rises. {claim}`other,it-rises`
---
alt.Chart(pd.DataFrame({'x': [1, 2]}), description='A rise.').mark_point().encode(x='x:Q')
```
"""
TABLE = """
# The claims

```{code-cell} ipython3
:tags: [remove-cell]
from myst_nb import glue
row = dict(figure=.9, low=.85, high=.95, threshold='≥ 0.8', stands=True, command='judge it')
rise = row | dict(claim='it-rises', sentence='It rises.', thread=1, chapter='chapter')
fall = row | dict(claim='it-falls', thread=2, chapter='gone', stands=False)
fall |= dict(sentence="The run's 'sum' falls.")
fall |= dict(figure=-.04, low=-.05, high=-.03, threshold='≤ -0.01')
stay = rise | dict(claim='it-stays', sentence='It stays.', by_construction='nothing moves it')
tried = dict(figure=.9, holds=True, asked='≥ 0.8', words='')
rise |= dict(asked=(.8, None), tried=[tried | dict(label='as chosen'), tried | dict(
    label='n x 4', figure=.7, holds=False)])
glue("claims", [rise, fall, stay], display=False)
```

```{claims-table} 1
```

```{claims-table} 2
```
"""


MINUS = "\N{MINUS SIGN}"


def judged(*figures):
    return Result(
        experiment="rises",
        claim="it-rises",
        sentence="It rises.",
        thread=1,
        chapter="chapter",
        threshold=at_least(0.5),
        by_construction="",
        figures=figures,
    )


def test_a_row_holds_the_mean_its_interval_and_the_command_that_judges_it():
    figures = (0.4, 0.6, 0.8)
    (row,) = rows([judged(*figures)], range(4, 7))
    half = 4.302653 * statistics.stdev(figures) / math.sqrt(3)  # Student's t, two degrees, 97.5 %
    assert row["figure"] == pytest.approx(0.6)
    assert (row["low"], row["high"]) == pytest.approx((0.6 - half, 0.6 + half), rel=1e-6)
    assert row["stands"]
    assert row["threshold"] == "≥ 0.5"
    assert row["command"] == "python -m bigcurves claims rises --seeds 4:7"
    assert not rows([judged(0.1, 0.2)])[0]["stands"]


def test_one_seed_has_no_interval_and_is_refused():
    with pytest.raises(ValueError, match="seeds must be at least 2, for an interval, got 1"):
        rows([judged(0.4)], range(1))


def test_a_claim_is_shown_by_the_first_figure_whose_caption_names_it():
    page = new_document("page")
    for name, claims in (("fig-flat", []), ("fig-rise", ["other", "it-rises"]), ("", ["it-rises"])):
        mark = claim_mark("", "", claims=claims)
        page += nodes.figure("", nodes.caption("", "", mark), names=[name] if name else [])
    page += nodes.paragraph("", "", claim_mark("", "", claims=["in-the-text"]))
    assert figures_that_show(page) == {"other": "fig-rise", "it-rises": "fig-rise"}


def test_a_page_that_looks_through_a_package_depends_on_all_its_experiments():
    found = list(_looked_through({"looks-through": ["bigcurves.chapters"]}))
    assert {line.rpartition(".")[2] for line in found} == {*titles(), "doubts"}
    assert "import bigcurves.chapters.manifold.morphing.sagitta" in found
    assert not any(".charts." in line for line in found)
    assert list(_looked_through({})) == []


def test_the_page_lists_each_claim_and_sentences_lead_to_it(book):
    book.page("chapter", CHAPTER)
    book.page("claims", TABLE)
    book.contents(["chapter", "claims"])
    built = book.build()
    assert built.returncode == 0, built.stderr
    first, second = re.findall(r"<table.*?</table>", book.html("claims"), re.S)
    assert 'id="claim-it-rises"' in first
    assert 'href="chapter.html#fig-rise"' in first
    assert re.search(r"<td[^>]*>stands</td>", first)
    assert "<code>judge it</code>" in first
    assert re.search(r"<strong>0.9</strong>\s*<span> 0.85 to 0.95</span>", first)
    assert re.search(r"<td[^>]*>FALLS</td>", second)
    assert first.count('role="row"') == 3
    assert "holds under 1 of 2; falls with n \N{MULTIPLICATION SIGN} 4." in first
    assert re.search(r'<svg[^>]*aria-hidden="true"', first)
    assert re.search(r"<td[^>]*>by construction</td>", first)
    assert "nothing moves it" in first
    figure, interval = re.search(r"<strong>(.*?)</strong>\s*<span>(.*?)</span>", second).groups()
    assert (figure, interval) == (f"{MINUS}0.04", f" {MINUS}0.05 to {MINUS}0.03")
    assert f"≤ {MINUS}0.01" in second
    assert "The run\u2019s \u2018sum\u2019 falls." in second
    assert "href" not in second  # its chapter is not in the book
    sentence = re.search(r'.<a[^>]*claim-it-rises"', book.html("chapter"))
    assert sentence
    assert sentence[0].startswith("\N{NO-BREAK SPACE}")  # the mark stays with its last word
    assert 'href="claims.html#claim-it-rises"' in sentence[0]
    marks = re.findall(r'<a class="claim-mark"[^>]*>.</a>', book.html("chapter"))
    signs = {re.search(r"#claim-([\w-]+)", mark)[1]: mark[-5] for mark in marks}
    assert signs == {"it-rises": "✓", "it-stays": "≡"}
    assert "This sentence holds by construction: it-stays" in "".join(marks)


def test_a_table_without_claims_stops_the_build(book):
    book.page("claims", TABLE.replace("{claims-table} 2", "{claims-table} 7"))
    book.contents(["claims"])
    built = book.build()
    assert built.returncode == 1
    assert "no claim belongs to 7" in built.stderr
