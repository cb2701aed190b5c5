"""The charts of double descent: they compile, show what their tables say, refuse broken ones."""

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.density.double_descent.charts.calming import (
    LiveCosines,
    calming_chart,
    describe_calming,
)
from bigcurves.chapters.density.double_descent.charts.descent import descent_chart, describe_descent
from bigcurves.chapters.density.double_descent.charts.interpolation import (
    MACHINES,
    describe_tempered,
    describe_threshold,
    tempered_chart,
    threshold_chart,
)
from bigcurves.plotting.picture import sprite

PICTURE = sprite(np.zeros((10, 8, 8)))
RUNS = pd.DataFrame({"labels": "real", "features": [50, 200], "error": [0.1, 0.8]})
RUNS = RUNS.assign(norm=[2.0, 40.0])
MEANS = RUNS.assign(size=[0, 4])
for _value in ("error", "norm"):
    MEANS = MEANS.assign(
        **{f"{_value}_low": 0.9 * MEANS[_value], f"{_value}_high": 1.1 * MEANS[_value]}
    )
NAMES = pd.DataFrame({"labels": "real", "size": 4, "place": range(10), "named": range(10)})
NAMES = NAMES.assign(right=[True] * 9 + [False])
GROWN = pd.DataFrame({"fit": ["plain", "damped"], "n": 200, "test": [0.8, 0.1]})
NOISY = pd.DataFrame({"labels": ["none", "a fifth"], "machine": next(iter(MACHINES)), "n": 50})
NOISY = NOISY.assign(test=[0.1, 0.4])
WRONG = pd.DataFrame({"labels": ["none", "a fifth"], "share": [0.0, 0.18]})
TRUTH = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 0.5]})
COSINES = LiveCosines(
    xs=[0.1, 0.5, 0.9],
    ys=[0.0, 1.0, 0.0],
    frequencies=[1.0, 2.0, 3.0, 4.0],
    phases=[0.0, 0.1, 0.2, 0.3],
    dragged=1,
)


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def descent(table=RUNS, description="Words."):
    return descent_chart(table, MEANS, NAMES, picture=PICTURE, rows=200, description=description)


def threshold(table=GROWN, description="Words."):
    means = mean_of(GROWN, "test")
    return threshold_chart(table, means, features=200, description=description)


def tempered(table=NOISY, description="Words."):
    return tempered_chart(table, mean_of(NOISY, "test"), WRONG, description=description)


def calming(table=TRUTH, description="Words."):
    return calming_chart(COSINES, table, description=description)


TABLES = {descent: RUNS, threshold: GROWN, tempered: NOISY, calming: TRUTH}
CHARTS = pytest.mark.parametrize("draw", TABLES, ids=lambda draw: draw.__name__)


def svg(chart):
    return vl_convert.vegalite_to_svg(chart.to_json(), vl_version="6.4")


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


def test_the_model_of_the_chosen_size_is_read_off_and_its_mistakes_are_crossed():
    picture = svg(descent())
    assert "200 features: error 80.0%" in picture
    assert picture.count(">\N{BALLOT X} ") == 1
    assert picture.count("<image") == 1


def test_wrong_labels_are_marked_where_there_are_any():
    assert "wrong labels" in svg(tempered())


def test_the_dragged_point_takes_part_in_the_fit():
    params = {param["name"]: param for param in calming().to_dict()["params"]}
    assert params["xsNow"]["expr"] == "[0.1, px, 0.9]"
    assert params["ysNow"]["expr"] == "[0.0, py, 0.0]"


def test_descriptions_say_what_the_tables_say():
    assert "80% with 200" in describe_descent(MEANS)
    assert "plain: 80% with 200" in describe_threshold(mean_of(GROWN, "test"))
    assert "40.0%" in describe_tempered(mean_of(NOISY, "test"))
    assert "3 noisy points" in describe_calming(COSINES)


def test_both_fits_are_named_where_their_lines_are_farthest_apart():
    drawn = svg(threshold())
    assert ">plain<" in drawn
    assert ">damped<" in drawn
