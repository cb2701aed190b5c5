"""Interpolation: numbers worked out twice, charts of two hulls that show what their tables say."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.decomposition import PCA

from bigcurves.chapters.manifold.interpolation import figures, hull, hull_digits
from bigcurves.chapters.manifold.interpolation.charts.hull_digits import (
    crossing_chart,
    describe_crossing,
)
from bigcurves.chapters.manifold.interpolation.charts.hull_split import (
    describe_hull_split,
    hull_split_chart,
)
from bigcurves.chapters.manifold.interpolation.charts.hulls import describe_hull, hull_chart
from bigcurves.chapters.manifold.interpolation.charts.outside import describe_outside, outside_chart
from bigcurves.chapters.manifold.interpolation.charts.overlays import (
    describe_overlays,
    overlay_chart,
)
from bigcurves.measures import in_hull_lp
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bookkit.charts.compile import compile_layouts, draw


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


@pytest.fixture(scope="module")
def bars():
    return runs.run(hull, seeds=range(3))


@pytest.fixture(scope="module")
def digits():
    return runs.run(hull_digits, seeds=range(3))


def students(values):
    """Give a mean and the ends of its interval, as SciPy's test of the mean has them."""
    ends = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    return [np.mean(values), ends.low, ends.high]


def test_a_clean_bar_grazes_the_hull_by_so_many_percent(page, bars):
    by_hand = students(100 * bars.loc[bars["world"] == "bars", "off_hull"])
    graze = page.numbers.graze
    assert [graze.mean, graze.low, graze.high] == pytest.approx(by_hand, rel=1e-9)


def test_times_are_geometric_means_of_each_runs_ratio(page, bars):
    half = bars[bars["world"] == "half-seen bars"]
    gap = np.exp(students(np.log(half["gap_outside"]) - np.log(half["gap_inside"])))
    read = np.exp(students(np.log(half["read_outside"]) - np.log(half["read_inside"])))
    numbers = page.numbers
    told = [numbers.times_gap.mean, numbers.times_gap.low, numbers.times_gap.high]
    assert told == pytest.approx(list(gap), rel=1e-9)
    told = [numbers.times_read.mean, numbers.times_read.low, numbers.times_read.high]
    assert told == pytest.approx(list(read), rel=1e-9)


def test_the_two_sides_of_six_components_are_not_mixed_up(page, digits):
    six = digits[(digits["world"] == "digits") & (digits["pixels"] == 6)]
    numbers = page.numbers
    told = [numbers.six_outside.mean, numbers.six_outside.low, numbers.six_outside.high]
    assert told == pytest.approx(students(100 * six["correct_outside"]), rel=1e-9)
    told = [numbers.six_inside.mean, numbers.six_inside.low, numbers.six_inside.high]
    assert told == pytest.approx(students(100 * six["correct_inside"]), rel=1e-9)


def test_the_readers_curve_runs_from_two_components_to_all_pixels(page):
    kept, shares = zip(*page.numbers.inside_curve, strict=True)
    assert kept == (*hull_digits.Settings().components, 64)
    assert list(shares) == sorted(shares, reverse=True)
    assert 100 * shares[0] == pytest.approx(page.numbers.inside_2)


def test_six_digits_stand_on_the_side_that_a_linear_programme_finds(page):
    tables = page.crossing().to_dict()["datasets"].values()
    (views,) = [pd.DataFrame(rows) for rows in tables if "hull" in rows[0]]
    seen = views[views["pixels"] == 6].sort_values("place")
    glass = PCA(6, svd_solver="full").fit(page.seen)
    here, there = glass.transform(page.seen), glass.transform(page.new[:6])
    sides = ["inside" if in_hull_lp(here, one) else "outside" for one in there]
    assert list(seen["hull"]) == sides
    assert set(sides) == {"inside", "outside"}, "or nothing was compared"


