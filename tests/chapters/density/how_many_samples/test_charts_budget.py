"""The calculator and its check: they read the laws backwards, and stop where the data stop."""

import re

import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.density.how_many_samples.charts.budget import budget_chart, describe_budget
from bigcurves.chapters.density.how_many_samples.charts.budget_check import (
    budget_check_chart,
    describe_budget_check,
)
from bigcurves.measures import HoleLaw, PowerLaw
from bookkit.charts.compile import compile_layouts, draw

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


def budget(table=LAWS, description="Words."):
    return budget_chart(POINTS, table, description=description)


def check(table=CHECKS, description="Words."):
    runs = CHECKS.rename(columns={"mean": "factor"})
    return budget_check_chart(runs, table, description=description)


CHARTS = pytest.mark.parametrize("make", [budget, check])


def picture(chart, **values):
    """Draw a chart as the book does, some of its parameters set."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.pop(param["name"], param["value"])
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


@CHARTS
def test_it_compiles_and_carries_its_description(make):
    vega = vl_convert.vegalite_to_vega(make().to_json(), vl_version="6.4")
    assert vega["description"] == "Words."


@CHARTS
def test_it_asks_for_a_description(make):
    with pytest.raises(ValueError, match="description"):
        make(description="")


@CHARTS
def test_a_table_without_its_columns_is_refused_by_name(make):
    with pytest.raises(ValueError, match="must have the columns"):
        make(pd.DataFrame({"nothing": [1]}))


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
