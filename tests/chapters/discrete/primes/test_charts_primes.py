"""The charts on primes: they compile, show what their tables say, and refuse broken ones."""

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.discrete.primes.charts.prime_curve import (
    describe_prime_curve,
    prime_curve_chart,
)
from bigcurves.chapters.discrete.primes.charts.prime_scores import (
    SCORES,
    TASKS,
    describe_shares,
    learners_chart,
    more_numbers_chart,
    trap_chart,
)
from bigcurves.chapters.discrete.primes.charts.sieve import describe_sieve, sieve_chart
from bookkit.charts.compile import compile_layouts, draw

ENDS = {"low": 0.4, "high": 0.6}
TRAP = pd.DataFrame([{"score": s, "who": w, "mean": 0.5} for s in SCORES for w in ("net", "rule")])
LEARNERS = pd.DataFrame(
    [
        {"on": on, "learner": "net", "task": task, "mean": 0.5}
        for on in ("new numbers", "numbers learned")
        for task in TASKS
    ]
)
SIZES = pd.DataFrame(
    [{"m": m, "task": task, "mean": 0.5, "train": 1.0} for m in (125, 250) for task in TASKS]
)
NUMBERS = pd.DataFrame({"row": [0, 0, 1], "column": [0, 1, 0], "number": [11, 121, 169]})
NUMBERS["rung"] = [0, 1, 2]
RUNGS = pd.DataFrame({"flags": [0, 1, 2], "largest": [0, 11, 13], "theory": [0.5, 0.57, 0.63]})
RUNG_MEANS = pd.DataFrame({"flags": [1, 2], "mean": [0.56, 0.64], **ENDS})
# Two groups of places with a gap between them: the label changes in the gap.
PLACES = np.concatenate([np.linspace(0, 0.4, 9), np.linspace(0.6, 1, 9)])
LEARNED = pd.DataFrame({"place": PLACES, "prime": np.arange(18) % 2, "smooth": PLACES > 0.5})
NEW = pd.DataFrame({"place": PLACES + 0.01, "prime": np.arange(18) % 2, "smooth": PLACES > 0.5})


def runs_of(means):
    return means.rename(columns={"mean": "share"})


def trap(table=TRAP, description="Words."):
    return trap_chart(runs_of(table), table.assign(**ENDS), description=description)


def learners(table=LEARNERS, description="Words."):
    return learners_chart(runs_of(table), table.assign(**ENDS), description=description)


def more(table=SIZES, description="Words."):
    return more_numbers_chart(runs_of(table), table.assign(**ENDS), description=description)


def ladder(table=NUMBERS, description="Words."):
    return sieve_chart(table, RUNGS, RUNG_MEANS, description=description)


def own(table=LEARNED, description="Words."):
    return prime_curve_chart(table, NEW, description=description)


CHARTS = pytest.mark.parametrize("make", [trap, learners, more, ladder, own])


def vega(chart):
    return vl_convert.vegalite_to_vega(chart.to_json(), vl_version="6.4")


def controls(chart):
    return {s["name"]: s["bind"] for s in vega(chart)["signals"] if "bind" in s}


def words_of(chart, **values):
    """Draw a chart with some controls moved, and give the words in its picture."""
    spec = chart.to_dict()
    for param in spec["params"]:
        param["value"] = values.pop(param["name"], param.get("value"))
        if param["value"] is None:
            del param["value"]
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


@CHARTS
def test_it_compiles_and_carries_its_description(make):
    assert vega(make())["description"] == "Words."


@CHARTS
def test_it_asks_for_a_description(make):
    with pytest.raises(ValueError, match="description"):
        make(description=" ")


@CHARTS
def test_a_table_without_its_columns_is_refused_by_name(make):
    with pytest.raises(ValueError, match="must have the columns"):
        make(pd.DataFrame({"nothing": [1]}))


def test_every_control_says_what_it_is():
    for make in (trap, learners, more, ladder, own):
        assert all(
            " " in bind["name"] or bind["name"].istitle() for bind in controls(make()).values()
        )


def test_the_slider_has_one_step_for_each_size_and_for_each_rung():
    assert (controls(more())["doublings"]["min"], controls(more())["doublings"]["max"]) == (0, 1)
    assert (controls(ladder())["flags"]["min"], controls(ladder())["flags"]["max"]) == (0, 2)


def test_a_composite_is_crossed_out_from_its_own_rung_on():
    """Of three numbers one is prime, one goes at the first rung and one at the second."""
    counts = []
    for flags in (0, 1, 2):
        picture = words_of(ladder(), flags=flags)
        counts.append(picture.count("kind: composite, caught"))
    assert counts == [0, 1, 2]


def test_the_live_curve_scores_itself():
    """A narrow bump repeats its numbers; the new ones beside them tell only the smooth label.

    The primes here alternate, and each new number lies beside one learned with its label.
    """
    smooth = words_of(own(), label="smooth", bump=-3)
    assert "numbers learned: 100% right" in smooth
    assert "new numbers: 100% right" in smooth
    wide = words_of(own(), label="prime", bump=-0.5)
    gaps = NEW["place"].to_numpy()[:, np.newaxis] - PLACES
    weights = np.exp(-0.5 * gaps**2 / 0.1)  # the bump's width is the root of a tenth
    told = weights @ LEARNED["prime"].to_numpy() / weights.sum(axis=1) > 0.5
    assert f"new numbers: {(told == NEW['prime']).mean():.0%} right" in wide


def test_the_words_say_what_the_tables_say():
    assert "net, smooth label: 50.0%" in describe_shares(LEARNERS, ["learner", "task"], "End.")
    assert "2 divisors: 63.0% in theory, 64.0% measured" in describe_sieve(RUNGS, RUNG_MEANS)
    assert "18 new numbers" in describe_prime_curve(LEARNED, NEW)
