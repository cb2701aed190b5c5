"""The charts of data, not model: they compile, show what their tables say, refuse broken ones."""

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.density.data_not_model.charts.partly import (
    LiveDigits,
    describe_partly,
    partly_chart,
)
from bigcurves.chapters.density.data_not_model.charts.scrambling import (
    describe_scramblings,
    describe_table,
    scramble_table,
    scramblings_chart,
)
from bigcurves.chapters.density.data_not_model.charts.sparse import describe_sparse, sparse_chart
from bigcurves.plotting.picture import sprite

PICTURE = sprite(np.eye(8)[np.newaxis])
STRIPS = pd.DataFrame({"name": ["as they are", "shuffled"], "page": 1, "picture": PICTURE})
LABELS = pd.DataFrame({"name": "as they are", "page": 1, "place": range(8), "label": range(8)})
DATA = ["as they are", "shuffled"]
SHARES = pd.DataFrame(
    {"digits": ["new", "new", "training"], "data": ["as they are", "shuffled"] * 1 + ["shuffled"]}
)
SHARES = SHARES.assign(model="network", share=[0.95, 0.11, 1.0])
SPARSE = pd.DataFrame({"digits": "shifted", "model": "forest", "n": [50, 800], "test": [0.3, 0.8]})
DEALT = pd.DataFrame({"dealing": ["alike", "apart", "apart"], "moved": [0, 0, 64]})
DEALT = DEALT.assign(mean=[0.95, 0.95, 0.1])
DIGITS = LiveDigits(
    known=[[0] * 64, [16] * 64],
    asked=[[15] * 64] * 30,
    known_ranks=[list(range(64))] * 2,
    asked_ranks=[list(range(64))] * 30,
    taught=[3, 5],
    truth=[5] * 30,
    order=list(range(64)),
)


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def pictures(table=STRIPS, description="Words."):
    return scramblings_chart(table, LABELS, description=description)


def scrambles(table=SHARES, description="Words."):
    means = mean_of(SHARES, "share")
    return scramble_table(table, means, data=DATA, description=description)


def sparse(table=SPARSE, description="Words."):
    return sparse_chart(table, mean_of(SPARSE, "test"), description=description)


def partly(table=None, description="Words."):
    table = mean_of(DEALT, "mean") if table is None else table
    return partly_chart(DIGITS, table, description=description)


TABLES = {pictures: STRIPS, scrambles: SHARES, sparse: SPARSE, partly: mean_of(DEALT, "mean")}
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


def with_value(chart, **values):
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values[param["name"]]
    return vl_convert.vegalite_to_svg(spec, vl_version="6.4")


def test_the_table_prints_each_share_and_changes_to_training_digits():
    assert "95.0%" in svg(scrambles())
    assert "11.0%" in svg(scrambles())
    assert "100.0%" in with_value(scrambles(), digits="training")


def test_a_guess_is_drawn_once_there_is_one():
    assert "your guess" not in svg(scrambles())
    assert "your guess" in with_value(scrambles(), guess=50)


def test_labels_stand_below_their_digits():
    assert all(f">{label}<" in svg(pictures()) for label in range(8))


def test_live_digits_go_to_the_kernels():
    params = {param["name"]: param for param in partly().to_dict()["params"]}
    assert params["known"]["value"] == DIGITS.known
    assert params["truth"]["value"] == DIGITS.truth
    assert params["named"]["expr"] == "nearestLabels(askedNow, knownNow, taught)"


def test_descriptions_say_what_the_tables_say():
    assert "8 digits" in describe_scramblings(STRIPS)
    told = describe_table(mean_of(SHARES, "share"))
    assert "shuffled: network 11.0%" in told
    assert "100.0% or more" in told
    assert "shifted, forest: 30 to 80%" in describe_sparse(mean_of(SPARSE, "test"))
    assert "apart: 95% at 0" in describe_partly(mean_of(DEALT, "mean"))
