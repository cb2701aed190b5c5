"""The charts on a lying teacher: they compile, count what they say, and refuse bad tables."""

import numpy as np
import pandas as pd
import pytest
import vl_convert
from sklearn.kernel_ridge import KernelRidge

from bigcurves.chapters.discrete.random_labels.charts.bend import (
    PENALTY,
    bend_chart,
    describe_bend,
    fit_shares,
)
from bigcurves.chapters.discrete.random_labels.charts.lies import (
    LINES,
    describe_teacher,
    readouts,
    teacher_chart,
)
from bigcurves.chapters.discrete.random_labels.charts.register import (
    counts,
    describe_register,
    register_chart,
)
from bigcurves.chapters.discrete.random_labels.charts.stops import (
    STOPS,
    describe_stops,
    stops_chart,
)
from bigcurves.plotting.picture import sprite
from bookkit.charts.compile import compile_layouts, draw

ENDS = {"low": 0.4, "high": 0.6}
COURSE = pd.DataFrame(
    [
        {"part": part, "line": line, "epoch": epoch, "mean": 0.1 * place + 0.02 * epoch}
        for part in ("some", "all")
        for place, line in enumerate(LINES)
        for epoch in (1, 4, 16)
    ]
)
KNOWN = pd.DataFrame(
    [{"random": r, "stop": s, "mean": 0.5 + r / 4} for r in (0.0, 0.6, 1.0) for s in STOPS]
)
DIGITS = pd.DataFrame({"place": [0, 1, 2], "truth": [7, 8, 9], "told": [1, 2, 3]})
DIGITS["picture"] = sprite(np.zeros((1, 8, 8)))
ANSWERS = pd.DataFrame({"epoch": [1, 50], 0: [7, 1], 1: [8, 2], 2: [5, 3]})
PLACES = (np.arange(30) + 0.5) / 30
POINTS = pd.DataFrame({"place": PLACES, "truth": np.where(PLACES < 0.5, 1, -1)})
POINTS["turn"] = np.random.default_rng(0).permutation(30)
NEW = pd.DataFrame({"place": [0.2, 0.8], "truth": [1, -1]})


def teacher(table=COURSE, description="Words."):
    runs, means = table.rename(columns={"mean": "share"}), table.assign(**ENDS)
    return teacher_chart(runs, means, part="some", when=1, description=description)


def stops(table=KNOWN, description="Words."):
    means = table.assign(**ENDS)
    return stops_chart(table.rename(columns={"mean": "share"}), means, description=description)


def register(table=DIGITS, description="Words."):
    return register_chart(table, ANSWERS, when=0, description=description)


def bend(table=POINTS, description="Words."):
    return bend_chart(table, NEW, most=20, description=description)


CHARTS = pytest.mark.parametrize("make", [teacher, stops, register, bend])


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


def test_the_words_above_the_lines_follow_the_slider_and_the_list():
    assert "fits the lie: 18%" in picture_of(teacher())  # 0.1 + 0.02 * 4
    later = picture_of(teacher(), when=2, part="all")
    assert "Epoch 16" in later
    assert "new digits: 52%" in later


def test_a_part_without_lies_is_told_of_new_digits_only():
    table = COURSE[COURSE["line"] == "new digits"]
    assert readouts(table, [1, 4])["some"] == [
        ["Epoch 1", "new digits: 22%"],
        ["Epoch 4", "new digits: 28%"],
    ]


def test_answers_are_counted_as_true_as_told_or_neither():
    assert counts(DIGITS, ANSWERS) == [
        "Epoch 1: 2 true, 0 as told, 1 neither",
        "Epoch 50: 0 true, 3 as told, 0 neither",
    ]
    first, last = picture_of(register()), picture_of(register(), when=1)
    assert "says 5" in first
    assert "2 true, 0 as told" in first
    assert "says 3" in last
    assert "3 as told" in last


@pytest.mark.parametrize("bump", [-0.6, -1.2, -2.2])
@pytest.mark.parametrize("lies", [6, 12])
def test_the_curve_counts_what_kernel_ridge_says(bump, lies):
    liar = POINTS["turn"] < lies
    taught = np.where(liar, -POINTS["truth"], POINTS["truth"])
    model = KernelRidge(kernel="rbf", gamma=0.5 / 10 ** (2 * bump), alpha=PENALTY)
    model.fit(POINTS[["place"]].to_numpy(), taught)
    fooled = np.mean(
        (model.predict(POINTS.loc[liar, ["place"]].to_numpy()) > 0) == (taught[liar] > 0)
    )
    right = np.mean((model.predict(NEW[["place"]].to_numpy()) > 0) == (NEW["truth"] > 0))
    assert fit_shares(POINTS, NEW, lies=lies, width=bump) == pytest.approx(
        (fooled, 1 - fooled, right)
    )
    drawn = picture_of(bend(), bump=bump, lies=lies)
    assert f"fits the lie: {fooled:.0%}" in drawn
    assert f"right in between: {right:.0%}" in drawn


def test_the_words_say_what_the_tables_say():
    assert "knows the truth: 2% after epoch 1, at most 32% at epoch 16" in describe_teacher(
        COURSE, "some"
    )
    assert "60% random, when no label is missed: 65.0%" in describe_stops(KNOWN)
    assert "Epoch 50: 0 true, 3 as told" in describe_register(DIGITS, ANSWERS, 0)
    assert "30 labels of 1 and -1" in describe_bend(POINTS, NEW)
