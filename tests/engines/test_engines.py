"""Firefox and WebKit: a visit to a page finds nothing that Chromium's tests would not allow."""

import pytest
from tests.engines.conftest import FIXED, MORE, pages_to_visit
from tests.engines.visits import visit

# What one engine does with a page through no fault of the book: engine, words, and why.
ALLOWED: dict[tuple[str, str], str] = {}
FAULTS = (  # what `faulty.html` and its script do wrong
    "at 1280",
    "at 390",
    "axe, label:",
    "axe, label-content-name-mismatch",
    "console.warn: a warning",
    "rejected: Error: a promise",
    "raised: ",
    "against the policy, script-src",
    "https://example.org/",
    "404 /some/path/gone.png",
    "not loaded: <img",
)
PAGES = [*FIXED, *(f"book/part/{name}.html" for name in "abcdef"), "search.html"]


@pytest.mark.slow
@pytest.mark.usefixtures("keep_what_failed")
def test_a_visit_finds_no_fault(engine, watched, page, request):
    name = request.node.callspec.params["started"]
    watched.missing.clear()
    faults = list(visit(engine, f"{watched.address}{page}", f"{watched.address}phone.html?{page}"))
    faults += watched.missing
    faults = [f for f in faults if not any(f.startswith(w) and e == name for e, w in ALLOWED)]
    assert not faults, "\n".join(dict.fromkeys(faults))


@pytest.mark.slow
def test_a_visit_names_each_fault_of_a_page(engine, watched):
    watched.missing.clear()
    page = f"{watched.address}faulty.html"
    faults = [*visit(engine, page, f"{watched.address}phone.html?faulty.html"), *watched.missing]
    for words in FAULTS:
        assert any(words in fault for fault in faults), (words, faults)


@pytest.mark.slow
def test_after_a_crash_the_next_test_has_an_engine(started, watched):
    page = f"{watched.address}book/intro.html"
    started.now.close()
    assert not started.now.alive()
    engine = started.awake()
    engine.open(page)
    assert engine.run("return document.title")
    assert started.awake() is engine


def test_a_change_is_visited_where_it_touched():
    changed = ["book/part/b.md", "README.md", "book/part/gone.md"]
    assert set(pages_to_visit(PAGES, "touched", changed, "1")) == {*FIXED, "book/part/b.html"}


@pytest.mark.parametrize("changed", ["code/web/theme.js", "code/bookkit/site/pages.py", "uv.lock"])
def test_what_all_pages_share_asks_a_few_more_pages_others_each_time(changed):
    chosen = {
        commit: set(pages_to_visit(PAGES, "touched", [changed], commit)) for commit in "0123456789"
    }
    assert all(len(pages) == len(FIXED) + MORE for pages in chosen.values())
    assert all(pages > set(FIXED) for pages in chosen.values())
    assert len({frozenset(pages) for pages in chosen.values()}) > 1


def test_all_are_all():
    assert pages_to_visit(PAGES, "all", [], "") == PAGES