PICTURE = sprite(np.eye(4)[np.newaxis])
LATENTS = pd.DataFrame({"number": range(40)}).join(
    pd.DataFrame(np.random.default_rng(0).random((40, 2)), columns=["x", "y"])
)
CURVES = pd.DataFrame(
    {"pixels": [2, 8] * 2, "curve": ["correct"] * 2 + ["inside"] * 2, "share": [0.5, 0.9, 1, 0.2]}
)
CURVE_MEANS = CURVES.rename(columns={"share": "mean"}).assign(low=CURVES["share"] * 0.9)
CURVE_MEANS["high"] = np.minimum(1, CURVES["share"] * 1.1)
VIEWS = pd.DataFrame(
    [
        {"pixels": k, "place": p, "picture": PICTURE, "hull": "inside", "named": f"{k}{p}"}
        for k in (2, 8)
        for p in range(6)
    ]
)
PARTS = pd.DataFrame({"pixels": [4, 4], "part": ["outside", "inside"], "share": [0.95, 0.83]})
PART_MEANS = PARTS.rename(columns={"share": "mean"}).assign(low=0.8, high=0.97)
OVERLAYS = pd.DataFrame({"laid": [1, 2, 3], "picture": PICTURE, "new": PICTURE})
KINDS = pd.DataFrame(
    {"name": ["clean", "digits"], "family": ["bars", "digits"], "brighter": [200, 1]}
).assign(new=PICTURE, mixture=PICTURE, gap=PICTURE)
OFF = KINDS[["name", "family"]].assign(off_hull=[0.001, 0.2])
OFF_MEANS = KINDS[["name", "family"]].assign(mean=[0.001, 0.2], low=[0.0009, 0.19])
OFF_MEANS["high"] = [0.0011, 0.21]


def lab():
    return hull_chart(LATENTS, usual=0.26, description="Words.")


def crossing():
    return crossing_chart(CURVES, CURVE_MEANS, VIEWS, description="Words.")


def split():
    return hull_split_chart(PARTS, PART_MEANS, description="Words.")


def overlays():
    return overlay_chart(OVERLAYS, description="Words.")


def far():
    return outside_chart(KINDS, OFF, OFF_MEANS, description="Words.")


@pytest.mark.parametrize("make", [lab, crossing, split, overlays, far])
def test_a_chart_is_drawn_wide_and_narrow(make):
    for layout, vega in compile_layouts(json.loads(make().to_json())).items():
        width, _ = draw(vega).size
        assert width <= (620 if layout == "wide" else 400)


def picture(chart):
    return draw(compile_layouts(json.loads(chart.to_json()))["wide"]).picture


def test_the_lab_says_inside_and_outside_and_shows_the_images():
    drawn = picture(lab())
    assert "Latents: inside the hull" in drawn
    assert "Pixels: outside the hull, by" in drawn
    assert drawn.count("<image") == 3


def test_the_lab_offers_a_drag_and_its_sliders():
    chart = lab()
    assert chart.usermeta["drag"] == [{"x": "px", "y": "py"}]
    controls = draw(compile_layouts(json.loads(chart.to_json()))["wide"]).controls
    assert [control.signal for control in controls] == ["px", "py", "n", "reach"]


def test_the_crossing_shows_the_digits_at_eight_components():
    drawn = picture(crossing())
    assert all(f">8{place}<" in drawn for place in range(6))
    assert ">20<" not in drawn


def test_an_overlay_is_called_inside():
    assert "3 digits seen, laid over one another. The hull says: inside." in picture(overlays())


def test_descriptions_say_what_the_tables_say():
    said = describe_crossing(CURVE_MEANS)
    assert "100% with 2, falling to 20% with 8" in said
    assert "From 8 components on" in said
    assert "outside 95.0%, inside 83.0%" in describe_hull_split(PART_MEANS)
    assert "clean: 0.10%; digits: 20.00%" in describe_outside(OFF_MEANS)
    assert "1 to 3" in describe_overlays(OVERLAYS)
    assert "the 40 seen" in describe_hull(LATENTS, 0.26)


def test_no_control_adds_up_when_it_is_moved_to_and_fro():
    """A field made from itself is made again from what it was made into, at each move."""
    for part in lab().to_dict()["layer"]:
        for step in part.get("transform", []):
            if "calculate" in step:
                assert f"datum.{step['as']} " not in step["calculate"] + " "
