"""Big curves: numbers against closed forms, charts that show what their tables say."""

import json

import numpy as np
import pandas as pd
import pytest
import vl_convert
from scipy.interpolate import BarycentricInterpolator
from scipy.stats import gmean

from bigcurves.chapters.opener.big_curves import figures, same_points
from bigcurves.chapters.opener.big_curves.charts.fits import describe_fits, fits_chart
from bigcurves.chapters.opener.big_curves.charts.one_number import (
    describe_one_number,
    one_number_chart,
)
from bigcurves.chapters.opener.big_curves.charts.reversal import describe_errors
from bigcurves.chapters.opener.big_curves.tables import LEARNERS as ALL_SIX
from bigcurves.chapters.opener.big_curves.tables import twelve_points
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bookkit.charts.compile import compile_layouts
from bookkit.charts.compile import draw as draw_layout

LEARNERS, TARGETS = ["stiff", "nearest neighbour"], ["smooth", "jump"]
PICTURE = sprite(np.eye(4)[np.newaxis])
FRAMES = pd.DataFrame({"place": [0.0, 0.5, 1.0], "a": [0.1, 0.5, 0.9], "b": [0.9, 0.8, 0.2]})
FRAMES["picture"] = PICTURE
SEEN = pd.DataFrame({"a": [0.3], "b": [0.85]})
PIXELS = pd.DataFrame({"name": ["A"], "left": 0.1, "right": 0.2, "top": 0.8, "bottom": 0.7})
FITS = pd.DataFrame(
    [
        {"target": t, "lift": lift, "x": x, "truth": x, "stiff": x + lift, LEARNERS[1]: 0.5}
        for t in TARGETS
        for lift in (-1.0, 0.0, 1.0)
        for x in (0.0, 0.5, 1.0)
    ]
)
POINTS = pd.DataFrame({"target": TARGETS, "x": 0.5, "y": 0.5, "lifted": True})
RUNS = pd.DataFrame({"target": TARGETS * 2, "learner": np.repeat(LEARNERS, 2)})
RUNS["error"] = [0.001, 2.0, 0.2, 0.3]
MEANS = RUNS.rename(columns={"error": "mean"}).assign(low=lambda t: t["mean"] * 0.9)
MEANS["high"] = MEANS["mean"] * 1.1


def one():
    return one_number_chart(FRAMES, SEEN, PIXELS, description="Words.")


def fits():
    return fits_chart(FITS, POINTS, learners=LEARNERS, ticked=LEARNERS[:1], description="Words.")


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def vega(chart):
    return vl_convert.vegalite_to_vega(chart.to_json(), vl_version="6.4")


def picture(chart):
    """Draw with the live kernels, as the build does."""
    return draw_layout(compile_layouts(chart)["wide"]).picture


def signals(chart):
    return {s["name"]: s for s in vega(chart)["signals"] if "bind" in s}


def test_all_curves_end_in_the_first_and_the_last_point(page):
    for (target, lift), fitted in page.fits.groupby(["target", "lift"]):
        x, y = twelve_points(target, lift)
        assert list(fitted["x"].iloc[[0, -1]]) == [x[0], x[-1]]
        for end in (0, -1):
            assert np.abs(fitted[ALL_SIX].iloc[end] - y[end]).max() <= 1e-3


def test_a_lifted_point_moves_the_polynomial_by_its_own_lagrange_polynomial(page):
    x, _ = twelve_points("smooth")
    grid = np.linspace(x[0], x[-1], 121)
    far = (grid < x[3]) | (grid > x[7])  # the point lifted is the sixth
    expected = np.abs(BarycentricInterpolator(x, np.eye(12)[5])(grid[far])).max()
    assert page.numbers.far_polynomial == pytest.approx(expected)
    assert page.numbers.far_linear == page.numbers.far_nearest == 0
    assert 0 < page.numbers.far_mlp < 0.1, "not at all like the polynomial"


def test_the_numbers_are_those_of_the_runs(page):
    rows = runs.run(same_points, seeds=range(3)).set_index(["curve", "learner"])
    means = rows.groupby(level=[0, 1])["error"].agg(gmean)
    found = page.numbers
    assert found.polynomial_smooth.mean == pytest.approx(means["smooth", "polynomial"])
    assert found.ReLU_jump.mean == pytest.approx(means["jump", "random ReLU"])
    assert found.spread_smooth == pytest.approx(means["smooth"].max() / means["smooth"].min())
    assert found.spread_jump == pytest.approx(means["jump"].max() / means["jump"].min())
    assert (found.best_jump, found.worst_jump) == (means["jump"].idxmin(), means["jump"].idxmax())
    four = means["jump"].drop(["radial basis", "random ReLU"])
    assert found.winner == figures.CHOICES[four.idxmin()]
    assert found.miss_exact < 1e-9 < found.miss_mlp < 1e-3


def test_the_slider_spans_the_lifts_and_the_boxes_are_the_learners():
    found = signals(fits())
    lift = found["lift"]["bind"]
    assert (lift["min"], lift["max"], lift["step"]) == (-1.0, 1.0, 0.05)
    boxes = {name: s["value"] for name, s in found.items() if s["bind"]["input"] == "checkbox"}
    assert boxes == {"show_stiff": True, "show_nearest_neighbour": False}


def test_only_ticked_curves_are_drawn():
    """Count the coloured lines of the picture: one learner is ticked, one is not."""
    chart = json.loads(fits().to_json())
    line = 'aria-roledescription="line mark"'
    one_ticked = picture(chart).count(line)
    for param in chart["params"]:
        if param["name"].startswith("show_"):
            param["value"] = True
    assert picture(chart).count(line) == one_ticked + 1


@pytest.mark.parametrize(("lift", "reached"), [(0.0, 1.0), (0.5, 1.5), (0.25, 1.25)])
def test_a_curve_made_beforehand_is_mixed_between_its_lifts(lift, reached):
    """The stiff curve is x + lift, so between lifts of 0 and 1 its mixture must be so too."""
    chart = fits().to_dict()
    for param in chart["params"]:
        if param["name"] == "lift":
            param["value"] = lift
    drawn = picture(chart)
    # The frame is 340 px for heights from 2 at the top to -2.
    assert f"520,{85 * (2 - reached):g}" in drawn


def test_the_words_name_best_and_worst():
    assert "on the smooth target stiff errs least (0.001)" in describe_errors(MEANS, TARGETS)
    assert "nearest neighbour errs least (0.3) and stiff most (2)" in describe_errors(
        MEANS, TARGETS
    )
    assert "the stiff strays least, by 0 (root" in describe_fits(FITS, LEARNERS)
    assert "A 0.10, B 0.90 to A 0.90, B 0.20" in describe_one_number(FRAMES)


def test_lifts_do_not_add_up():
    """A field made from itself would be made again from what it was made into, at each move."""
    steps = [step for part in fits().to_dict()["layer"] for step in part.get("transform", [])]
    made = [step for step in steps if "calculate" in step]
    assert made
    assert not [step for step in made if f"datum.{step['as']} " in step["calculate"] + " "]


def test_the_brightness_of_both_pixels_is_read_out():
    said = next(s for s in vega(one())["signals"] if s["name"] == "announce")["update"]
    last = FRAMES.iloc[-1]
    assert said.startswith("'Pixel A ' + format([")
    assert f"{last['a']:.2f}".rstrip("0") in said
    assert f"{last['b']:.2f}".rstrip("0") in said
