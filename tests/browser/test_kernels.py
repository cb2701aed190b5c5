"""The live kernels on a page: they are registered, and an engine of its own runs them.

What each of them computes is tested in Node: `tests/web/test_kernels.py`.
"""

import json

from playwright.sync_api import expect
from tests.browser.conftest import live_chart
from tests.patience import eventually
from tests.web.agreement import WEB, ask_node

ANSWERS = """async ([cases, folder]) => {
  const { kernels } = await import(`${folder}/kernels.js`);
  const { disagreement } = await import(`${folder}/agreement.js`);
  const told = Object.keys(kernels).map(async (name) => {
    const asked = cases.find((one) => one.function === name);
    return [name, asked ? await disagreement(kernels[name], asked) : "no case"];
  });
  return Object.fromEntries(await Promise.all(told));
}"""


def test_each_kernel_answers_in_the_browser_too(small_site, tabs, once):
    cases = json.loads((once("node", ask_node) / "cases.json").read_text("utf-8"))
    first = {case["function"]: case for case in reversed(cases) if not case["module"]}
    page = tabs.open(small_site.url("book/live.html"), traced=False)
    page.route("**/agreement.js", lambda route: route.fulfill(path=WEB / "test" / "agreement.js"))
    faults = page.evaluate(ANSWERS, [list(first.values()), small_site.url("_static")])
    assert faults == dict.fromkeys(first, "")


def test_a_drag_recomputes_the_curves(small_site, tabs):
    page = tabs.open(small_site.url("book/live.html"))
    live_chart(page, "fig-through")
    query = "all => all.map(e => e.getAttribute('d')).join()"
    before = page.eval_on_selector_all("#fig-through-chart .mark-line path", query)
    page.get_by_role("slider", name="Height of the point").fill("0.9")
    lines = "#fig-through-chart .mark-line path"
    assert eventually(lambda: page.eval_on_selector_all(lines, query) != before)


def test_a_strip_is_drawn_again(small_site, tabs):
    page = tabs.open(small_site.url("book/live.html"))
    live_chart(page, "fig-strip")
    image = page.locator("#fig-strip-chart .chart-live image")
    before = image.get_attribute("xlink:href") or image.get_attribute("href")
    assert before.startswith("data:image/png")
    page.get_by_role("slider", name="Angle of the bar").fill("0.9")
    expect(image).not_to_have_attribute("href", before)


def test_kernels_are_fetched_only_where_they_are_used(small_site, tabs):
    page = tabs.open()
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(small_site.url("book/start.html"))
    live_chart(page, "fig-curve")
    assert not any("kernels.js" in url for url in fetched)


def test_the_picture_is_drawn_with_the_same_kernels(small_site):
    html = (small_site.root / "book" / "live.html").read_text("utf-8")
    keys = [part.split('"')[0].rstrip("/") for part in html.split('data-chart="')[1:]]
    pictures = [(small_site.root / "book" / key / "wide.svg").read_text("utf-8") for key in keys]
    assert pictures[0].count('class="mark-line role-mark') == 4
    assert "data:image/png;base64," in pictures[1]
