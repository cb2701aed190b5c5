"""A public site: addresses, summaries, pictures, lost and moved pages, citations, notices."""

import re
import struct
from xml.etree import ElementTree

import pytest
import yaml
from tests.conftest import ROOT, Book, build_whole, copy_book

from bookkit.site.build import pack

ADDRESS = "https://example.org/some/path"
CHART = """
```{code-cell} ipython3
:tags: [hide-input]
import altair as alt
import pandas as pd
import bigcurves.plotting
t = pd.DataFrame({'x': [1, 2], 'y': [3, 4]})
alt.Chart(t, description='A rise.').mark_line().encode(x='x:Q', y='y:Q')
```
"""
LONG = "Why does a curve that passes through every point say so little about the places between? "


def build(book, **settings):
    book.page("start", f"# Start\n\n{LONG * 3}\n", cells=False)
    book.page("part/chart", f"# A <em>rise</em>\n\nIt *rises* at {{math}}`x`.\n{CHART}")
    book.contents(["start", "part/chart"])
    path = book.root / "_config.yml"
    config = yaml.safe_load(path.read_text("utf-8"))
    config["html"]["baseurl"] = settings.pop("address", "")
    config["sphinx"]["config"].update(settings)
    path.write_text(yaml.safe_dump(config), "utf-8")
    return book.build()


@pytest.fixture(scope="session")
def site(once):
    """Build a book that stands at an address, once for all workers: only to be read."""
    report = "https://example.org/new?page={page}"
    moved = {"book/old/place": "/book/part/chart.html"}

    def make(root):
        book = copy_book(root)
        built = build(book, address=ADDRESS, bookkit_report=report, redirects=moved)
        assert built.returncode == 0, built.stderr
        # Once more, with one of the two pages edited: the other is not written anew.
        book.page("start", f"# Start\n\n{LONG * 3}\n\nEdited.\n", cells=False)
        build_whole(book)

    return Book(once("published", make))


def tags(html):
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html))


def test_a_page_names_its_address_and_itself_for_those_who_share_it(site):
    html = site.html("part/chart")
    assert f'<link rel="canonical" href="{ADDRESS}/book/part/chart.html">' in html
    found = tags(html)
    assert found["description"] == found["og:description"] == "It rises at x."
    assert found["og:url"] == f"{ADDRESS}/book/part/chart.html"
    assert found["og:title"].startswith("A ")


def test_no_browser_is_asked_to_fetch_the_next_page_which_the_policy_refuses(site):
    html = site.html("start")
    assert 'rel="next" href="part/chart.html"' in html
    assert not re.search(r'<link[^>]+rel="(?:next|prev|prefetch)"', html)


def test_hidden_code_is_named_as_it_is_shown(site):
    html = site.html("part/chart")
    assert re.search(r"<summary>\s*<p[^>]*>Show code cell source</p>", html)


def test_a_long_opening_is_cut_between_words(site):
    words = tags(site.html("start"))["description"]
    assert words.endswith(" …")
    assert len(words) <= 163
    assert (LONG * 3).startswith(words.removesuffix(" …"))


def jpeg_size(data):
    """Read height and width from a JPEG's frame header (ITU T.81, B.2.2)."""
    assert data[:2] == b"\xff\xd8"
    at = 2
    while data[at + 1] not in (0xC0, 0xC1, 0xC2):
        assert data[at] == 0xFF
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return struct.unpack(">HH", data[at + 5 : at + 9])


def test_the_picture_is_the_pages_own_chart_on_white(site):
    html = site.root / "_build" / "html"
    for page in ("part/chart", "start"):  # a page without a chart takes the book's first
        address = tags(site.html(page))["og:image"]
        data = (html / address.removeprefix(f"{ADDRESS}/")).read_bytes()
        height, width = jpeg_size(data)
        assert 1190 <= width <= 1210
        assert height > 200


def test_the_map_lists_every_page_even_those_that_were_not_written_anew(site):
    assert "Edited." in site.html("start")
    tree = ElementTree.parse(site.root / "_build" / "html" / "sitemap.xml")
    found = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert found == [f"{ADDRESS}/book/part/chart.html", f"{ADDRESS}/book/start.html"]


def test_a_lost_reader_finds_the_book_again_at_any_depth(site):
    html = site.root / "_build" / "html"
    page = (html / "404.html").read_text("utf-8")
    assert "This page is not here" in page
    assert "canonical" not in page
    links = re.findall(r'(?:href|src|action)="([^"#]+)"', page)
    assert len(links) > 5
    for link in links:
        assert link.startswith("/some/path/"), link
        assert (html / link.removeprefix("/some/path/")).is_file(), link


def test_a_page_that_moved_leads_to_its_new_place(site):
    old = site.html("old/place")
    assert 'content="0; url=../../book/part/chart.html"' in old
    assert "<script" not in old


def test_each_page_can_be_cited_and_reported(site):
    html = site.html("part/chart")
    assert "Cite this page" in html
    assert "The Big Curves authors (2026). A " in html
    assert "@incollection{bigcurves:part-chart," in html
    assert f"url = {{{ADDRESS}/book/part/chart.html}}" in html
    assert 'href="https://example.org/new?page=book/part/chart"' in html


def test_the_licences_of_what_the_pages_carry_come_with_them(site):
    notices = (site.root / "_build" / "html" / "_static" / "notices.txt").read_text("utf-8")
    for name in (
        "vega-view ",
        "vega-interpreter ",
        "katex ",
        "@fontsource-variable/source-serif-4 ",
        "d3-",
    ):
        assert f"\n{name}" in f"\n{notices}", name
    assert "esbuild" not in notices, "it makes the pages and is not in them"
    assert "_static/notices.txt" in site.html("start")


def test_without_an_address_a_page_claims_none(book):
    built = build(book)
    assert built.returncode == 0, built.stderr
    html = book.html("part/chart")
    assert "canonical" not in html
    assert "og:image" not in html
    assert "Report an error" not in html
    assert tags(html)["description"] == "It rises at x."
    assert not (book.root / "_build" / "html" / "sitemap.xml").exists()


def test_an_address_that_is_none_is_refused(book):
    built = build(book, address="example.org/book")
    assert built.returncode != 0
    assert (
        "html.baseurl must be a whole address, https://..., got 'example.org/book'" in built.stderr
    )


def test_what_is_packed_is_the_site_without_what_a_build_needs(tmp_path):
    site = tmp_path / "html"
    (site / "_static").mkdir(parents=True)
    (site / "a.html").write_text("twelve bytes")
    (site / ".buildinfo").write_text("x")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "stale.html").write_text("x")
    assert pack(site, tmp_path / "site") == 12
    names = {path.name for path in (tmp_path / "site").iterdir()}
    assert names == {"_static", "a.html", ".nojekyll"}


def test_the_citation_file_says_what_the_package_says():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'version = "{citation["version"]}"' in project
    assert citation["cff-version"] == "1.2.0"
    assert {"title", "message", "authors", "license"} <= citation.keys()
