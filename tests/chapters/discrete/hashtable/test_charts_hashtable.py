"""The charts on memory: they answer as the network and the dict do, and count as they should."""

import altair as alt
import numpy as np
import pandas as pd
import pytest
import vl_convert
from scipy.special import expit

from bigcurves.chapters.discrete.hashtable.charts.ask_key import (
    ask_key_chart,
    confidence_bins,
    describe_ask_key,
)
from bigcurves.chapters.discrete.hashtable.charts.bends import bends_chart, changes, describe_bends
from bigcurves.chapters.discrete.hashtable.charts.store_costs import (
    COSTS,
    describe_store_costs,
    store_costs_chart,
)
from bigcurves.chapters.discrete.hashtable.charts.store_width import (
    SEARCHES,
    TASKS,
    describe_store_width,
    store_width_chart,
)
from bigcurves.learners import BitStore
from bigcurves.worlds import Keys
from bookkit.charts.compile import compile_layouts, draw

BITS = 5
STORED = {3: 1, 8: 0, 21: 1}
WIDTHS = pd.DataFrame(
    [
        {"search": search, "task": task, "m": m, "mean": m / 16, "low": m / 20, "high": m / 14}
        for search in SEARCHES
        for task in TASKS
        for m in (64, 128)
    ]
)
BILL = pd.DataFrame(
    [
        {"cost": cost, "memory": memory, "kind": kind, "value": value, "note": f"{value:g}"}
        for cost in COSTS
        for memory, kind, value in (
            ("dict", "can say not found", 500.0),
            ("network", "answers anything", 13.0),
        )
    ]
)
LINE = pd.DataFrame({"place": [0.9, 0.1, 0.5, 0.3, 0.7]})
LINE["random"], LINE["smooth"] = [1, 1, 1, -1, -1], [1, -1, 1, -1, 1]


def network():
    rng = np.random.default_rng(0)
    arrays = rng.standard_normal((BITS + 1, 4)), rng.standard_normal(4), rng.standard_normal(1)
    return BitStore(arrays=tuple(array.astype(np.float32) for array in arrays), steps=0)


def ask(table=None, description="Words."):
    weights, out, offset = network().arrays
    rows = {"weights": weights[:-1].T.tolist(), "bias": weights[-1], "out": out}
    units = pd.DataFrame(rows) if table is None else table
    sure = pd.concat([confidence_bins(np.array([0.6, 0.97]), kind) for kind in BINS])
    return ask_key_chart(
        units, STORED, sure, offset=float(offset[0]), first=12, description=description
    )


BINS = ("keys stored", "keys never seen")


def width(table=WIDTHS, description="Words."):
    runs = table.rename(columns={"mean": "width"})
    return store_width_chart(runs, table, description=description)


def bill(table=BILL, description="Words."):
    return store_costs_chart(table, description=description)


def bent(table=LINE, description="Words."):
    return bends_chart(table, description=description)


CHARTS = pytest.mark.parametrize("make", [ask, width, bill, bent])


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


@pytest.mark.parametrize("flip", [-1, 0, 4])
def test_the_page_answers_every_key_as_the_network_does(flip):
    """The weights are handed over in full, so that the shares agree to every digit shown."""
    for key in (0, 3, 12, 31):
        asked = key if flip < 0 else key ^ (1 << flip)
        row = Keys(bits=BITS).render(np.array([[asked / 2**BITS]]))
        (odds,) = network().log_odds(row)
        picture = words_of(ask(), key=key, flip=flip)
        assert f"network: {int(odds > 0)}, {expit(abs(odds)):.1%} sure" in picture
        told = STORED.get(asked, "KeyError, not found")
        assert f"dict: {told}" in picture
        assert (", and it never saw this key" in picture) == (asked not in STORED)
        assert f"Key {asked}, in binary {asked:05b}" in picture


def test_confidence_is_counted_in_bins_that_hold_every_key():
    table = confidence_bins(np.array([0.5, 0.51, 0.999, 1.0]), "keys stored")
    assert table["share"].sum() == pytest.approx(1)
    assert table["share"].iloc[0] == table["share"].iloc[-1] == 0.5


def test_the_slider_tells_the_widths_of_its_size():
    assert "4.00 units" in words_of(width(), doublings=0)
    assert "8.00 units" in words_of(width(), doublings=1)
    assert "your guess: 5" in words_of(width(), guess=5)


def test_the_bill_shows_the_cost_that_is_chosen():
    for cost, name in COSTS.items():
        assert name in words_of(bill(), cost=cost)


def test_changes_are_counted_along_the_line_and_not_in_the_order_of_arrival():
    """Along the line the random answers read 1, -1, 1, -1, 1, and the smooth -1, -1, 1, 1, 1."""
    assert (changes(LINE, "random", 5), changes(LINE, "smooth", 5)) == (4, 1)
    assert "5 bits; changes: 4; units: at least 3" in words_of(bent(), n=5)
    assert "5 bits; changes: 1; units: at least 1" in words_of(bent(), n=5, label="smooth")


def test_the_line_turns_at_the_points_themselves():
    """Steps of a fixed width would pass beside the points and cut the corners off."""
    spec = bent().to_dict()
    line = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    places = {row["place"] for row in spec["datasets"][line["data"]["name"]]}
    assert places == {0, 1, *LINE["place"]}


def test_the_words_say_what_the_tables_say():
    assert "random bits, where one start of five must succeed, from 4.00 to 8.00" in (
        describe_store_width(WIDTHS)
    )
    assert "dict, 500" in describe_store_costs(BILL)
    assert "among 5" in describe_bends(LINE)
    sure = pd.concat([confidence_bins(np.array([0.6, 0.97]), kind) for kind in BINS])
    assert "the key is 12, which is not found" in describe_ask_key(sure, STORED, 12)
    assert "keys stored, 50%; keys never seen, 50%" in describe_ask_key(sure, STORED, 12)


def test_a_box_to_type_into_holds_a_key_of_its_range():
    spec = compile_layouts(ask().to_dict())["wide"]
    boxes = [control for control in draw(spec).controls if control.kind == "number"]
    assert [(box.signal, box.limits) for box in boxes] == [("key", (0, 31, 1))]
    assert (
        'type="number" id="fig-x-key" data-signal="key" min="0" max="31" step="1" value="12"'
        in (boxes[0].html("fig-x"))
    )


def test_a_box_to_type_into_must_tell_its_range():
    box = alt.param(name="key", value=1, bind=alt.BindInput(input="number", name="Type a key"))
    with pytest.raises(ValueError, match="must tell its range as its placeholder"):
        words_of(bent().add_params(box))
