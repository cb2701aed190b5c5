"""What holds for every page: it keeps to itself, obeys its policy and serves every reader.

A page is visited four times: at a desk, opened light; on a phone, opened dark; and without
JavaScript in either theme. A visit makes all checks that its width allows, and switches the theme
or changes the width in place: a page that is resized is drawn as one that is opened at that width
(`test_charts.py` sees to it). All faults of a page are listed together.
"""

from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.conftest import (
    at_rest,
    every_page,
    listed_pages,
    scroll_through,
    small_pages,
)

DESK, TABLET, PHONE = 1280, 768, 390
PHONES = (430, 360, 320)  # 320 is 1280 at 400 % zoom
# What a theme can change of what axe looks at; the other rules are asked once at each width.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
EVERY_RULE = {"resultTypes": ["violations"]}


class Faults(list):
    """What is wrong with a page, each with the check that found it."""

    @contextmanager
    def of(self, check):
        """Note what an assertion says, and go on with the next check."""
        try:
            yield
        except AssertionError as fault:
            self.append(f"{check}: {fault}")


@every_page
def test_a_page_keeps_to_itself_and_serves_every_reader(visited, tabs):
    site, name = visited
    faults = Faults()
    with faults.of("policy"):
        carries_the_policy((site.root / name).read_text("utf-8"))
    at_a_desk(site, name, tabs, faults)
    on_a_phone(site, name, tabs, faults)
    for theme in ("light", "dark"):
        without_javascript(site, name, tabs, faults, theme)
    assert not faults, "\n".join([f"{name}:", *faults])


def at_a_desk(site, name, tabs, faults):
    page = open_and_walk(site, name, tabs, faults, width=DESK, theme="light")
    fits(page, DESK, faults)
    ask_axe(page, f"{DESK} px, light", EVERY_RULE, faults)
    with faults.of("keyboard"):
        the_keyboard_reaches_every_control(page)
    switch_theme(page)
    ask_axe(page, f"{DESK} px, dark", COLOURS, faults)
    with faults.of("print"):
        charts_are_in_the_print(page)
    resize(page, TABLET)
    fits(page, TABLET, faults)
    tabs.close_last()


def on_a_phone(site, name, tabs, faults):
    page = open_and_walk(site, name, tabs, faults, width=PHONE, theme="dark")
    fits(page, PHONE, faults)
    ask_axe(page, f"{PHONE} px, dark", EVERY_RULE, faults)
    with faults.of("fingers"):
        targets_are_large_enough_for_a_finger(page)
    switch_theme(page)
    ask_axe(page, f"{PHONE} px, light", COLOURS, faults)
    for width in PHONES:
        resize(page, width)
        fits(page, width, faults)
    tabs.close_last()


def without_javascript(site, name, tabs, faults, theme):
    how = f"without JavaScript, {theme}"
    page = tabs.open(theme=theme, java_script_enabled=False, traced=False)
    listen(page, site, how, faults)
    page.goto(site.url(name))
    with faults.of(how):
        the_pictures_say_it(page)
    tabs.close_last()


def open_and_walk(site, name, tabs, faults, *, width, theme):
    """Open a page and walk down it, all ears."""
    page = tabs.open(width=width, theme=theme, traced=False)
    listen(page, site, f"{width} px, opened {theme}", faults)
    page.goto(site.url(name))
    with faults.of(f"{width} px, walked through"):
        scroll_through(page)
    return page


def listen(page, site, how, faults):
    """Note what a page complains of, and what it asks of another site or in vain."""

    def note(wrong, what):
        if wrong:
            faults.append(f"{how}: {what}")

    page.on("console", lambda m: note(m.type in ("error", "warning"), f"console: {m.text}"))
    page.on("pageerror", lambda error: note(True, f"raised: {error}"))  # rejections too
    page.on("request", lambda r: note(_is_foreign(r.url, site), f"another site: {r.url}"))
    page.on("requestfailed", lambda r: note(True, f"failed: {r.url}"))
    page.on("response", lambda r: note(r.status >= 400, f"{r.status} {r.url}"))


