"""What every page is made of; what a build refuses is in `test_book.py`."""

import re

import pytest
from tests.conftest import ROOT

from bookkit.site.pages import POLICY


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
