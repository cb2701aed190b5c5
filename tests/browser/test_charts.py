"""Charts in the browser: live, linked, tabled, dragged, themed, and honest when they fail."""

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import at_rest, live_chart, scroll_through
from tests.patience import eventually

pytestmark = pytest.mark.slow

CHARTS = "book/charts.html"


def drawn(page, name):
    """Read the shapes and opacities of a chart's lines: what a reader sees change."""
    return page.eval_on_selector_all(
        f"#{name}-chart .mark-line path",
        "all => all.map(e => e.getAttribute('d') + e.getAttribute('opacity'))",
    )


@pytest.fixture
def charts(small_site, tabs):
    return tabs.open(small_site.url(CHARTS))


def test_a_slider_moved_by_keyboard_redraws(small_site, tabs):
    page = tabs.open(small_site.url("book/start.html"))
    live_chart(page, "fig-curve")
    before = drawn(page, "fig-curve")
    slider = page.get_by_role("slider", name="Width, turns")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#fig-curve-chart output")).to_have_text("0.25")
    assert eventually(lambda: drawn(page, "fig-curve") != before)


def test_only_the_pictures_of_this_theme_and_width_are_fetched(small_site, tabs):
    page = tabs.open(theme="dark", width=390)
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[1]))
    page.goto(small_site.url(CHARTS))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    pictures = {name for name in fetched if name.endswith(".svg") and name != "icon.svg"}
    assert pictures == {"narrow-dark.svg"}


def test_the_engine_is_fetched_once_and_only_when_a_chart_is_near(small_site, tabs):
    page = tabs.open()
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(small_site.url("search.html"))
    at_rest(page)
    assert not any("runtime.js" in url for url in fetched)
    page.goto(small_site.url(CHARTS))
    live_chart(page, "fig-legend")
    live_chart(page, "fig-ramp")
    assert sum("runtime.js" in url for url in fetched) == 1


def test_a_mark_tells_its_row_at_the_pointer(charts):
    live_chart(charts, "fig-legend")
    label = charts.locator(".chart-tooltip")
    charts.locator("#fig-legend-chart .mark-symbol path").first.hover()
    expect(label).to_contain_text("error: ")
    charts.locator("h1").hover()
    expect(label).to_be_hidden()


def test_the_theme_switch_keeps_state_and_focus(small_site, tabs):
    page = tabs.open(small_site.url("book/start.html"))
    live_chart(page, "fig-curve")
    slider = page.get_by_role("slider", name="Width, turns")
    before = drawn(page, "fig-curve")
    slider.fill("0.4")
    assert eventually(lambda: drawn(page, "fig-curve") != before)
    wide = drawn(page, "fig-curve")
    stroke = "document.querySelector('#fig-curve-chart .mark-line path').getAttribute('stroke')"
    light = page.evaluate(stroke)
    slider.focus()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert eventually(lambda: page.evaluate(stroke) != light)
    assert eventually(lambda: drawn(page, "fig-curve") == wide)
    expect(slider).to_have_value("0.4")
    expect(slider).to_be_focused()


def test_a_link_restores_the_view(small_site, tabs, charts):
    live_chart(charts, "fig-choices")
    charts.get_by_role("combobox", name="Latents").select_option(label="three")
    charts.get_by_role("radio", name="2").check()
    charts.get_by_role("checkbox").uncheck()
    charts.locator("#fig-choices-chart").get_by_text("Copy link to this view").click()
    expect(charts.locator("#fig-choices-chart .chart-note")).to_contain_text(
        "link", ignore_case=True
    )
    address = charts.url
    assert "#fig-choices?view=" in address
    again = tabs.open(address)
    again.locator("#fig-choices-chart[data-state=live]").wait_for()
    expect(again.get_by_role("combobox", name="Latents")).to_have_value('"3 latents"')
    expect(again.get_by_role("radio", name="2")).to_be_checked()
    expect(again.get_by_role("checkbox")).not_to_be_checked()
    assert eventually(lambda: drawn(again, "fig-choices") == drawn(charts, "fig-choices"))
    assert again.evaluate("scrollY") > 500


def test_a_link_restores_a_legend_choice(small_site, tabs, charts):
    live_chart(charts, "fig-legend")
    charts.locator("#fig-legend-chart").get_by_role("button", name="2 latents").click()
    charts.locator("#fig-legend-chart").get_by_text("Copy link to this view").click()
    again = tabs.open(charts.url)
    again.locator("#fig-legend-chart[data-state=live]").wait_for()
    button = again.locator("#fig-legend-chart").get_by_role("button", name="2 latents")
    expect(button).to_have_attribute("aria-pressed", "true")


