"""Strict pages: what a build refuses, and what every page is made of."""

import re

import pytest
from tests.conftest import ROOT

from bookkit.pages import POLICY

CELL = "\n```{code-cell} ipython3\n"
HEAD = "import altair as alt\nimport pandas as pd\nimport bigcurves.charts\n"
TABLE = "t = pd.DataFrame({'x': [1, 2], 'y': [3, 4]})\n"
LINE = "alt.Chart(t, description='A rise.').mark_line().encode(x='x:Q', y='y:Q')"
DRAG = ".properties(usermeta={'drag': [{'x': 'gone'}]})\n"


def chart_page(title, code):
    return f"# {title}\n{CELL}{HEAD}{TABLE}```\n{CELL}{code}\n```\n"


FAULTS = {
    "silent": (
        chart_page("Silent", LINE.replace("description='A rise.'", "")),
        "cell 2: the chart has no description",
    ),
    "named": (
        chart_page(
            "Named",
            f"p = alt.param(name='width', value=1, bind=alt.binding_range(min=0, max=2))\n"
            f"{LINE}.add_params(p)",
        ),
        "cell 2: the chart cannot be shown: a parameter may not be named 'width'",
    ),
    "unpaired": (chart_page("Unpaired", LINE + DRAG), "cell 2: the chart cannot be shown: a drag"),
    "crowded": (
        chart_page("Crowded", "alt.Chart(pd.DataFrame({'x': range(100_000)})).mark_point()"),
        "cell 2: ValueError: a chart may draw at most 20000 rows, got 100000: aggregate or thin",
    ),
    "odd": (
        chart_page("Odd", "alt.Chart(t, mark='squiggle', description='No.').encode(x='x:Q')"),
        "squiggle",
    ),
    "formula": ("# Formula\n\nHere $\\frac{1$ fails.\n", "the formula '\\\\frac{1' cannot be set"),
    "script": (
        "# Script\n\n```{raw} html\n<script>alert(1)</script>\n```\n",
        "an inline script would be refused",
    ),
    "foreign": (
        '# Foreign\n\n```{raw} html\n<img src="https://example.org/a.png" alt="">\n```\n',
        "a page may load nothing from another host",
    ),
}


def test_every_fault_of_a_page_is_named_again_and_again(book):
    for name, (text, _) in FAULTS.items():
        book.page(name, text, cells="code-cell" in text)
    book.page("fine", "# Fine\n", cells=False)
    book.contents(["fine", *FAULTS])
    for attempt in ("first", "second"):
        built = book.build()
        assert built.returncode == 1, attempt
        for name, (_, message) in FAULTS.items():
            lines = [line for line in built.stderr.splitlines() if f"book/{name}" in line]
            assert any(message in line for line in lines), (attempt, name, built.stderr)


def test_the_policy_allows_the_books_own_scripts_and_no_others():
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert "http" not in POLICY


def test_blocks_formulas_and_notes_are_plain_elements(book):
    note = ":::{margin} Units\nIn turns.\n:::\n"
    folded = ":::{admonition} Solution\n:class: dropdown\nIt falls.\n:::\n"
    formula = "```{math}\n:label: eq-one\nx^2\n```\n\nSee {eq}`eq-one`.\n"
    book.page("blocks", f"# Blocks\n\n{note}\n{folded}\n{formula}", cells=False)
    book.contents(["blocks"])
    built = book.build()
    assert built.returncode == 0, built.stderr
    html = book.html("blocks")
    assert '<aside class="margin-note"' in html
    assert re.search(r"<details[^>]*>\s*<summary[^>]*>Solution</summary>", html)
    assert '<span class="katex-mathml">' in html
    assert re.search(r"eqno.>\(1\)", html)
    assert 'href="#equation-eq-one"' in html


@pytest.mark.slow
def test_two_clean_builds_with_charts_are_the_same_to_the_byte(book):
    for page in (ROOT / "tests" / "fixtures" / "book").glob("*.md"):
        (book.root / "book" / page.name).write_text(page.read_text("utf-8"), "utf-8")
    book.contents(["start", "charts", "live"])
    sites = []
    for _ in range(2):
        assert book.build().returncode == 0
        html = book.root / "_build" / "html"
        sites.append({p.relative_to(html): p.read_bytes() for p in html.rglob("*") if p.is_file()})
        book.clean()
    assert sites[0].keys() == sites[1].keys()
    assert [path for path in sites[0] if sites[0][path] != sites[1][path]] == []
