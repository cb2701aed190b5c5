"""The latent grid in the browser: its point is dragged, and the picture beside it follows."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import live_chart
from tests.patience import eventually

pytestmark = pytest.mark.slow

PAGE, FIGURE = "book/manifold/layers.html", "fig-latent-grid"
TILE, LARGE = 21, 224  # px of a tile, on the map and beside it
STEP = 0.14  # code from one tile to the next


def corner(page):
    """Read how far the enlarged map is pushed behind its window, in tiles."""
    image = page.locator(f"#{FIGURE}-chart .chart-live g[class*='concat_1'] image")
    moved = image.evaluate(
        "e => [e.transform.baseVal[0].matrix.e, e.transform.baseVal[0].matrix.f]"
    )
    return [round(-pixels / LARGE) for pixels in moved]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_large_picture_is_the_one_under_the_diamond(book_site, tabs, width):
    page = tabs.open(book_site.url(PAGE), width=width)
    live_chart(page, FIGURE)
    point = page.locator(f"#{FIGURE}-chart .chart-live .mark-symbol path")
    point.scroll_into_view_if_needed()
    column, row = corner(page)
    first, second = (
        page.locator(f"#{FIGURE}-chart input[data-signal={name}]") for name in ("first", "second")
    )
    codes = [float(slider.input_value()) for slider in (first, second)]
    box = point.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 3 * TILE + 4, y + 2 * TILE - 4, steps=4)  # not quite on a tile's middle
    page.mouse.up()
    assert eventually(lambda: corner(page) == [column - 3, row + 2])
    moved = [float(slider.input_value()) for slider in (first, second)]
    assert moved == pytest.approx([codes[0] - 3 * STEP, codes[1] - 2 * STEP])
    words = page.locator(f"#{FIGURE}-chart .chart-live g[class*=spokenCode] text")
    told = f"Code ({moved[0]:.2f}, {moved[1]:.2f})".replace("-", "\N{MINUS SIGN}")
    expect(words).to_have_text(told)
    first.press("ArrowRight")
    assert eventually(lambda: corner(page) == [column - 2, row + 2])
