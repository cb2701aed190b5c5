"""Counter-evidence: rows as promised, planted circles, charts that show what their tables say."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from tests.conftest import ROOT

from bigcurves.chapters.discrete.counter_evidence import (
    digit_sums,
    figures,
    grokking,
    parity,
)
from bigcurves.chapters.discrete.counter_evidence.charts.answer_table import (
    PLACE,
    answer_table_chart,
    describe_answer_table,
)
from bigcurves.chapters.discrete.counter_evidence.charts.circle_worth import (
    WHO,
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
from bigcurves.chapters.discrete.counter_evidence.number_circles import (
    circle_films,
    film,
    visited,
    watch_weights,
)
from bigcurves.chapters.discrete.counter_evidence.table_learning import Training, learn_table
from bigcurves.chapters.discrete.counter_evidence.tables import beside as heard_beside
from bigcurves.learners import NetworkClassifier
from bigcurves.measures import fourier_concentration
from bigcurves.running import runs
from bigcurves.worlds import DigitAddition, ModularAddition, Parity
from bookkit.charts.compile import compile_layouts, draw
from bookkit.execution.cells import cells_of

BRIEF = Training(steps=40, every=20, hidden=16)
TINY = {
    parity: parity.Settings(
        sparse=Parity(bits=12, secret=(1, 5)), sizes=(60,), full=(4, 12), m=80, test=80, epochs=60
    ),
    digit_sums: digit_sums.Settings(sizes=(10, 120), test=200),
}
KEYS = {parity: ["task", "bits", "learner", "rows"], digit_sums: ["task", "m", "learner"]}
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


# Tables and circles


@pytest.mark.parametrize("frequency", [1, 3, 15])
def test_a_wave_visits_its_numbers_one_step_of_the_circle_at_a_time(frequency):
    turns = visited(31, frequency) * frequency / 31 % 1
    assert_allclose(turns, np.arange(31) / 31)


def test_a_planted_circle_is_found_from_the_top_and_to_the_right():
    rng, turns = np.random.default_rng(0), 2 * np.pi * np.arange(31) / 31
    circle = np.stack([np.cos(turns), np.sin(turns)], axis=1) @ rng.standard_normal((2, 9))
    (square,) = film([circle @ np.linalg.qr(rng.standard_normal((9, 9)))[0]])
    assert_allclose(square[0, 0], 0, atol=1e-9)
    assert square[0, 1] > 0
    assert square[1, 0] > 0
    # An ellipse in its main plane has axes along the coordinates up to the last turn; the
    # distance between points is what no turn changes.
    assert_allclose(np.sqrt((square**2).sum(axis=1).mean()), 1)


def test_a_turned_copy_is_turned_back():
    rng = np.random.default_rng(0)
    cloud = rng.standard_normal((31, 5)) * [3, 2, 0.1, 0.1, 0.1]
    turn = np.linalg.qr(rng.standard_normal((5, 5)))[0]
    first, last = film([cloud @ turn, cloud])
    assert_allclose(first, last, atol=1e-9)


def test_the_network_watched_is_the_one_that_the_experiment_scores():
    world = ModularAddition(p=11)
    kept = watch_weights(world, BRIEF, 3, every=20)
    scored = {row["step"]: row["concentration"] for row in learn_table(world, BRIEF, 3)}
    assert list(kept) == [20, 40]
    for step, weights in kept.items():
        assert_allclose(fourier_concentration(weights), scored[step], rtol=1e-5)  # float32


def test_a_film_has_a_row_for_each_part_group_and_step():
    world = ModularAddition(p=11)
    rows = list(circle_films({"sums": (world, 1.0)}, 0, training=BRIEF))
    assert [(row["group"], row["step"]) for row in rows] == [(1, 20), (1, 40), (2, 20), (2, 40)]
    for row in rows:
        assert sorted(row["number"]) == list(range(11))
        # Places are rounded to hundredths, so each square errs by at most 0.01 times its size.
        assert np.mean(np.square(row["x"]) + np.square(row["y"])) == pytest.approx(1, abs=0.02)


# Parities and sums


@pytest.mark.parametrize("module", TINY, ids=lambda module: module.__name__.split(".")[-1])
def test_rows_are_tidy_and_repeatable(module):
    table = pd.DataFrame(module.run(TINY[module], 3))
    assert (table["seed"] == 3).all()
    assert not table.duplicated(KEYS[module]).any()
    assert table.notna().all(axis=None)
    pd.testing.assert_frame_equal(table, pd.DataFrame(module.run(TINY[module], 3)))
    assert not table.equals(pd.DataFrame(module.run(TINY[module], 4)).assign(seed=3))


def test_elimination_solves_every_parity_and_no_shuffled_one():
    table = pd.DataFrame(parity.run(TINY[parity], 1))
    found = table[table["learner"] == "elimination"]
    assert (found.loc[found["task"] != "shuffled", ["train", "test"]] == 1).all(axis=None)
    # 40 shuffled labels fit one of 4,096 parities with probability 2^-28
    assert (found.loc[found["task"] == "shuffled", "train"] < 0.9).all()


def test_a_small_world_keeps_a_fifth_of_its_rows_for_the_test():
    table = pd.DataFrame(parity.run(TINY[parity], 2))
    small = table[(table["bits"] == 4) & (table["learner"] == "network")]
    assert small["m"].item() == 12
    assert small["rows"].item() == 80


def test_sums_are_exact_once_the_rows_span_their_space():
    table = pd.DataFrame(digit_sums.run(digit_sums.Settings(sizes=(20, 200), test=500), 0))
    table = table.set_index(["task", "m", "learner"])
    assert table.loc[("sums", 200, "least squares"), "rank"] == 55
    assert table.loc[("sums", 200, "least squares"), "exact"] == 1
    assert table.loc[("sums", 20, "least squares"), "rank"] <= 20
    # a guess of the right sum among 1,999, the likeliest of them 1 in 1,000
    for cell in (("sums", 20, "least squares"), ("random", 200, "least squares")):
        assert table.loc[cell, "exact"] <= 0.02
    assert table.loc[("sums", 200, "1-NN"), "exact"] <= 0.05


def test_a_digit_never_seen_spoils_the_sums_that_need_it():
    X = np.eye(3)[[0, 1, 0, 1]]
    told = digit_sums._least_squares(X, np.array([5.0, 7, 5, 7]), np.eye(3))
    np.testing.assert_allclose(told, [5, 7, 0], atol=1e-12)


# Charts


def lessons(n, start=0):
    sample = DigitAddition().sample(260, np.random.default_rng(0))
    rows = [row.astype(int).tolist() for row in sample.inputs]
    table = pd.DataFrame({"row": rows, "sums": sample.targets})
    return table.assign(random=table["sums"].to_numpy()[::-1])[start : start + n]


def grok(table=COURSE):
    runs = table.rename(columns={"mean": "share"})
    means = table.assign(**ENDS)
    return grokking_chart(runs, means, FILMS, chance=1 / 3, description="Words.")


def beside(table=CELLS):
    return answer_table_chart(table, description="Words.")


def odd(table=PARITY):
    runs = table.rename(columns={"mean": "share"})
    return parity_chart(runs, table.assign(**ENDS), description="Words.")


def live(table=None):
    taught = lessons(200) if table is None else table
    return live_sums_chart(taught, lessons(60, 200), description="Words.")


def words_of(chart, **values):
    """Draw a chart with some controls moved, and give its picture."""
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values.pop(param["name"])
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


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


# Figures


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def test_intervals_are_those_of_the_recorded_rows(page):
    """Student's reach over three seeds is 4.303 standard errors, from any table."""
    rows = runs.run(grokking, seeds=range(3))
    for part, step, found in (
        ("sums", 40, page.numbers.sums_40),
        ("no decay", 1000, page.numbers.no_decay_1000),
    ):
        share = 100 * rows[(rows["part"] == part) & (rows["step"] == step)]["test"].to_numpy()
        assert found.mean == pytest.approx(share.sum() / 3)
        reach = 4.302653 * np.sqrt(((share - share.mean()) ** 2).sum() / 2 / 3)
        assert [found.low, found.high] == pytest.approx([found.mean - reach, found.mean + reach])


