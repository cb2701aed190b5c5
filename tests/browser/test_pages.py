"""What holds for every page: it keeps to itself, obeys its policy and serves every reader."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.conftest import scroll_through

WIDTHS = (320, 360, 390, 430, 768, 1280)  # 320 is 1280 at 400 % zoom


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_asks_another_site_or_complains(site, tabs, theme):
    faults = []
    for name in site.pages():
        page = tabs.open(theme=theme, traced=False)
        page.on(
            "console",
            lambda m, n=name: m.type in ("error", "warning") and faults.append((n, m.text)),
        )
        page.on("pageerror", lambda error, n=name: faults.append((n, str(error))))
        page.on("request", lambda r, n=name: _is_foreign(r.url, site) and faults.append((n, r.url)))
        page.on("requestfailed", lambda r, n=name: faults.append((n, f"failed: {r.url}")))
        page.on(
            "response",
            lambda r, n=name: r.status >= 400 and faults.append((n, f"{r.status} {r.url}")),
        )
        page.goto(site.url(name))
        scroll_through(page)
        page.locator("[data-theme-switch]").click()
        page.wait_for_timeout(200)
        tabs.close_last()
    assert faults == []


def _is_foreign(url, site):
    return not url.startswith((site.address, "data:", "blob:"))


def test_every_page_carries_the_policy(site, tabs):
    for name in site.pages():
        html = (site.root / name).read_text("utf-8")
        assert "script-src 'self';" in html, name
        assert html.index("Content-Security-Policy") < html.index("<script"), name


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(site, tabs, theme, width):
    faults = []
    for name in site.pages():
        page = tabs.open(site.url(name), theme=theme, width=width, traced=False)
        scroll_through(page)
        for rule in Axe().run(page).response["violations"]:
            faults += [(name, rule["id"], node["html"][:200]) for node in rule["nodes"]]
        tabs.close_last()
    assert faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows(site, tabs, width):
    for name in site.pages():
        page = tabs.open(site.url(name), width=width, traced=False)
        scroll_through(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (name, wide)
        tabs.close_last()


def test_targets_are_large_enough_for_a_finger(site, tabs):
    query = ".chart :is(button, input, select, summary), .tool, .contents a, .turn a"
    sizes = """all => all.filter(e => e.checkVisibility()).map(e => {
        const b = (e.matches('[type=radio], [type=checkbox]') ? e.closest('label') : e)
            .getBoundingClientRect();
        return [e.outerHTML.slice(0, 80), b.width, b.height] })"""
    for name in site.pages():
        page = tabs.open(site.url(name), width=390, traced=False)
        scroll_through(page)
        small = [s for s in page.eval_on_selector_all(query, sizes) if min(s[1:]) < 24]
        assert small == [], name
        tabs.close_last()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_javascript_the_pictures_say_it(site, tabs, theme):
    for name in site.pages():
        page = tabs.open(site.url(name), theme=theme, java_script_enabled=False, traced=False)
        for picture in page.locator(".chart-picture img:visible").all():
            picture.scroll_into_view_if_needed()
            assert picture.get_attribute("alt"), name
        charts = page.locator(".chart").count()
        assert page.locator(".chart-picture img:visible").count() == charts, name
        assert page.locator(".chart-controls:visible").count() == 0, name
        tabs.close_last()


def test_charts_are_in_the_print(site, tabs):
    for name in site.pages():
        page = tabs.open(site.url(name), theme="dark", traced=False)
        charts = page.locator(".chart").count()
        if charts:
            scroll_through(page)
            with_charts = len(page.pdf())
            page.add_style_tag(content=".chart { display: none !important }")
            assert with_charts - len(page.pdf()) > 1000 * charts, name
        tabs.close_last()


def test_the_keyboard_reaches_every_control(site, tabs):
    """Tab through each page: every control is reached, in order, and shows its focus."""
    count = "document.querySelectorAll('.chart :is(input, select, button, summary)').length"
    for name in site.pages():
        page = tabs.open(site.url(name), traced=False)
        scroll_through(page)
        if page.evaluate(count):
            assert _tab_through(page), name
        tabs.close_last()


def _tab_through(page):
    wanted = """[...document.querySelectorAll('.chart :is(input, select, button, summary)')]
        .filter(e => e.checkVisibility() && (e.type !== 'radio' || e.checked)).length"""
    reached = "document.activeElement.matches('.chart :is(input, select, button, summary)')"
    left = page.evaluate(wanted)
    page.locator("main").evaluate("e => { e.tabIndex = -1; e.focus() }")
    for _ in range(1000):
        page.keyboard.press("Tab")
        left -= bool(page.evaluate(reached))
        if left <= 0:
            return True
    return False
