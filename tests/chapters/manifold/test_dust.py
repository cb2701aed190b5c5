"""Dust: numbers against closed forms, charts that show what their tables say."""

import json
from math import gamma, log10, pi

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.manifold.dust import dust, figures
from bigcurves.chapters.manifold.dust.charts.ball_contents import (
    ball_contents_chart,
    describe_ball_contents,
)
from bigcurves.chapters.manifold.dust.charts.filled_volume import (
    describe_filled_volume,
    filled_volume_chart,
)
from bigcurves.chapters.manifold.dust.charts.nearest import describe_nearest, nearest_chart
from bigcurves.chapters.manifold.dust.charts.same_distance import (
    describe_same_distance,
    same_distance_chart,
)
from bigcurves.chapters.manifold.dust.tables import hump, pairs_of, reach_of
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.worlds import BarWorld
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


def filled_volume():
    return filled_volume_chart(SAMPLES, FILLING, CIRCLE, radius=0.0135, description="Words.")


def same_distance():
    bars = np.array([[0.9, 0.9], [0.9, 0.1]])
    return same_distance_chart(np.array([0.1, 0.2]), bars, OTHERS, description="Words.")


def covered():
    return ball_contents_chart(PICTURES, RUNS, MEANS, description="Words.")


def nearest():
    return nearest_chart(COUNTS, PAIRS, radius=0.2, description="Words.")


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def picture(chart, **values):
    """Draw a chart as the book does, its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.get(param["name"], param.get("value"))
        if param["value"] is None:
            del param["value"]
    return pictures_of([vl_convert.vegalite_to_vega(json.dumps(spec), vl_version="6.4")])[0]


def test_the_power_is_that_of_a_thousand_balls_of_the_recorded_radii(page):
    rows = runs.run(dust, seeds=range(3))
    radii = rows.loc[(rows["world"] == "bar") & (rows["pixels"] == 64), "radius"]
    balls = [1000 * pi**32 / gamma(33) * (8 * radius) ** 64 for radius in radii]
    found = page.numbers
    assert found.power.mean == pytest.approx(-np.mean([log10(share) for share in balls]))
    assert found.one_ball - found.power.mean == pytest.approx(3)
    for low, mean, high in (
        (found.power_digits.low, found.power_digits.mean, found.power_digits.high),
        (found.power.low, found.power.mean, found.power.high),
        (found.power.high, found.power_256, found.power_4096),
    ):
        assert low < mean < high


def test_each_world_stands_in_the_tables_by_its_name(page):
    names = ["bars of 64 pixels", "bars of 256 pixels", "bars of 784 pixels"]
    names += ["bars of 4,096 pixels", "real digits"]
    assert list(page.powers["name"]) == names
    assert list(page.share_means["world"].unique()) == [*names, "uniform noise (a control)"]
    assert page.numbers.radius_digits == pytest.approx(
        page.found.loc[page.found["world"] == "digits", "radius"].mean()
    )


def test_to_go_as_far_as_a_ball_reaches_changes_a_bar_by_its_radius():
    middle, world = np.array([[0.5, 0.5]]), BarWorld(d=2, side=8)
    moved = world.render(middle + reach_of(0.001)) - world.render(middle)
    np.testing.assert_allclose(np.sqrt((moved**2).mean(axis=1)), 0.001, rtol=0.02)


def test_pairs_go_from_the_nearest_to_the_farthest_and_humps_count_all():
    rng = np.random.default_rng(0)
    rows, samples = rng.random((40, 64)), rng.random((30, 64))
    pairs, counted = pairs_of("noise", rows, samples), hump("noise", rows, samples)
    gaps = [min(np.sqrt(((row - sample) ** 2).mean()) for sample in samples) for row in rows]
    assert list(pairs["number"]) == list(range(1, 22))
    assert pairs["distance"].is_monotonic_increasing
    assert list(pairs["distance"].iloc[[0, -1]]) == pytest.approx([min(gaps), max(gaps)])
    assert counted["share"].sum() == pytest.approx(1)
    middle = (counted["distance"] * counted["share"]).sum()
    assert middle == pytest.approx(np.mean(gaps), abs=0.01), "half a bin"


def test_the_square_fills_with_the_samples():
    few, many = picture(filled_volume(), doublings=3), picture(filled_volume(), doublings=10)
    assert "8 samples reach 28.5% of new ones" in few
    assert "1,024 samples reach 95.0% of new ones" in many
    assert many.count("<path") - few.count("<path") >= 2 * (1024 - 8)


def test_the_odometer_turns_to_the_power_of_ten():
    # dust.py's own bound: 1,024 balls of .0135 in 64 pixels fill 10^-78, in 4,096 10^-5133.
    digits = [part.split("<")[0] for part in picture(filled_volume()).split('font-size="34px"')[1:]]
    assert "".join(digit[-1] for digit in digits) == "0078"


def test_a_guess_is_drawn_once_there_is_one():
    assert "your guess" not in picture(filled_volume())
    assert "your guess" in picture(filled_volume(), guess=70)


def test_strips_are_single_images_that_change_with_the_distance():
    near, far = picture(same_distance(), distance=0.1), picture(same_distance(), distance=0.3)
    assert near.count("<image") == far.count("<image") == 2
    assert near != far
    assert "noise, 0.10 away" in near


def test_the_words_come_from_the_tables():
    assert "95.0% with 1024" in describe_filled_volume(FILLING, {64: -78.3})
    assert "78 at 64 pixels" in describe_filled_volume(FILLING, {64: -78.3})
    assert "noise" in describe_same_distance(["noise"], 6)
    assert "bars: new 95.0%, noise 0.0%" in describe_ball_contents(MEANS)
    assert "noise from 0.50 to 0.50" in describe_nearest(PAIRS, 0.2)
    assert "new: 95 %" in picture(covered())
