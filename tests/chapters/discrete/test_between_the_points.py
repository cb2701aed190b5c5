"""Between the points: rows, closed forms of the spline, pairs one by one, charts that count."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy.interpolate import CubicSpline

from bigcurves.chapters.discrete.between_the_points import between_points, figures, left_out
from bigcurves.chapters.discrete.between_the_points.charts.midpoints import (
    KINDS,
    describe_kept,
    digit_midpoint_chart,
    number_midpoint_chart,
)
from bigcurves.chapters.discrete.between_the_points.charts.spline import (
    describe_left_out,
    describe_spline,
    spline_chart,
)
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bookkit.charts.compile import compile_layouts, draw

TINY = {
    between_points: between_points.Settings(pairs=200, reach=5),
    left_out: left_out.Settings(points=40),
}
KEYS = {between_points: ["task", "pairs"], left_out: ["curve"]}
PLACES = np.arange(12)
HEIGHTS = {"wave": np.sin(PLACES / 2), "in turn": PLACES % 2.0}
POINTS = pd.concat(
    pd.DataFrame({"curve": name, "place": PLACES, "height": h}) for name, h in HEIGHTS.items()
)
MISSES = pd.DataFrame({"curve": ["wave", "in turn"], "mean": [0.0, 3.0]})
NUMBERS = pd.DataFrame({"number": range(10, 31)})
NUMBERS["least"] = [
    next((d for d in range(2, n) if n % d == 0), 0) for n in NUMBERS["number"]
]  # primes: 11, 13, 17, 19, 23, 29
PICTURE = sprite(np.zeros((3, 8, 8)))
PAIRS = pd.DataFrame({"kind": ["near", "far"], "pair": 1, "picture": PICTURE, "words": ["A", "B"]})
KEPT = pd.DataFrame([{"which": w, "row": r, "mean": 0.5} for w in KINDS for r in ("one", "two")])


@pytest.mark.parametrize("module", TINY, ids=lambda module: module.__name__.split(".")[-1])
def test_rows_are_tidy_and_repeatable(module):
    table = pd.DataFrame(module.run(TINY[module], 3))
    assert (table["seed"] == 3).all()
    assert not table.duplicated(KEYS[module]).any()
    assert table.notna().all(axis=None)
    pd.testing.assert_frame_equal(table, pd.DataFrame(module.run(TINY[module], 3)))
    assert not table.equals(pd.DataFrame(module.run(TINY[module], 4)).assign(seed=3))


def test_bases_are_counted_on_the_whole_range():
    table = pd.DataFrame(between_points.run(TINY[between_points], 0)).set_index(["task", "pairs"])
    assert table.loc[("label", "all"), "base"] == pytest.approx(5709 / 65_536)
    assert table.loc[("label", "coprime"), "base"] == pytest.approx(5709 / 14_981)


def test_two_primes_in_a_row_have_no_prime_between_them():
    settings = between_points.Settings(pairs=500, reach=1)
    rows = list(itertools.islice(between_points._numbers(settings, 1), 2))
    assert [(row["task"], row["kept"]) for row in rows] == [("label", 0), ("label", 0)]


@pytest.mark.parametrize("pairs", ["nearest of class", "any of class"])
def test_partners_are_others_of_the_same_class(pairs):
    rng = np.random.default_rng(2)
    X, y = rng.standard_normal((60, 3)), rng.integers(0, 3, 60)
    partners = between_points._partners(X, y, pairs, rng)
    assert (y[partners] == y).all()
    assert (partners != np.arange(60)).all()
    if pairs == "nearest of class":
        for row, partner in enumerate(partners):
            others = [i for i in range(60) if y[i] == y[row] and i != row]
            gaps = np.linalg.norm(X[others] - X[row], axis=1)
            assert partner == others[int(gaps.argmin())]


# Charts


def picture_of(chart, **values):
    """Draw a chart with some of its controls moved."""
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values.pop(param["name"])
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


@pytest.mark.parametrize("curve", list(HEIGHTS))
@pytest.mark.parametrize("gone", [1, 4, 10])
def test_the_guess_is_that_of_the_spline_through_the_others(curve, gone):
    others = gone != PLACES
    told = CubicSpline(PLACES[others], HEIGHTS[curve][others])(gone)
    words = f"The others say {told:.2f}; it is {HEIGHTS[curve][gone]:.2f}."
    assert words.replace("-", "\N{MINUS SIGN}") in picture_of(
        spline_chart(POINTS, description="Words."), curve=curve, gone=gone
    )


def test_the_number_halfway_is_taken_apart():
    assert "11 and 13: halfway lies 12 = 2 \u00d7 6" in picture_of(
        number_midpoint_chart(NUMBERS, description="Words."), first=0, further=1
    )
    assert "17 and 29: halfway lies 23, a prime" in picture_of(
        number_midpoint_chart(NUMBERS, description="Words."), first=2, further=3
    )


def test_the_midpoints_from_one_prime_are_counted():
    # 11 with 13, 17, 19: halfway lie 12, 14 and 15; 17 with 19, 23, 29: 18, 20 and 23.
    assert "Prime midpoints from this first prime: 0 of 3." in picture_of(
        number_midpoint_chart(NUMBERS, description="Words."), first=0
    )
    assert "Prime midpoints from this first prime: 1 of 3." in picture_of(
        number_midpoint_chart(NUMBERS, description="Words."), first=2
    )


def test_only_the_chosen_pair_is_shown():
    picture = picture_of(digit_midpoint_chart(PAIRS, description="Words."), kind="far")
    assert ">B<" in picture
    assert ">A<" not in picture


def test_the_words_say_what_the_tables_say():
    assert "wave: 0.00; in turn: 3.00" in describe_left_out(MISSES)
    assert "12 points in a row" in describe_spline(POINTS)
    assert "one, all midpoints: 50.0%, any: 30.0%" in describe_kept(KEPT.assign(base=0.3))


# Figures


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def composite(number):
    return any(number % divisor == 0 for divisor in range(2, math.isqrt(number) + 1))


def test_what_primes_keep_is_set_against_the_primes_in_the_whole_range(page):
    numbers, table = page.numbers, runs.run(between_points, seeds=range(3))
    assert numbers.base_primes == pytest.approx(100 * 5709 / 65_536)
    assert numbers.base_hard == pytest.approx(100 * 5709 / 14_981)
    primes = table[(table["task"] == "label") & (table["pairs"] == "all")]["kept"]
    kept = numbers.kept_primes
    assert kept.mean == pytest.approx(100 * primes.mean())
    reach = 4.302653 * 100 * primes.std() / np.sqrt(3)  # Student's 97.5% for two degrees of freedom
    assert (kept.low, kept.high) == pytest.approx((kept.mean - reach, kept.mean + reach))


def test_the_guesses_told_are_those_of_the_row_that_is_drawn(page):
    candidates = [n for n in range(2**16, 2**16 + 400) if math.gcd(n, 210) == 1][40:64]
    heights = np.array([float(not composite(n)) for n in candidates])
    places = np.arange(24)
    guesses = [
        float(CubicSpline(np.delete(places, gone), np.delete(heights, gone))(gone))
        for gone in range(1, 23)
    ]
    told = (page.numbers.least_guess, page.numbers.most_guess)
    assert told == pytest.approx((min(guesses), max(guesses)))
    drawn = picture_of(page.spline(), gone=guesses.index(max(guesses)) + 1)
    assert f"The others say {max(guesses):.2f}" in drawn


def test_the_digits_paired_are_of_a_class_or_not_as_the_list_says(page):
    pairs = page.digit_pairs()
    ends = pairs["words"].str.extract(r"^A (\d) and a (\d);")
    same = (ends[0] == ends[1]).groupby(pairs["kind"]).agg(["mean", "size"])
    assert same["size"].eq(10).all()
    assert same["mean"].to_dict() == {
        "nearest of its class": 1,
        "any of its class": 1,
        "of another class": 0,
    }
