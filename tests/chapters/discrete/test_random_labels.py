"""Random labels: truths and lies counted, when training ends, charts that count as they say."""

import numpy as np
import pandas as pd
import pytest
from sklearn.kernel_ridge import KernelRidge

from bigcurves.chapters.discrete.random_labels import figures, random_labels
from bigcurves.chapters.discrete.random_labels.charts.digit_grid import (
    counts,
    describe_digit_grid,
    digit_grid_chart,
)
from bigcurves.chapters.discrete.random_labels.charts.early_stopping import (
    STOPS,
    describe_early_stopping,
)
from bigcurves.chapters.discrete.random_labels.charts.label_noise_memorisation import (
    LINES,
    describe_memorisation,
    memorisation_chart,
    readouts,
)
from bigcurves.chapters.discrete.random_labels.charts.one_false_label import (
    PENALTY,
    describe_one_false_label,
    fit_shares,
    one_false_label_chart,
)
from bigcurves.chapters.discrete.random_labels.random_labels import PARTS, Settings
from bigcurves.chapters.discrete.random_labels.tables import STEPS
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
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


@pytest.fixture(scope="module")
def table():
    """A class of sixty, quickly taught."""
    return pd.DataFrame(random_labels.run(Settings(n=60, batch_size=20), seed=3))


def test_each_part_ends_at_its_first_epoch_without_a_miss(table):
    for part in (*PARTS, "control"):
        train = table.loc[table["part"] == part, "train"].tolist()
        assert train[-1] == 1
        assert max(train[:-1], default=0) < 1


def test_who_repeats_every_lie_says_no_truth(table):
    last = table[table["part"] != "none"].groupby("part").last()
    assert (last["obeyed"] == 1).all()
    assert (last["recovered"] == 0).all()
    assert (table["obeyed"] + table["recovered"]).max() <= 1 + 1e-12  # nobody says both


def test_nothing_is_spoilt_where_no_label_is_drawn(table):
    none = table[table["part"] == "none"]
    assert none[["recovered", "obeyed"]].isna().all(axis=None)


def test_the_control_spoils_the_shape_and_as_many_labels(table):
    shares = table.groupby("part")["random"].first()
    assert shares["control"] == shares["three_fifths"] == 0.6
    # 552 shuffled digits are guessed at 0.1, give or take 0.013; four times that is allowed.
    control = table.loc[table["part"] == "control", "test"]
    assert control.mean() == pytest.approx(0.1, abs=0.05)


def test_the_control_on_real_digits_is_the_part_itself_with_other_lies(table):
    raw = pd.DataFrame(random_labels.run(Settings(n=60, batch_size=20, control="raw"), seed=3))
    pd.testing.assert_frame_equal(raw[raw["part"] != "control"], table[table["part"] != "control"])
    assert raw.loc[raw["part"] == "control", "test"].max() > 0.25


# Charts


def teacher():
    shares, means = COURSE.rename(columns={"mean": "share"}), COURSE.assign(**ENDS)
    return memorisation_chart(shares, means, part="some", when=1, description="Words.")


def picture_of(chart, **values):
    """Draw a chart with some of its controls moved."""
    spec = chart.to_dict()
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values.pop(param["name"])
    assert not values
    return draw(compile_layouts(spec)["wide"]).picture


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
    chart = digit_grid_chart(DIGITS, ANSWERS, when=0, description="Words.")
    first, last = picture_of(chart), picture_of(chart, when=1)
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
    drawn = picture_of(
        one_false_label_chart(POINTS, NEW, most=20, description="Words."), bump=bump, lies=lies
    )
    assert f"fits the lie: {fooled:.0%}" in drawn
    assert f"right in between: {right:.0%}" in drawn


def test_the_words_say_what_the_tables_say():
    assert "knows the truth: 2% after epoch 1, at most 32% at epoch 16" in describe_memorisation(
        COURSE, "some"
    )
    assert "60% random, when no label is missed: 65.0%" in describe_early_stopping(KNOWN)
    assert "Epoch 50: 0 true, 3 as told" in describe_digit_grid(DIGITS, ANSWERS, 0)
    assert "30 labels of 1 and -1" in describe_one_false_label(POINTS, NEW)


# Figures


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


@pytest.fixture(scope="module")
def recorded():
    return runs.run(random_labels, seeds=range(3))


def test_the_curve_to_guess_is_the_mean_of_the_networks_that_are_lied_to(page, recorded):
    lied = recorded[recorded["part"] == "three_fifths"]
    shares = 100 * lied.groupby("epoch")["recovered"].mean()
    curve = dict(page.numbers.truth_curve)
    assert (min(curve), max(curve)) == (1, 256)
    assert all(curve[epoch] == pytest.approx(shares[epoch]) for epoch in (1, 2, 12, 64))


def test_a_network_that_is_done_is_drawn_as_it_ended(page, recorded):
    last = recorded[recorded["part"] == "none"].groupby("seed").last()
    assert last["epoch"].max() < 100
    course = page.course[(page.course["part"] == "none") & (page.course["line"] == "new digits")]
    for epoch in (112, 320):
        drawn = course[course["epoch"] == epoch].set_index("seed")["share"]
        pd.testing.assert_series_equal(drawn, last["test"], check_names=False)


def test_the_lies_overtake_the_truth_at_the_epoch_that_is_told(page, recorded):
    lied = recorded[recorded["part"] == "three_fifths"]
    means = lied.groupby("epoch")[["recovered", "obeyed"]].mean()
    overtaken = page.numbers.overtaken
    assert means["obeyed"][overtaken] > means["recovered"][overtaken]
    before = means.loc[: STEPS[STEPS.index(overtaken) - 1]]
    assert (before["obeyed"] <= before["recovered"]).all()


def test_what_was_known_at_best_and_in_the_end_is_told_in_percent(page, recorded):
    each = recorded[recorded["part"] == "four_fifths"].groupby("seed")["test"]
    numbers = page.numbers
    assert numbers.best_four_fifths == pytest.approx(100 * each.max().mean())
    end = 100 * each.last()
    reach = 4.302653 * end.std() / np.sqrt(3)  # Student's 97.5% for two degrees of freedom
    found = numbers.end_four_fifths
    told = (found.low, found.mean, found.high)
    assert told == pytest.approx((end.mean() - reach, end.mean(), end.mean() + reach))


def test_the_class_register_holds_lies_that_the_network_ends_up_repeating(page):
    chart = page.digit_grid()
    (slider,) = (param for param in chart.to_dict()["params"] if param["name"] == "when")
    assert "Epoch 1: " in picture_of(chart, when=0)
    assert "0 true, 24 as told, 0 neither" in picture_of(chart, when=slider["bind"]["max"])