def _is_foreign(url, site):
    return not url.startswith((site.address, "data:", "blob:"))


def switch_theme(page):
    page.locator("[data-theme-switch]").click()
    at_rest(page)


def resize(page, width):
    page.set_viewport_size({"width": width, "height": page.viewport_size["height"]})
    at_rest(page)


def carries_the_policy(html):
    assert "script-src 'self';" in html
    assert html.index("Content-Security-Policy") < html.index("<script")


def ask_axe(page, how, options, faults):
    for rule in Axe().run(page, options=options).response["violations"]:
        faults += [f"axe, {how}: {rule['id']}: {node['html'][:200]}" for node in rule["nodes"]]


def fits(page, width, faults):
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        faults.append(f"overflow at {width} px: {wide} px too wide")


def targets_are_large_enough_for_a_finger(page):
    query = ".chart :is(button, input, select, summary), .tool, .contents a, .turn a"
    sizes = """all => all.filter(e => e.checkVisibility()).map(e => {
        const b = (e.matches('[type=radio], [type=checkbox]') ? e.closest('label') : e)
            .getBoundingClientRect();
        return [e.outerHTML.slice(0, 80), b.width, b.height] })"""
    small = [s for s in page.eval_on_selector_all(query, sizes) if min(s[1:]) < 24]
    assert small == []


def the_pictures_say_it(page):
    shown = page.locator(".chart-picture img:visible")
    for picture in shown.all():
        picture.scroll_into_view_if_needed()
        assert picture.get_attribute("alt")
    assert shown.count() == page.locator(".chart").count()
    assert page.locator(".chart-controls:visible").count() == 0


def charts_are_in_the_print(page):
    charts = page.locator(".chart").count()
    if not charts:
        return
    with_charts = len(page.pdf())
    style = page.add_style_tag(content=".chart { display: none !important }")
    without = len(page.pdf())
    style.evaluate("e => e.remove()")
    assert with_charts - without > 1000 * charts, f"{charts} charts add {with_charts - without} B"


# Notes, in the page, which controls have had the focus, and where nothing showed it.
KEEP_FOCUS = """() => {
  const controls = '.chart :is(input, select, button, summary)';
  const wanted = [...document.querySelectorAll(controls)]
    .filter(e => e.checkVisibility() && (e.type !== 'radio' || e.checked));
  const reached = [], unseen = [];
  addEventListener('focusin', ({ target }) => {
    if (!target.matches(controls)) return;
    reached.push(target);
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    if (outlineStyle === 'none' || outlineWidth === '0px') unseen.push(target.outerHTML);
  });
  const isBehind = (e, i) => i && !(reached[i - 1].compareDocumentPosition(e) & 4);
  window.focusKept = () => ({
    left: wanted.filter(e => !reached.includes(e)).map(e => e.outerHTML.slice(0, 80)),
    outOfOrder: reached.filter(isBehind).map(e => e.outerHTML.slice(0, 80)),
    unseen: unseen.map(html => html.slice(0, 80)),
  });
}"""
AT_ONCE = 10  # presses of Tab between two looks


def the_keyboard_reaches_every_control(page):
    """Tab through a page: every control is reached, in order, and shows its focus."""
    page.evaluate(KEEP_FOCUS)
    page.locator("main").evaluate("e => { e.tabIndex = -1; e.focus() }")
    for _ in range(1000 // AT_ONCE):
        kept = page.evaluate("focusKept()")
        if not kept["left"]:
            break
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
    assert kept == {"left": [], "outOfOrder": [], "unseen": []}


def test_the_small_pages_that_are_visited_are_those_of_the_site(small_site):
    assert small_pages() == small_site.pages()


@pytest.mark.slow
def test_the_pages_that_are_visited_are_those_of_the_book(book_site):
    assert listed_pages() == book_site.pages()
