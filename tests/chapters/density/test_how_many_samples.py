"""The two budgets: rows as promised, laws that come back, charts that read them backwards."""

import re
from math import gamma

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.density.how_many_samples import coverage_budget, figures
from bigcurves.chapters.density.how_many_samples.budget_table import budget_table
from bigcurves.chapters.density.how_many_samples.charts.budget import budget_chart, describe_budget
from bigcurves.chapters.density.how_many_samples.charts.budget_check import (
    budget_check_chart,
    describe_budget_check,
)
from bigcurves.chapters.density.how_many_samples.coverage_budget import Settings
from bigcurves.measures import HoleLaw, PowerLaw
from bigcurves.running import runs
from bookkit.charts.compile import compile_layouts, draw

SMALL = Settings(dimensions=(1, 2), fitted=(50, 200, 800), checked=(100, 400), probes=2000)
FITTED, CHECKED = (100, 400, 1600), (200, 800)

EXACT = {"standard_error": 0.0, "r_squared": 1.0}
POWERS = {
    "gap": PowerLaw(slope=-0.5, prefactor=0.6, **EXACT),
    "hole": PowerLaw(slope=-0.53, prefactor=0.9, **EXACT),
}
LAWS = pd.DataFrame(
    {"d": 2, "kind": kind, "slope": law.slope, "prefactor": law.prefactor, "low": 0.7, "high": 1.4}
    for kind, law in POWERS.items()
).assign(first=100, last=25_600)
POINTS = pd.DataFrame({"d": 2, "n": [100, 200], "kind": ["gap", "hole"], "distance": [0.06, 0.2]})
POINTS["role"] = ["fitted", "checked"]
CHECKS = pd.DataFrame({"d": [2, 2], "law": ["the hole's own law", "the gap's law"]})
CHECKS = CHECKS.assign(sizes="not used in the fit", mean=[1.0, 12.0], low=[0.9, 11.0], high=13.0)


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(coverage_budget.run(SMALL, 3))


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


# Coverage


def test_there_is_one_row_for_each_dimension_and_size(small):
    assert list(small.columns) == [
        *("seed", "d", "n", "role", "gap", "hole", "gap_law", "hole_law", "for_gap", "for_hole")
    ]
    assert len(small) == len(small.drop_duplicates(["d", "n"])) == 2 * 5
    assert set(small["seed"]) == {3}
    assert set(small.loc[small["role"] == "checked", "n"]) == {100, 400}


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, pd.DataFrame(coverage_budget.run(SMALL, 3)))
    assert not small["gap"].equals(pd.DataFrame(coverage_budget.run(SMALL, 4))["gap"])


def test_the_gap_has_its_closed_form_on_a_line_and_in_the_plane(small):
    # The mean of the squared nearest distance, far from edges: Gamma(1 + 2/d) / (n V)^(2/d),
    # V the unit ball's volume. On a line with its two ends, exactly: the distance exceeds r with
    # the chance (1 - 2 r)^n inside and (1 - r)^n at the ends; to first order in 1/n that is
    # 1 / (2 n^2), times 1 + 3.5/n. Spread: 2,000 probes, but only n gaps: 10 % at n = 800.
    for d, volume in ((1, 2.0), (2, np.pi)):
        rows = small[small["d"] == d]
        theory = np.sqrt(gamma(1 + 2 / d) / (rows["n"] * volume) ** (2 / d))
        assert (rows["gap"] / theory).mean() == pytest.approx(1, abs=0.15)


def test_a_grid_is_as_deep_as_its_cell_is():
    grid = Settings(dimensions=(2,), fitted=(100, 400), checked=(900,), placement="grid")
    rows = pd.DataFrame(coverage_budget.run(grid, 0))
    side = 1 / np.sqrt(rows["n"])
    assert rows["n"].tolist() == [100, 400, 900]
    # A square cell: corner at side / sqrt 2, root mean square from the middle side / sqrt 6.
    # The climb stops within a hundredth of a corner; 16,384 probes know the mean to 1 %.
    assert (rows["hole"] / side).to_numpy() == pytest.approx(1 / np.sqrt(2), rel=0.01)
    assert (rows["gap"] / side).to_numpy() == pytest.approx(1 / np.sqrt(6), rel=0.03)


def test_half_the_range_leaves_the_other_half_open():
    half = Settings(dimensions=(2,), fitted=(100, 400), checked=(900,), reach=0.5)
    rows = pd.DataFrame(coverage_budget.run(half, 0))
    assert rows["hole"].to_numpy() == pytest.approx(np.sqrt(0.5), abs=0.05)
    assert rows["gap"].std() < 0.02


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reach": 0.0}, "reach must be above 0 and at most 1, got 0.0"),
        ({"reach": float("nan")}, "reach must be above 0 and at most 1, got nan"),
        ({"placement": "sobol"}, "placement must be random or grid, got 'sobol'"),
    ],
)
def test_bad_settings_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        Settings(**change)


