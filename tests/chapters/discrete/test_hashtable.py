"""The hashtable: rows and bits as promised, dated times, charts that answer as the memories do."""

import ast
import datetime
from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from bigcurves.chapters.discrete.hashtable import costs, figures, hashtable
from bigcurves.chapters.discrete.hashtable.charts.ask_key import (
    ask_key_chart,
    confidence_bins,
    describe_ask_key,
)
from bigcurves.chapters.discrete.hashtable.charts.slope_changes import (
    changes,
    describe_slope_changes,
    slope_changes_chart,
)
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
from bigcurves.running import runs
from bigcurves.worlds import Keys
from bookkit.charts.compile import compile_layouts, draw

TINY = hashtable.Settings(sizes=(16, 32), starts=2, strangers=300)
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
BINS = ("keys stored", "keys never seen")


@pytest.fixture(scope="module")
def table():
    return pd.DataFrame(hashtable.run(TINY, 3))


def test_rows_are_tidy_and_repeatable(table):
    assert (table["seed"] == 3).all()
    assert not table.duplicated(["part", "task", "m", "memory"]).any()
    assert table.groupby(["part", "task"]).size().to_dict() == {
        ("width", "random"): 2,
        ("width", "curve"): 2,
        ("memory", "random"): 8,
    }
    pd.testing.assert_frame_equal(table, pd.DataFrame(hashtable.run(TINY, 3)))
    assert not table.equals(pd.DataFrame(hashtable.run(TINY, 4)).assign(seed=3))


def test_bits_are_parameters_and_slots_shared_out(table):
    widths = table[(table["part"] == "width") & (table["task"] == "random")].set_index("m")
    bits = table[table["part"] == "memory"].set_index("memory")["bits"]
    least, reliable = (widths.loc[32, name] for name in ("smallest", "reliable"))
    assert widths.loc[32, "parameters"] == 18 * least + 1
    assert bits["smallest network"] == 32 * (18 * least + 1) / 32
    assert bits["reliable network"] == 32 * (18 * reliable + 1) / 32
    assert bits["xor table"] == np.ceil(1.23 * 32) / 32
    assert bits["bitmap"] == 2**16 / 32
    assert bits["bitmap of known keys"] == 2**17 / 32
    assert bits["entropy of the labels"] <= 1 < bits["rounded network"] < bits["smallest network"]


def test_strangers_with_random_bits_are_answered_by_chance(table):
    random = table[(table["part"] == "width") & (table["task"] == "random")]
    # 300 strangers: the standard error of a score is .029
    assert random["strangers"].between(0.38, 0.62).all()
    assert random["confidence"].between(0.5, 1).all()


def test_each_memory_is_one_that_the_experiment_counts_the_bits_of():
    text = Path(hashtable.__file__).read_text("utf-8")
    counted = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
    names = [each["memory"] for each in costs.COSTS]
    assert len(names) == len(set(names)) == 5
    assert set(names) <= counted


def test_it_says_when_and_on_what_it_was_measured():
    assert datetime.date.fromisoformat(costs.MEASURED_ON["date"]).year >= 2026
    assert set(costs.MEASURED_ON) == {"date", "processor", "keys", "Python", "numpy"}


def test_every_time_is_there():
    for each in costs.COSTS:
        assert all(each[name] > 0 for name in ("build", "one", "many")), each


def network():
    rng = np.random.default_rng(0)
    arrays = rng.standard_normal((BITS + 1, 4)), rng.standard_normal(4), rng.standard_normal(1)
    return BitStore(arrays=tuple(array.astype(np.float32) for array in arrays), steps=0)


def ask():
    weights, out, offset = network().arrays
    units = pd.DataFrame({"weights": weights[:-1].T.tolist(), "bias": weights[-1], "out": out})
    sure = pd.concat([confidence_bins(np.array([0.6, 0.97]), kind) for kind in BINS])
    return ask_key_chart(
        units, STORED, sure, offset=float(offset[0]), first=12, description="Words."
    )


def width():
    each = WIDTHS.rename(columns={"mean": "width"})
    return store_width_chart(each, WIDTHS, description="Words.")


def bill():
    return store_costs_chart(BILL, description="Words.")


def bent():
    return slope_changes_chart(LINE, description="Words.")


def words_of(chart, **values):
    """Draw a chart with some controls moved, and give its picture."""
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values.pop(param["name"])
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


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
    assert "among 5" in describe_slope_changes(LINE)
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


@pytest.fixture(scope="module")
def page():
    return figures.page(seeds=range(3))


def test_growth_and_bits_a_parameter_are_those_of_the_rows(page):
    rows = runs.run(hashtable, seeds=range(3))
    rows = rows[(rows["part"] == "width") & (rows["task"] == "random")]
    few, many = (rows[rows["m"] == m]["smallest"].to_numpy() for m in (128, 1024))
    numbers = page.numbers
    assert len(few) == len(many) == 3
    assert numbers.growth_random == pytest.approx(sum(many) / sum(few))
    assert numbers.width_random_1024.mean == pytest.approx(many.mean())
    # sixteen weights, a bias and an output weight for each unit, and a bias more
    held = 1024 / (18 * many + 1)
    reach = 4.302653 * held.std(ddof=1) / np.sqrt(3)  # Student's, two degrees of freedom
    assert numbers.per_parameter.mean == pytest.approx(held.mean())
    assert numbers.per_parameter.high == pytest.approx(held.mean() + reach)


def test_the_tables_bits_are_what_arithmetic_says(page):
    numbers = page.numbers
    assert numbers.bits_bitmap == 2**16 / 1024
    assert numbers.bits_bitmap_of_known_keys == 2 * 2**16 / 1024
    assert numbers.bits_smallest_network == pytest.approx(
        32 * (18 * numbers.width_random_1024.mean + 1) / 1024
    )
    assert numbers.bits_entropy_of_the_labels <= 1 < numbers.bits_xor_table < 1.25


def test_the_reader_asks_a_network_that_stores_what_the_dict_stores(page):
    given = {param["name"]: param.get("value") for param in page.ask_key().to_dict()["params"]}
    stored = dict(zip(given["keys"], given["bits"], strict=True))
    assert len(stored) == 1024
    assert given["key"] == 12345
    assert 12345 not in stored, "the page says so"
    assert 10549 in stored, "the page says so"
    rows = Keys().render(np.array(given["keys"])[:, np.newaxis] / 2**16)
    assert page.network.predict(rows).tolist() == given["bits"]
    sure = expit(np.abs(page.network.log_odds(rows)))
    assert page.numbers.sure_stored == pytest.approx(100 * sure.mean())


def test_only_memories_that_keep_keys_say_not_found(page):
    spec = page.store_costs().to_dict()
    (bill,) = [rows for rows in spec["datasets"].values() if "kind" in rows[0]]
    able = {row["memory"] for row in bill if row["kind"] == "can say not found"}
    assert able == {"Python dict", "bitmap of known keys"}
    counted = pd.DataFrame(bill).groupby("cost").size().to_dict()
    assert counted == {"bits": 8, "build": 5, "one": 5, "many": 5}
