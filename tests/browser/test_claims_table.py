"""The claims page answers a reader's questions: find, sort, copy, without a mouse as well."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(small_site, tabs) -> Page:
    opened = tabs.open(permissions=["clipboard-read", "clipboard-write"])
    opened.goto(small_site.url("book/claims-table.html"))
    opened.locator("html[data-reader=ready]").wait_for()
    return opened


def sentences(page):
    found = page.locator("[data-claims-table] tbody tr:visible th")
    return [text.partition(".")[0] for text in found.all_text_contents()]


def test_words_a_chapter_and_a_verdict_narrow_the_list(page):
    page.locator("#claims-table-words").fill("rises")
    assert sentences(page) == ["It rises"]
    expect(page.get_by_text("1 of 3 claims shown").first).to_be_visible()
    page.locator("#claims-table-words").fill("")
    page.locator("#claims-table-chapter").select_option(index=1)
    assert len(sentences(page)) == 1
    page.locator("#claims-table-chapter").select_option("")
    page.locator("#claims-table-result").select_option("FALLS")
    assert sentences(page) == ["It stays"]


def test_a_heading_sorts_its_column_both_ways_by_keyboard(page):
    heading = page.locator("[data-claims-table='1'] th button", has_text="Figure")
    heading.focus()
    page.keyboard.press("Enter")
    assert sentences(page)[:2] == ["It rises", "It falls"]  # 0.9 before 10.5: as numbers
    page.keyboard.press("Enter")
    assert sentences(page)[:2] == ["It falls", "It rises"]
    expect(page.locator("[data-claims-table='1'] [aria-sort=descending]")).to_have_count(1)


def test_the_command_of_a_row_is_copied(page):
    page.get_by_label("Copy the command python -m bigcurves claims rises").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "python -m bigcurves claims rises --seeds 0:20"


def test_without_a_script_the_tables_are_whole(small_site, tabs):
    page = tabs.open(small_site.url("book/claims-table.html"), java_script_enabled=False)
    assert sentences(page) == ["It falls", "It rises", "It stays"]
