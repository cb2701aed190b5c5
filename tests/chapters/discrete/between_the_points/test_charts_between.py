"""The charts on what lies between: they compile, compute what they say, and refuse bad tables."""

import numpy as np
import pandas as pd
import pytest
import vl_convert
from scipy.interpolate import CubicSpline

from bigcurves.chapters.discrete.between_the_points.charts.midpoints import (
    KINDS,
    describe_kept,
    digit_midpoint_chart,
    kept_chart,
    number_midpoint_chart,
)
from bigcurves.chapters.discrete.between_the_points.charts.spline import (
    describe_left_out,
    describe_spline,
    left_out_chart,
    spline_chart,
)
from bigcurves.plotting.picture import sprite
from bookkit.charts.compile import compile_layouts, draw

ENDS = {"low": 0.4, "high": 0.6}
PLACES = np.arange(12)
HEIGHTS = {"wave": np.sin(PLACES / 2), "in turn": PLACES % 2.0}
POINTS = pd.concat(
    pd.DataFrame({"curve": name, "place": PLACES, "height": h}) for name, h in HEIGHTS.items()
)
MISSES = pd.DataFrame({"curve": ["wave", "in turn"], "mean": [0.0, 3.0], **ENDS})
NUMBERS = pd.DataFrame({"number": range(10, 31)})
NUMBERS["least"] = [
    next((d for d in range(2, n) if n % d == 0), 0) for n in NUMBERS["number"]
]  # primes: 11, 13, 17, 19, 23, 29
PICTURE = sprite(np.zeros((3, 8, 8)))
PAIRS = pd.DataFrame({"kind": ["near", "far"], "pair": 1, "picture": PICTURE, "words": ["A", "B"]})
KEPT = pd.DataFrame([{"which": w, "row": r, "mean": 0.5} for w in KINDS for r in ("one", "two")])


def spline(table=POINTS, description="Words."):
    return spline_chart(table, gone=4, description=description)


def left_out(table=MISSES, description="Words."):
    return left_out_chart(table.rename(columns={"mean": "nrmse"}), table, description=description)


def number(table=NUMBERS, description="Words."):
    return number_midpoint_chart(table, description=description)


def digit(table=PAIRS, description="Words."):
    return digit_midpoint_chart(table, description=description)


def kept(table=KEPT, description="Words."):
    means = table.assign(**ENDS, base=0.3)
    return kept_chart(means.rename(columns={"mean": "kept"}), means, description=description)


CHARTS = pytest.mark.parametrize("make", [spline, left_out, number, digit, kept])


def picture_of(chart, **values):
    """Draw a chart with some of its controls moved."""
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values.pop(param["name"])
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


@CHARTS
def test_it_compiles_and_carries_its_description(make):
    vega = vl_convert.vegalite_to_vega(make().to_json(), vl_version="6.4")
    assert vega["description"] == "Words."


@CHARTS
def test_it_asks_for_a_description(make):
    with pytest.raises(ValueError, match="description"):
        make(description=" ")


@CHARTS
def test_a_table_without_its_columns_is_refused_by_name(make):
    with pytest.raises(ValueError, match="must have the columns"):
        make(pd.DataFrame({"nothing": [1]}))


@pytest.mark.parametrize("curve", list(HEIGHTS))
@pytest.mark.parametrize("gone", [1, 4, 10])
def test_the_guess_is_that_of_the_spline_through_the_others(curve, gone):
    others = gone != PLACES
    told = CubicSpline(PLACES[others], HEIGHTS[curve][others])(gone)
    words = f"The others say {told:.2f}; it is {HEIGHTS[curve][gone]:.2f}."
    assert words.replace("-", "\N{MINUS SIGN}") in picture_of(spline(), curve=curve, gone=gone)


def test_the_number_halfway_is_taken_apart():
    assert "11 and 13: halfway lies 12 = 2 \u00d7 6" in picture_of(number(), first=0, further=1)
    assert "17 and 29: halfway lies 23, a prime" in picture_of(number(), first=2, further=3)


def test_the_midpoints_from_one_prime_are_counted():
    # 11 with 13, 17, 19: halfway lie 12, 14 and 15; 17 with 19, 23, 29: 18, 20 and 23.
    assert "Prime midpoints from this first prime: 0 of 3." in picture_of(number(), first=0)
    assert "Prime midpoints from this first prime: 1 of 3." in picture_of(number(), first=2)


def test_only_the_chosen_pair_is_shown():
    picture = picture_of(digit(), kind="far")
    assert ">B<" in picture
    assert ">A<" not in picture


def test_the_words_say_what_the_tables_say():
    assert "wave: 0.00; in turn: 3.00" in describe_left_out(MISSES)
    assert "12 points in a row" in describe_spline(POINTS)
    assert "one, all midpoints: 50.0%, any: 30.0%" in describe_kept(KEPT.assign(base=0.3))
