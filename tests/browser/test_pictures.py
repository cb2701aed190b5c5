"""The small picture of a chart shows what the drawn one showed, pixel by pixel."""

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting import theme
from bookkit.charts.compile import compile_layouts, draw
from bookkit.charts.picture import lightened

PIXELS = """async svgs => {
  const drawn = await Promise.all(svgs.map(async svg => {
    const image = new Image();
    image.src = "data:image/svg+xml," + encodeURIComponent(svg);
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height).data;
  }));
  const changes = drawn[0].map((value, i) => Math.abs(value - drawn[1][i]));
  const inked = drawn[0].filter(value => value > 0).length;
  return {
    sizes: drawn.map(data => data.length),
    most: changes.reduce((a, b) => Math.max(a, b), 0),
    changed: changes.filter(change => change > 32).length / inked,
    inked,
  };
}"""


def test_the_small_picture_shows_the_same(tabs):
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {"n": rng.random(600), "error": rng.random(600), "run": np.arange(600) % 4}
    )
    base = alt.Chart(table, description="Dots.").encode(x="n:Q", y="error:Q", color="run:N")
    dots = base.mark_circle(opacity=0.4) + base.mark_line(strokeWidth=1, clip=True)
    chart = dots.facet("run:N", columns=2).properties(description="Dots.")
    picture = draw(compile_layouts(chart.to_dict())["narrow"]).picture
    small = lightened(picture)
    assert len(small) < len(picture) / 2
    page = tabs.open()
    same = page.evaluate(PIXELS, [picture, small])
    assert same["sizes"][0] == same["sizes"][1]
    assert same["inked"] > 10_000
    # Half a tenth of a pixel shifts what an edge covers by a twentieth of 255, on each side.
    assert same["changed"] < 0.01
    other = page.evaluate(PIXELS, [picture, small.replace("marker-mid", "no-marker")])
    assert other["changed"] > same["changed"]
    assert theme.BLUE in small
