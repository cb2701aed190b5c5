"""The charts of dust: they compile, show what their tables say, and refuse broken ones."""

import json

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.manifold.dust.charts.covered import covered_chart, describe_covered
from bigcurves.chapters.manifold.dust.charts.nearest import describe_nearest, nearest_chart
from bigcurves.chapters.manifold.dust.charts.odometer import describe_odometer, odometer_chart
from bigcurves.chapters.manifold.dust.charts.same_distance import (
    describe_same_distance,
    same_distance_chart,
)
from bigcurves.plotting.picture import sprite
from bookkit.charts.draw import pictures_of

PICTURE = sprite(np.eye(4)[np.newaxis])
SAMPLES = pd.DataFrame({"across": np.linspace(0, 1, 1024), "down": 0.5})
FILLING = pd.DataFrame({"n": [2**k for k in range(11)], "mean": np.linspace(0, 0.95, 11)})
CIRCLE = 0.02 * np.stack([np.cos(np.arange(12)), np.sin(np.arange(12))], axis=1)
OTHERS = pd.DataFrame({"name": ["noise"], "ends": [np.random.default_rng(0).random((2, 256))]})
PICTURES = pd.DataFrame({"world": "bars", "kind": ["new", "noise"], "picture": PICTURE})
RUNS = pd.DataFrame({"world": "bars", "kind": ["new", "noise"], "covered": [0.95, 0.0]})
MEANS = RUNS.rename(columns={"covered": "mean"}).assign(low=[0.94, 0.0], high=[0.96, 0.0])
MEANS = MEANS.assign(text=["new: 95 %", "noise: 0 %"])
COUNTS = pd.DataFrame({"kind": ["new", "new", "noise"], "distance": [0.1, 0.2, 0.5], "share": 0.3})
PAIRS = pd.DataFrame({"kind": ["new", "noise"], "number": 1, "distance": [0.1, 0.5]})
PAIRS = PAIRS.assign(picture=PICTURE)


def odometer(table=FILLING, description="Words."):
    return odometer_chart(SAMPLES, table, CIRCLE, radius=0.0135, description=description)


def same_distance(table=OTHERS, description="Words."):
    bars = np.array([[0.9, 0.9], [0.9, 0.1]])
    return same_distance_chart(np.array([0.1, 0.2]), bars, table, description=description)


def covered(table=RUNS, description="Words."):
    return covered_chart(PICTURES, table, MEANS, description=description)


def nearest(table=COUNTS, description="Words."):
    return nearest_chart(table, PAIRS, radius=0.2, description=description)


TABLES = {odometer: FILLING, same_distance: OTHERS, covered: RUNS, nearest: COUNTS}
CHARTS = pytest.mark.parametrize("draw", TABLES, ids=lambda draw: draw.__name__)


def picture(chart, **values):
    """Draw a chart as the book does, its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.get(param["name"], param.get("value"))
        if param["value"] is None:
            del param["value"]
    return pictures_of([vl_convert.vegalite_to_vega(json.dumps(spec), vl_version="6.4")])[0]


@CHARTS
def test_it_compiles_carries_its_description_and_a_control(draw):
    vega = vl_convert.vegalite_to_vega(draw().to_json(), vl_version="6.4")
    assert vega["description"] == "Words."
    assert any(signal.get("bind", {}).get("name") for signal in vega["signals"])


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


def test_the_square_fills_with_the_samples():
    few, many = picture(odometer(), doublings=3), picture(odometer(), doublings=10)
    assert "8 samples reach 28.5% of new ones" in few
    assert "1,024 samples reach 95.0% of new ones" in many
    assert many.count("<path") - few.count("<path") >= 2 * (1024 - 8)


def test_the_odometer_turns_to_the_power_of_ten():
    # dust.py's own bound: 1,024 balls of .0135 in 64 pixels fill 10^-78, in 4,096 10^-5133.
    digits = [part.split("<")[0] for part in picture(odometer()).split('font-size="34px"')[1:]]
    assert "".join(digit[-1] for digit in digits) == "0078"


def test_a_guess_is_drawn_once_there_is_one():
    assert "your guess" not in picture(odometer())
    assert "your guess" in picture(odometer(), guess=70)


def test_strips_are_single_images_that_change_with_the_distance():
    near, far = picture(same_distance(), distance=0.1), picture(same_distance(), distance=0.3)
    assert near.count("<image") == far.count("<image") == 2
    assert near != far
    assert "noise, 0.10 away" in near


def test_the_words_come_from_the_tables():
    assert "95.0% with 1024" in describe_odometer(FILLING, {64: -78.3})
    assert "78 at 64 pixels" in describe_odometer(FILLING, {64: -78.3})
    assert "noise" in describe_same_distance(["noise"], 6)
    assert "bars: new 95.0%, noise 0.0%" in describe_covered(MEANS)
    assert "noise from 0.50 to 0.50" in describe_nearest(PAIRS, 0.2)
    assert "new: 95 %" in picture(covered())
