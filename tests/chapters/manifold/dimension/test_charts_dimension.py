"""The charts of dimension: they compile, show what their tables say, and refuse broken ones."""

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.manifold.dimension.charts.estimates import (
    describe_estimates,
    describe_scrambled,
    estimate_chart,
    scrambled_chart,
)
from bigcurves.chapters.manifold.dimension.charts.gallery import describe_worlds, worlds_chart
from bigcurves.chapters.manifold.dimension.charts.noise import describe_noise, noise_chart
from bigcurves.chapters.manifold.dimension.charts.slope import BARS, describe_slopes, slope_chart
from bigcurves.measures.neighbours import nearest_within_parts
from bigcurves.plotting.picture import sprite
from bigcurves.worlds import BarWorld
from bookkit.charts.compile import compile_layouts
from bookkit.charts.compile import draw as draw_layout

PICTURE = sprite(np.eye(4)[np.newaxis])
STRIPS = pd.DataFrame({"latent": ["across", "angle"], "number": [1, 2], "picture": PICTURE})
DRAWS = pd.DataFrame({"d": [1, 2], "line": 1, "picture": PICTURE})
CLOUD = pd.DataFrame({"rows": BARS, "d": 2, "n": [32, 64], "distance": [0.2, 0.1]})
READINGS = pd.DataFrame(
    {"rows": [BARS], "d": 2, "name": "d = 2", "text": "slope -1.00: reads 1.0 dimensions"}
)
LATENTS = np.random.default_rng(0).random((128, 5))
SCANS = np.random.default_rng(1).integers(0, 17, (128, 64)) / 16
LEVELS = pd.DataFrame({"level": [0, 1], "noise": [0.0, 0.1], "picture": PICTURE})
LEVELS = LEVELS.assign(floor=[1e-9, 0.14], text=["none: reads 2", "much: reads 20"])
NOISY = pd.DataFrame({"level": [0, 1], "n": 32, "distance": [0.1, 0.2]})
BARRED = pd.DataFrame({"pixels": 64, "d": [1, 2], "estimator": "TwoNN", "reading": [1.0, 1.9]})
NAMED = pd.DataFrame({"name": ["real", "noise"], "estimator": "TwoNN", "reading": [8.5, 33.0]})
CLOUDS = pd.DataFrame({"name": ["real", "noise"], "picture": PICTURE})


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def worlds(table=STRIPS, description="Words."):
    return worlds_chart(table, DRAWS, description=description)


def slope(table=CLOUD, description="Words."):
    return slope_chart(
        table,
        mean_of(CLOUD, "distance"),
        READINGS,
        latents=LATENTS,
        digits=SCANS,
        description=description,
    )


def noise(table=NOISY, description="Words."):
    return noise_chart(LEVELS, table, mean_of(NOISY, "distance"), description=description)


def estimate(table=BARRED, description="Words."):
    return estimate_chart(table, mean_of(BARRED, "reading"), description=description)


def scrambled(table=NAMED, description="Words."):
    means = mean_of(NAMED, "reading")
    return scrambled_chart(CLOUDS, table, means, description=description)


TABLES = {worlds: STRIPS, slope: CLOUD, noise: NOISY, estimate: BARRED, scrambled: NAMED}
CHARTS = pytest.mark.parametrize("draw", TABLES, ids=lambda draw: draw.__name__)


def svg(chart):
    """Draw with the live kernels, as the build does."""
    return draw_layout(compile_layouts(chart.to_dict())["wide"]).picture


@CHARTS
def test_it_compiles_carries_its_description_and_a_control(draw):
    vega = vl_convert.vegalite_to_vega(draw().to_json(), vl_version="6.4")
    assert vega["description"] == "Words."
    assert any(signal.get("bind", {}).get("name") for signal in vega["signals"])
    assert "<svg" in svg(draw())[:200]


@CHARTS
def test_it_asks_for_a_description(draw):
    with pytest.raises(ValueError, match="description"):
        draw(description="")


@CHARTS
def test_a_table_without_its_columns_is_refused_by_name(draw):
    with pytest.raises(ValueError, match="must have the columns"):
        draw(pd.DataFrame({"nothing": [1]}))


@CHARTS
def test_an_empty_table_is_refused(draw):
    with pytest.raises(ValueError, match="at least one row"):
        draw(TABLES[draw].iloc[:0])


def test_images_are_drawn_as_single_images_not_pixel_by_pixel():
    picture = svg(worlds())
    # Both strips on the left; on the right the default d = 2 has one line.
    assert picture.count("<image") == 3


def test_the_meter_says_what_it_reads():
    world, sizes = BarWorld(d=2, side=8), [16, 32, 64, 128]
    parts = nearest_within_parts(world.render(LATENTS[:, :2]), sizes)
    logs = [np.mean([np.log(gaps).mean() for gaps in same]) for same in parts]
    fit = np.polynomial.Polynomial.fit(np.log(np.array(sizes) - 1), logs, 1).convert()
    assert f"reads {-1 / fit.coef[1]:.1f} dimensions" in svg(slope())


def test_the_meter_has_a_slider_for_each_way_to_spoil():
    controls = draw_layout(compile_layouts(slope().to_dict())["wide"]).controls
    assert [control.signal for control in controls] == ["rows", "d", "n", "grain", "moved"]


def test_without_noise_there_is_no_floor():
    chart = noise().to_dict()
    for param in chart["params"]:
        if param["name"] == "level":
            param["value"] = 0
    assert "noise alone" not in vl_convert.vegalite_to_svg(chart, vl_version="6.4")
    for param in chart["params"]:
        if param["name"] == "level":
            param["value"] = 1
    assert "noise alone" in vl_convert.vegalite_to_svg(chart, vl_version="6.4")


def test_a_guess_is_drawn_once_there_is_one():
    chart = scrambled().to_dict()
    assert "your guess" not in vl_convert.vegalite_to_svg(chart, vl_version="6.4")
    for param in chart["params"]:
        if param["name"] == "guess":
            param["value"] = 12
    assert "your guess" in vl_convert.vegalite_to_svg(chart, vl_version="6.4")


def test_the_words_come_from_the_tables():
    assert "across, angle" in describe_worlds(STRIPS)
    assert "d = 2: slope -1.00" in describe_slopes(READINGS)
    assert "much: reads 20" in describe_noise(LEVELS)
    assert "TwoNN: 1.0, 1.9" in describe_estimates(mean_of(BARRED, "reading"))
    assert "noise: TwoNN 33.0" in describe_scrambled(mean_of(NAMED, "reading"))
