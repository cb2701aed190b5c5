"""Every link to a state of another page's figure opens that state."""

import json
from urllib.parse import unquote

import pytest
from tests.patience import eventually

SHOWN = """(figure, names) => Object.fromEntries(names.map(name => {
    const inputs = [...figure.querySelectorAll(`[data-signal="${name}"]`)]
    const input = inputs.find(one => one.type !== 'radio' || one.checked)
    if (input.type === 'checkbox') return [name, input.checked]
    return [name, JSON.parse(input.value)]
}))"""


def links(site, tabs):
    """List the addresses of all such links."""
    page, found = tabs.open(traced=False), []
    for name in site.pages():
        if 'class="view-it"' in (site.root / name).read_text("utf-8"):
            page.goto(site.url(name))
            found += page.locator("a.view-it").evaluate_all("all => all.map(a => a.href)")
    return found


def opens_its_state(tabs, address):
    """Open a link and wait until its figure is live and shows what the link asks."""
    name, _, view = unquote(address.partition("#")[2]).partition("?view=")
    asked, _ = json.loads(view)
    page = tabs.open(address, traced=False)
    figure = page.locator(f"#{name}")
    figure.locator(".chart-live > *").first.wait_for()
    ask = f"figure => ({SHOWN})(figure, {json.dumps(list(asked))})"
    assert eventually(lambda: figure.evaluate(ask) == asked), (address, figure.evaluate(ask))
    note = figure.locator(".chart-note")
    assert "could not be read" not in (note.first.text_content() if note.count() else "")
    tabs.close_last()


def test_a_link_of_a_small_book_opens_a_figure_as_it_asks(reader, tabs):
    found = links(reader, tabs)
    assert found
    for address in found:
        opens_its_state(tabs, address)


@pytest.mark.slow
def test_every_link_of_the_book_opens_a_figure_as_it_asks(book_site, tabs):
    for address in links(book_site, tabs):
        opens_its_state(tabs, address)
