"""A number to type: what the chart can take it shows and says; what it cannot, it says so."""

import json
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import at_rest, live_chart

pytestmark = pytest.mark.slow


@pytest.fixture
def page(small_site, tabs):
    found = tabs.open(small_site.url("book/charts.html"))
    live_chart(found, "fig-typed")
    return found


def words(page):
    return page.locator("#fig-typed-chart .chart-live .mark-text.spoken_marks text")


def kept(page):
    """Read which number a copied link holds."""
    page.locator("#fig-typed-chart").get_by_role("button", name="Copy link").click()
    page.wait_for_function("location.hash.includes('view')")
    return json.loads(unquote(page.evaluate("location.hash")).split("?view=")[1])[0]


def box_of(page):
    return page.locator("#fig-typed-chart").get_by_role("spinbutton", name="A number")


def test_a_typed_number_is_drawn_and_read_out(page):
    box_of(page).fill("7")
    expect(words(page)).to_have_text("squared: 49")
    expect(page.locator("main > [role=status]")).to_have_text("squared: 49")


def test_it_goes_up_and_down_by_keys(page):
    box_of(page).focus()
    page.keyboard.press("ArrowUp")
    expect(words(page)).to_have_text("squared: 169")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(words(page)).to_have_text("squared: 121")


def test_a_number_out_of_range_is_refused_aloud_and_the_last_good_one_stays(page):
    box = box_of(page)
    box.fill("")
    box.press_sequentially("456")  # 4 and 45 will do, 456 will not
    expect(words(page)).to_have_text("squared: 2025")
    expect(box).to_have_value("456")
    said = "Not a whole number from 0 to 99; the chart still shows 45."
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(said)
    expect(page.locator("#fig-typed-chart .control-fault")).to_be_visible()
    expect(page.locator("main > [role=status]")).to_have_text(said)
    assert kept(page) == {"typed": 45}
    box.fill("46")
    expect(words(page)).to_have_text("squared: 2116")
    expect(box).to_have_attribute("aria-invalid", "false")
    expect(page.locator("#fig-typed-chart .control-fault")).to_be_hidden()


@pytest.mark.parametrize("text", ["456", ""])
def test_another_theme_keeps_what_the_chart_shows(page, text):
    box_of(page).fill("45")
    box_of(page).fill(text)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    at_rest(page)
    expect(words(page)).to_have_text("squared: 2025")


def test_a_box_left_empty_shows_the_chart_s_number_again(page):
    box = box_of(page)
    box.fill("")
    box.blur()
    expect(box).to_have_value("12")
    expect(words(page)).to_have_text("squared: 144")