BAD = {
    "no JSON": "x",
    "not a state": "[1]",
    "unknown parameter": json.dumps([{"gone": 1}, {}]),
    "out of range": json.dumps([{"spread": 9}, {}]),
    "between two steps": json.dumps([{"spread": 0.2123}, {}]),
    "bad pick": json.dumps([{}, {"pick": 3}]),
    "prototype": json.dumps([{"__proto__": {"a": 1}}, {}]),
}


@pytest.mark.parametrize("state", BAD.values(), ids=BAD)
def test_a_bad_link_is_a_note_and_no_error(small_site, tabs, state):
    page = tabs.open()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.goto(f"{small_site.url('book/start.html')}#fig-curve?view={quote(state)}")
    live_chart(page, "fig-curve")
    at_rest(page)
    expect(page.get_by_role("slider", name="Width, turns")).to_have_value("0.2")
    assert errors == []
    if state != BAD["prototype"]:
        expect(page.locator("#fig-curve-chart .chart-note")).to_contain_text("link")


def test_the_legend_has_buttons_that_do_the_same(charts):
    live_chart(charts, "fig-legend")
    before = drawn(charts, "fig-legend")
    button = charts.locator("#fig-legend-chart").get_by_role("button", name="1 latents")
    button.focus()
    charts.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert eventually(lambda: drawn(charts, "fig-legend") != before)
    by_button = drawn(charts, "fig-legend")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    charts.locator("#fig-legend-chart .role-legend-symbol path").first.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert eventually(lambda: drawn(charts, "fig-legend") == by_button)


def test_a_brush_has_sliders_that_do_the_same(charts):
    live_chart(charts, "fig-brush")
    query = "#fig-brush-chart .mark-rect path"
    bars = "all => all.map(e => e.getAttribute('d')).join()"
    before = charts.eval_on_selector_all(query, bars)
    charts.get_by_label("Samples n, to").fill("40")
    expect(charts.locator("#fig-brush-chart output")).not_to_have_text("all")
    assert eventually(lambda: charts.eval_on_selector_all(query, bars) != before)


@pytest.mark.parametrize("touch", [False, True])
def test_a_point_is_dragged_and_its_sliders_follow(small_site, tabs, touch):
    page = tabs.open(small_site.url(CHARTS), has_touch=touch)
    live_chart(page, "fig-drag")
    page.locator("#fig-drag-chart .chart-live").scroll_into_view_if_needed()
    handle = page.locator("#fig-drag-chart .mark-symbol path").bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    if touch:
        _touch_drag(page, x, y, 80)
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 80, y - 30, steps=4)
        page.mouse.up()
    moved = float(page.get_by_role("slider", name="Place, turns").input_value())
    # 80 px of a plot 530 px wide that spans one turn; the slider steps by 0.01
    assert moved == pytest.approx(0.5 + 80 / 530, abs=0.011)
    point = page.locator("#fig-drag-chart .mark-symbol path")
    assert eventually(lambda: point.bounding_box()["x"] - handle["x"] == pytest.approx(80, abs=4))


