"""The page's own buttons work under its policy: theme, copy, contents, search, print."""

import re

import pytest
from playwright.sync_api import expect
from tests.patience import eventually

pytestmark = pytest.mark.slow


def test_the_theme_is_kept_from_page_to_page(small_site, tabs):
    page = tabs.open(small_site.url("book/start.html"))
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Dark theme").click()
    expect(root).to_have_attribute("data-theme", "dark")
    page.goto(small_site.url("book/charts.html"))
    expect(root).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")


def test_code_can_be_copied(small_site, tabs):
    page = tabs.open(permissions=["clipboard-read", "clipboard-write"])
    page.goto(small_site.url("book/start.html"))
    block = page.locator("div.highlight", has_text="places = np.linspace")
    block.hover()
    block.get_by_role("button", name="Copy this code").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "places = np.linspace(0, 1, 5)\nprint(places)  # in turns\n"


def test_the_contents_open_on_a_phone_and_close_with_escape(small_site, tabs):
    page = tabs.open(small_site.url("book/start.html"), width=390)
    button = page.get_by_role("button", name="Contents")
    link = page.locator("#contents").get_by_text("One of every chart")
    expect(link).not_to_be_visible()
    button.click()
    expect(link).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(link).not_to_be_visible()
    expect(button).to_be_focused()


def test_the_search_finds_a_page(small_site, tabs):
    page = tabs.open(small_site.url("book/charts.html"))
    page.get_by_role("searchbox").fill("manifold")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results a").first).to_have_text("Same points, different curves")
    page.locator("#search-results a").first.click()
    expect(page.locator("h1")).to_contain_text("Same points")


@pytest.mark.parametrize("words", ["manifold", "hashtable", "samples the", "no such word"])
def test_the_search_shows_where_the_words_stand_and_raises_nothing(site, tabs, words):
    page = tabs.open()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))  # rejections are among them
    page.goto(site.url(f"search.html?q={words}"))
    expect(page.locator("#search-results h2")).to_have_text("Search Results")
    summary = page.locator("#search-results .search-summary")
    expect(summary).to_contain_text(re.compile("finished|did not match"))
    found = page.locator("#search-results ul.search > li")
    # A page shows an excerpt; a function of the code says what it is instead.
    expect(found.locator("p.context, > span")).to_have_count(found.count())
    assert all(text.strip() for text in page.locator("p.context").all_inner_texts())
    if words == "manifold":
        assert any(words in text for text in page.locator("p.context").all_inner_texts())
    assert faults == []


def test_there_is_one_search_box_on_every_page(small_site, tabs):
    for name in small_site.pages():
        page = tabs.open(small_site.url(name))
        assert page.get_by_role("searchbox").count() == 1, name
        tabs.close_last()


def test_print_is_asked_for(small_site, tabs):
    page = tabs.open()
    page.add_init_script("window.print = () => document.body.dataset.printed = 'yes'")
    page.goto(small_site.url("book/start.html"))
    page.get_by_role("button", name="Print").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")


def test_full_screen_opens(small_site, tabs):
    page = tabs.open(small_site.url("book/start.html"))
    page.get_by_role("button", name="Full screen").click()
    assert eventually(lambda: page.evaluate("document.fullscreenElement !== null"))


def test_solutions_unfold_without_javascript(small_site, tabs):
    page = tabs.open(small_site.url("book/start.html"), java_script_enabled=False)
    page.get_by_text("Solution").click()
    expect(page.get_by_text("It falls by a power of")).to_be_visible()


def test_reduced_motion_stops_the_drawer(small_site, tabs):
    page = tabs.open(small_site.url("book/start.html"), width=390, reduced_motion="reduce")
    duration = "getComputedStyle(document.getElementById('contents')).transitionDuration"
    assert page.evaluate(duration) == "0s"
