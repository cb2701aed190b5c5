"""The small picture of a chart shows what the drawn one showed, pixel by pixel."""

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting import theme
from bigcurves.plotting.picture import mosaic
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


def test_an_image_that_is_shown_twice_is_drawn_the_same_and_embedded_once(tabs):
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"picture": [mosaic(rng.random((4, 9, 9)), across=2)]})
    kinds = {"small": {"width": 90}, "large": {"width": 720, "smooth": False, "clip": True}}
    marks = [
        alt.Chart(table)
        .mark_image(aspect=False, height=kind["width"], align="left", baseline="top", **kind)
        .encode(x=alt.value(left), y=alt.value(left), url="picture:N")
        .properties(width=180, height=180)
        for kind, left in zip(kinds.values(), (0, -540), strict=True)
    ]
    chart = alt.hconcat(*marks).properties(description="Noise, small and large.")
    picture = draw(compile_layouts(chart.to_dict())["wide"]).picture
    small = lightened(picture)
    assert small.count("data:image") == 1
    page = tabs.open()
    same = page.evaluate(PIXELS, [picture, small])
    assert same["sizes"][0] == same["sizes"][1]
    assert same["inked"] > 10_000
    assert same["changed"] < 0.001