def test_the_guess_is_drawn_from_the_tenth_step_to_the_thousandth(page):
    steps, shares = zip(*page.numbers.grok_curve, strict=True)
    assert list(steps) == [10, 20, 30, 40, 50, *range(60, 1001, 20)]
    assert shares[3] == page.numbers.sums_40.mean
    assert shares[-1] == page.numbers.sums_1000


def test_numbers_that_follow_on_the_circle_are_one_turn_of_the_wave_apart(page):
    films = page.films
    (frequency,) = films[(films["part"] == "sums") & (films["group"] == 1)]["frequency"].unique()
    assert page.numbers.winding * frequency % 31 == 1


def test_a_blind_guess_falls_beside_a_pair_as_often_as_counting_says(page):
    shares = []
    for seed in range(3):
        taught, others = ModularAddition(p=31).split(0.5, np.random.default_rng([seed, 0]))
        pairs = np.rint(31 * taught.latents).astype(int)
        beside_of = [
            {y for (a, b), y in zip(pairs, taught.targets, strict=True) if a == c or b == d}
            for c, d in np.rint(31 * others.latents).astype(int)
        ]
        shares.append(np.mean([len(answers) / 31 for answers in beside_of]))
    assert page.numbers.heard_guess == pytest.approx(100 * np.mean(shares))


def test_the_page_shows_the_code_behind_its_answers_beside():
    """The reader runs an open cell; the numbers come from the package."""
    codes = [cell.code for cell in cells_of(ROOT / "book" / "discrete" / "counter-evidence.md")]
    (shown,) = [code for code in codes if "def beside" in code]
    (trained,) = [code for code in codes if "network = NetworkClassifier" in code]
    names = {"np": np, "NetworkClassifier": NetworkClassifier, "ModularAddition": ModularAddition}
    exec(trained[: trained.index("scores =")] + shown, names)
    assert names["beside"](4) == pytest.approx(heard_beside(4))
