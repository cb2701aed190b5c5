"""The charts of wrong labels: they compile, show what their tables say, refuse broken ones."""

import numpy as np
import pandas as pd
import pytest
import vl_convert

from bigcurves.chapters.density.more_data_better_data.charts.label_noise import (
    describe_noise_curves,
    noise_curves,
)
from bigcurves.chapters.density.more_data_better_data.charts.noise_map import (
    describe_map,
    equal_error_lines,
    noise_map,
)
from bigcurves.chapters.density.more_data_better_data.charts.rates import (
    describe_rates,
    rates_chart,
)
from bigcurves.chapters.density.more_data_better_data.charts.votes import (
    GRID,
    LivePoints,
    describe_votes,
    votes_chart,
)

CURVES = pd.DataFrame(
    {"flips": "spread out", "share": [0.2, 0.4] * 2, "n": [100, 100, 400, 400], "error": 0.3}
)
MAP = pd.DataFrame(
    [
        {"flips": flips, "share": share, "n": n, "mean": share / 2 + 10 / n}
        for flips in ("spread out", "all to the next class")
        for share in (0.0, 0.4, 0.6, 0.8)
        for n in (100, 200, 400)
    ]
)
MAP = MAP.assign(low=MAP["mean"] * 0.9, high=MAP["mean"] * 1.1)
RATES = pd.DataFrame({"flips": "spread out", "share": 0.4, "n": [400, 1600], "rate": [8.0, 4.0]})
GUIDES = pd.DataFrame({"flips": ["spread out"], "share": 0.4, "guide": 4.0, "name": "guide 4.0"})
PLACES = pd.DataFrame({"x": [0.0, 0.5], "y": [0.5, 1.0], "cell": [0, 1]})
POINTS = LivePoints(
    xs=[0.2, 0.7],
    ys=[0.3, 0.6],
    truth=[0, 1],
    spread=[3, 4],
    next_one=[1, 2],
    chances=[0.1, 0.9],
)


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def curves(table=CURVES, description="Words."):
    return noise_curves(table, mean_of(CURVES, "error"), description=description)


def atlas(table=MAP, description="Words."):
    return noise_map(table, equal_error_lines(MAP, (0.2,)), description=description)


def rates(table=RATES, description="Words."):
    return rates_chart(table, mean_of(RATES, "rate"), GUIDES, description=description)


def votes(table=PLACES, description="Words."):
    return votes_chart(POINTS, table, description=description)


TABLES = {curves: CURVES, atlas: MAP, rates: RATES, votes: PLACES}
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


def test_a_line_of_equal_error_is_where_the_error_is_equal():
    lines = equal_error_lines(MAP, (0.2, 0.9))
    # By construction the error is share / 2 + 10 / n, so share = 2 (level - 10 / n).
    assert set(lines["level"]) == {0.2}, "no error reaches 0.9"
    expected = 2 * (0.2 - 10 / lines["n"])
    np.testing.assert_allclose(lines["share"], expected, atol=1e-12)


def test_the_point_on_the_map_reads_its_error():
    spec = atlas().to_dict()
    for param in spec["params"]:
        param["value"] = {"step": 1, "share": 0.4}.get(param["name"], param.get("value"))
    picture = vl_convert.vegalite_to_svg(spec, vl_version="6.4")
    assert "200 rows, 40% wrong: error 25.0% (22.5% to 27.5%)" in picture


def test_guides_are_named():
    assert "guide 4.0" in svg(rates())


def test_points_go_to_the_kernels():
    params = {param["name"]: param for param in votes().to_dict()["params"]}
    assert params["truth"]["value"] == [0, 1]
    assert "flipLabels(" in params["labelsNow"]["expr"]


def test_the_vote_is_held_in_the_middle_of_each_square():
    (named,) = [
        calculate["calculate"]
        for layer in votes().to_dict()["layer"]
        for calculate in layer.get("transform", [])
        if "voteAt" in calculate.get("calculate", "") and "encoding" in layer
        if "x2" in layer["encoding"]
    ]
    assert named.startswith(f"voteAt(datum.x + {0.5 / GRID}, datum.y - {0.5 / GRID}, ")


def test_descriptions_say_what_the_tables_say():
    assert "from 30% to 30.0%" in describe_noise_curves(mean_of(CURVES, "error"))
    assert "at 40% wrong 30% to 22.5%" in describe_map(MAP)
    assert "8.0 at 400 rows" in describe_rates(mean_of(RATES, "rate"))
    assert "2 training points" in describe_votes(POINTS)