def _touch_drag(page, x, y, by):
    session = page.context.new_cdp_session(page)
    for kind, step in (
        ("touchStart", 0),
        ("touchMove", by / 2),
        ("touchMove", by),
        ("touchEnd", None),
    ):
        points = [] if step is None else [{"x": x + step, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_the_nearest_point_is_named(charts):
    live_chart(charts, "fig-nearest")
    box = charts.locator("#fig-nearest-chart .chart-live svg").bounding_box()
    charts.mouse.move(box["x"] + 300, box["y"] + 150)
    expect(charts.locator("#fig-nearest-chart .mark-text.role-mark text").first).to_have_text(
        re.compile("latents")
    )


def test_the_table_is_the_drawn_data(charts):
    live_chart(charts, "fig-ramp")
    charts.locator("#fig-ramp-chart summary").click()
    rows = charts.locator("#fig-ramp-chart .chart-tables tbody tr")
    expect(rows).to_have_count(200)  # 256 rows, paged
    assert rows.first.inner_text().split("\t") == ["0", "0", "0"]
    charts.get_by_role("button", name="Next rows").click()
    expect(rows).to_have_count(56)
    charts.locator("#fig-ramp-chart").get_by_role("button", name="Value").click()
    first = [float(v.replace("\u2212", "-")) for v in rows.first.inner_text().split("\t")]
    assert charts.locator("#fig-ramp-chart .chart-live .mark-rect.role-mark > path").count() == 256
    # sin(i / 3) cos(j / 4) is least at i = 14 and j = 0: -0.99895
    assert first[2] == pytest.approx(-0.99895, abs=1e-5)


def test_a_filtered_chart_shows_the_rows_it_draws(charts):
    live_chart(charts, "fig-choices")
    charts.locator("#fig-choices-chart summary").click()
    rows = charts.locator("#fig-choices-chart .chart-tables tbody tr")
    expect(rows.first).to_be_visible()
    assert rows.count() == 24  # eight sizes, three seeds, one world
    before = rows.all_inner_texts()
    charts.get_by_role("combobox", name="Latents").select_option(label="three")
    expect(rows.first).not_to_have_text(before[0].replace("\t", ""))
    assert rows.all_inner_texts() != before


def test_the_table_can_be_kept(charts):
    live_chart(charts, "fig-drag")
    charts.locator("#fig-drag-chart summary").click()
    with charts.expect_download() as kept:
        charts.locator("#fig-drag-chart").get_by_text("Download these rows").first.click()
    text = kept.value.path().read_text("utf-8")
    assert text.splitlines()[0] == '"Place, turns",Height'
    assert len(text.splitlines()) == 62


def test_a_chart_that_cannot_load_says_so_and_tries_again(small_site, tabs):
    page = tabs.open()
    page.route("**/runtime.js*", lambda route: route.abort())
    page.goto(small_site.url("book/start.html"))
    page.locator("#fig-curve-chart").scroll_into_view_if_needed()
    note = page.locator("#fig-curve-chart .chart-note")
    expect(note).to_contain_text("did not load")
    expect(page.locator("#fig-curve-chart .chart-picture img:visible")).to_have_count(1)
    page.unroute("**/runtime.js*")
    # Not by the mouse: a chart begins by itself when a pointer comes near, and the button is gone.
    note.get_by_role("button", name="Try again").dispatch_event("click")
    page.locator("#fig-curve-chart[data-state=live]").wait_for()
    expect(note).to_have_text("")


def test_changes_are_announced_politely(charts):
    live_chart(charts, "fig-choices")
    charts.get_by_role("radio", name="1").check()
    expect(charts.locator("main > [role=status]")).to_have_text("Showing 2 latents, seed 1")


def test_a_chart_without_a_sentence_reads_out_the_words_that_it_writes_anew(charts):
    live_chart(charts, "fig-drag")
    charts.get_by_role("slider", name="Place, turns").press("ArrowRight")
    expect(charts.locator("main > [role=status]")).to_have_text("Top at 0.51")


def test_a_wide_table_scrolls_in_its_own_box(charts):
    live_chart(charts, "fig-drag")
    charts.locator("#fig-drag-chart summary").click()
    table = charts.locator("#fig-drag-chart .table-scroll table").first
    table.evaluate("table => table.style.minWidth = '2000px'")
    column = charts.locator("#fig-drag-chart").bounding_box()["width"]
    assert charts.locator("#fig-drag-chart .chart-data").bounding_box()["width"] <= column + 1


def test_a_plain_file_keeps_its_pictures_and_says_how_to_serve(small_site, tabs):
    page = tabs.open((small_site.root / CHARTS).as_uri())
    expect(page.locator("#fig-legend-chart .chart-note")).to_contain_text("http.server")
    picture = page.locator("#fig-legend-chart .chart-picture img:visible")
    picture.scroll_into_view_if_needed()
    assert eventually(lambda: picture.evaluate("e => e.complete && e.naturalWidth > 100"))


def test_forced_colours_keep_the_controls_visible(small_site, tabs):
    page = tabs.open(small_site.url(CHARTS), forced_colors="active")
    live_chart(page, "fig-drag")
    expect(page.get_by_role("slider", name="Place, turns")).to_be_visible()
    assert page.locator("#fig-drag-chart .mark-line path").first.get_attribute("stroke")


def test_a_chart_in_a_narrow_column_is_the_narrow_one(small_site, tabs):
    page = tabs.open(small_site.url(CHARTS), width=390)
    live_chart(page, "fig-legend")
    svg = page.locator("#fig-legend-chart .chart-live > svg").bounding_box()
    assert 250 <= svg["width"] <= 360
    page.set_viewport_size({"width": 1280, "height": 800})
    wide = page.locator("#fig-legend-chart .chart-live > svg")
    assert eventually(lambda: (wide.bounding_box() or {"width": 0})["width"] > 500)


SIZES = """() => [...document.querySelectorAll('.chart, .chart-live > svg')].map(e => {
    const { width, height } = e.getBoundingClientRect();
    return [width, height].map(Math.round) })"""


def test_a_page_that_is_resized_is_drawn_as_one_that_is_opened_at_that_width(small_site, tabs):
    resized = tabs.open(small_site.url(CHARTS), width=1280)
    scroll_through(resized)
    for width in (430, 320, 768):  # to the narrow layout, narrower still, and back to the wide one
        resized.set_viewport_size({"width": width, "height": 800})
        at_rest(resized)
        opened = tabs.open(small_site.url(CHARTS), width=width)
        scroll_through(opened)
        at_rest(opened)
        assert resized.evaluate(SIZES) == opened.evaluate(SIZES), width
        tabs.close_last()
