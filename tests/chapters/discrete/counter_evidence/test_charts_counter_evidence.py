"""The charts on discrete things that are learned: they show what their tables say."""

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.discrete.counter_evidence.charts.answer_table import (
    PLACE,
    answer_table_chart,
    describe_answer_table,
)
from bigcurves.chapters.discrete.counter_evidence.charts.circle_worth import (
    WHO,
    circle_worth_chart,
    describe_circle_worth,
)
from bigcurves.chapters.discrete.counter_evidence.charts.grokking import (
    OTHERS,
    TAUGHT,
    describe_grokking,
    grokking_chart,
)
from bigcurves.chapters.discrete.counter_evidence.charts.live_sums import (
    describe_live_sums,
    live_sums_chart,
)
from bigcurves.chapters.discrete.counter_evidence.charts.parity_scores import (
    RULES,
    describe_parity,
    parity_chart,
)
from bigcurves.worlds import DigitAddition
from bookkit.charts.compile import compile_layouts, draw

ENDS = {"low": 0.4, "high": 0.6}
STEPS = (40, 100, 200, 400, 1000)
COURSE = pd.DataFrame(
    [
        {"part": part, "on": on, "step": step, "mean": step / 2000 if on == OTHERS else 1.0}
        for part in ("sums", "noise")
        for on in (TAUGHT, OTHERS)
        for step in STEPS
    ]
)
FILMS = pd.DataFrame(
    [
        {"part": part, "group": group, "frequency": 1, "step": step, "number": [0, 2, 1]}
        | {"x": [0.0, 1.0, -1.0], "y": [1.0, 0.0, 0.0]}
        for part in ("sums", "noise")
        for group in (1, 2)
        for step in STEPS
    ]
)
SIZE = 7
CELLS = pd.DataFrame(
    [
        {"table": kind, "a": a, "b": b, "taught": (a + 2 * b) % 3 == 0}
        | {"answer": (a + b) % SIZE if kind == "sums" else 0}
        for kind in ("sums", "zeros")
        for a in range(SIZE)
        for b in range(SIZE)
    ]
)
WORTH = pd.DataFrame(
    [{"table": t, "who": w, "pairs": 48.0, "mean": 0.5} for t in ("sums", "noise") for w in WHO]
)
PARITY = pd.DataFrame(
    [
        {"learner": learner, "rule": rule, "task": f"3 of 20|{rule}", "mean": mean}
        for learner, mean in (("network", 0.612), ("elimination", 1.0))
        for rule in RULES
    ]
)


def lessons(n, start=0):
    sample = DigitAddition().sample(260, np.random.default_rng(0))
    rows = [row.astype(int).tolist() for row in sample.inputs]
    table = pd.DataFrame({"row": rows, "sums": sample.targets})
    return table.assign(random=table["sums"].to_numpy()[::-1])[start : start + n]


def grok(table=COURSE, description="Words."):
    runs = table.rename(columns={"mean": "share"})
    means = table.assign(**ENDS)
    return grokking_chart(runs, means, FILMS, chance=1 / 3, description=description)


def beside(table=CELLS, description="Words."):
    return answer_table_chart(table, description=description)


def worth(table=WORTH, description="Words."):
    runs = table.rename(columns={"mean": "share"})
    return circle_worth_chart(runs, table.assign(**ENDS), chance=1 / 31, description=description)


def odd(table=PARITY, description="Words."):
    runs = table.rename(columns={"mean": "share"})
    return parity_chart(runs, table.assign(**ENDS), description=description)


def live(table=None, description="Words."):
    taught = lessons(200) if table is None else table
    return live_sums_chart(taught, lessons(60, 200), description=description)


ALL = (grok, beside, worth, odd, live)
CHARTS = pytest.mark.parametrize("make", ALL)


def vega(chart):
    return vl_convert.vegalite_to_vega(chart.to_json(), vl_version="6.4")


def words_of(chart, **values):
    """Draw a chart with some controls moved, and give its picture."""
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values.pop(param["name"])
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


@CHARTS
def test_it_compiles_carries_its_description_and_names_its_controls(make):
    compiled = vega(make())
    assert compiled["description"] == "Words."
    binds = [signal["bind"] for signal in compiled["signals"] if "bind" in signal]
    assert binds
    assert all(bind["name"][0].isupper() for bind in binds)


@CHARTS
def test_it_asks_for_a_description_and_for_its_columns(make):
    with pytest.raises(ValueError, match="description"):
        make(description=" ")
    with pytest.raises(ValueError, match="must have the columns"):
        make(pd.DataFrame({"nothing": [1]}))


def test_the_step_that_is_chosen_is_the_one_that_is_told():
    for step in STEPS:
        picture = words_of(grok(), step=step)
        assert f"{OTHERS}: {step / 2000:.1%}" in picture
        assert f"after {step} steps" in picture


def test_an_answer_taught_beside_a_pair_is_marked_and_in_a_latin_table_it_is_not_the_right_one():
    """In the sums no row or column repeats an answer; where all answers are 0, 0 is beside."""
    a, b = PLACE
    assert f"right: {(a + b) % SIZE}" in words_of(beside())
    said = describe_answer_table(CELLS)
    asked = int((~CELLS["taught"]).sum() / 2)
    assert f"sums, 0 of {asked}; zeros, {asked} of {asked}" in said


def test_no_parity_loses_its_name_on_a_narrow_page():
    layers = odd().to_dict()["layer"]
    axes = [
        layer["encoding"]["x"]["axis"]
        for layer in layers
        if "axis" in layer["encoding"].get("x", {})
    ]
    assert axes
    assert all(axis["labelOverlap"] is False for axis in axes)


def test_a_parity_is_told_for_the_chosen_learner():
    assert "61.2%" in words_of(odd())
    assert "61.2%" not in words_of(odd(), learner="elimination")


def test_the_live_sums_agree_with_least_squares():
    """Below the rank least squares of least length, and beyond it exact: by numpy."""
    rows, new = lessons(200), lessons(60, 200)
    X, y = np.array(rows["row"].tolist(), float), rows["sums"].to_numpy(float)
    asked = np.array(new["row"].tolist(), float)
    for m in (30, 54, 80):
        told = asked @ np.linalg.lstsq(X[:m], y[:m])[0]
        right = int((np.rint(told) == new["sums"].to_numpy()).sum())
        assert f"{right} of 60 new pairs right" in words_of(live(), m=m)
    assert "347 + 588: 935" in words_of(live(), m=200)
    assert "999 + 1: 1000" in words_of(live(), m=200, a=999, b=1)


def test_the_words_say_what_the_tables_say():
    assert "step 200: 100.0% of the pairs taught, 10.0%" in describe_grokking(COURSE, "sums")
    assert "sums, given the circle, 48 pairs: 50.0%" in describe_circle_worth(WORTH)
    assert "elimination, every bit counts, 3 of 20 every bit counts: 100.0%" in describe_parity(
        PARITY
    )
    assert "from 60 sums, 119" in describe_live_sums(lessons(200), lessons(60, 200), {60: 119})