# The budget table


def exact_runs(miss=1.0):
    """Give two seeds of exact laws, whose unseen sizes take `miss` times, or 1 / miss, as many."""
    rows = []
    for seed, factor in ((0, miss), (1, 1 / miss)):
        for n in sorted((*FITTED, *CHECKED)):
            meant = n if n in FITTED else n / factor
            gap = 0.6 * meant**-0.5
            hole = 0.9 * (n / np.log(n)) ** -0.5
            role = "fitted" if n in FITTED else "checked"
            rows.append({"seed": seed, "d": 2, "n": n, "role": role, "gap": gap, "hole": hole})
    return pd.DataFrame(rows)


def test_exact_laws_come_back_and_no_draw_strays():
    table = budget_table(exact_runs()).set_index("kind")
    assert table["slope"].tolist() == pytest.approx([-0.5, -0.5])
    assert table["prefactor"].tolist() == pytest.approx([0.6, 0.9])
    assert table[["low", "high"]].to_numpy() == pytest.approx(np.ones((2, 2)))
    assert table["first"].tolist() == [100, 100]
    assert table["last"].tolist() == [1600, 1600]


def test_the_reach_is_that_of_draws_that_no_law_has_seen():
    # All draws miss by a half or twice, so the whole range is from one to the other.
    table = budget_table(exact_runs(miss=2.0), level=1.0).set_index("kind")
    assert table.loc["gap", ["low", "high"]].tolist() == pytest.approx([0.5, 2.0])
    assert table.loc["hole", ["low", "high"]].tolist() == pytest.approx([1.0, 1.0])


# Charts


def budget():
    return budget_chart(POINTS, LAWS, description="Words.")


def check():
    single = CHECKS.rename(columns={"mean": "factor"})
    return budget_check_chart(single, CHECKS, description="Words.")


def picture(chart, **values):
    """Draw a chart as the book does, some of its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.pop(param["name"], param["value"])
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


def answers(svg):
    """Read the numbers of samples that stand above the frame, as (gap, hole)."""
    said = re.findall(r">[^<>]*below [\d.]+: ([\d,]+) samples", svg)
    return [float(number.replace(",", "")) for number in said]


@pytest.mark.parametrize("r", [0.03, 0.05])
def test_the_answers_are_the_laws_read_backwards(r):
    # The package inverts n / log n by Lambert's function, the page by rounds; two digits are said.
    wanted = [POWERS["gap"].size_for(r), HoleLaw(power=POWERS["hole"]).samples(r)]
    assert answers(picture(budget(), r=r)) == pytest.approx(wanted, rel=0.051)


def test_no_answer_is_given_outside_of_what_was_measured():
    # .3 takes (.6 / .3)^2 = 4 samples for the gap, and .005 takes 14,400, and more for the hole.
    assert answers(picture(budget(), r=0.3)) == []
    assert picture(budget(), r=0.3).count("no answer") >= 2
    assert len(answers(picture(budget(), r=0.005))) == 1


def test_the_check_shows_one_kind_of_sizes_at_a_time():
    unseen, seen = (
        picture(check(), which=which) for which in ("not used in the fit", "used in the fit")
    )
    assert len(unseen) > len(seen)


def test_the_words_come_from_the_tables():
    assert "with d = 2 the gap falls with slope -0.50" in describe_budget(LAWS)
    assert "d = 2, the gap's law: 12" in describe_budget_check(CHECKS)


# What the page says


def test_the_gaps_law_is_short_by_what_the_runs_say(page):
    table = runs.run(coverage_budget, seeds=range(3))
    rows = table[(table["d"] == 4) & (table["role"] == "checked")]
    assert len(rows) == 3 * 4
    # As many sizes to each seed, so the mean of their means is the mean of all, in logarithms.
    wanted = (rows["n"] / rows["for_gap"]).prod() ** (1 / 12)
    assert page.numbers.short_four == pytest.approx(wanted)


def test_a_budget_leaves_the_hole_that_was_asked_for(page):
    for d, samples in ((2, page.numbers.for_two), (4, page.numbers.for_four)):
        law = page.law("hole", d)
        assert law.prefactor * (samples / np.log(samples)) ** law.slope == pytest.approx(0.15)


def test_each_law_is_its_own(page):
    # Near -1/d for the gap: the claim coverage-gap-law allows 15 %.
    assert page.law("gap", 2).slope == pytest.approx(-1 / 2, rel=0.15)
    assert page.law("gap", 4).slope == pytest.approx(-1 / 4, rel=0.15)
    assert page.law("hole", 4).prefactor > page.law("gap", 4).prefactor
