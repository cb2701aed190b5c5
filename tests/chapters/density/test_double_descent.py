"""Curves through every point: rows as promised, closed forms, charts that show their tables."""

import numpy as np
import pandas as pd
import pytest
import vl_convert
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.density.double_descent import (
    calming_curves,
    double_descent,
    figures,
    interpolation_threshold,
    tempered,
)
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
from bigcurves.learners import CosineClassifier
from bigcurves.plotting.picture import sprite
from bigcurves.running import runs
from bigcurves.worlds import Digits

THRESHOLD_SMALL = interpolation_threshold.Settings(sizes=(15, 30, 90), features=30)
TEMPERED_SMALL = tempered.Settings(sizes=(60, 200))

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


def frame(module, settings, seed=2):
    return pd.DataFrame(module.run(settings, seed))


@pytest.fixture(scope="module")
def grown():
    return frame(interpolation_threshold, THRESHOLD_SMALL).set_index(["fit", "n"])["test"]


@pytest.fixture(scope="module")
def noisy():
    return frame(tempered, TEMPERED_SMALL)


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


# Double descent


def test_the_weights_are_longest_where_features_meet_digits():
    settings = double_descent.Settings(n=40, features=(20, 40, 400))
    table = frame(double_descent, settings)
    norms = table[table["labels"] == "real"].set_index("features")["norm"]
    assert norms.idxmax() == 40
    digits, _ = Digits().split(np.random.default_rng([2, 0]))
    model = CosineClassifier(features=400, random_state=2)
    model.fit(digits.inputs[:40], digits.targets[:40])
    one_hot = np.eye(10)[digits.targets[:40]][:, model.classes_]
    # The least weights have length root(trace(Y' K^-1 Y)), K the Gram matrix of the cosines.
    waves = model.cosines(digits.inputs[:40])
    squared = np.trace(one_hot.T @ np.linalg.solve(waves @ waves.T, one_hot))
    assert norms[400] == pytest.approx(np.sqrt(squared), rel=1e-6)


# Calming curves


def test_calm_curves_swing_where_cosines_meet_points():
    settings = calming_curves.Settings(features=(10, 400), draws=20)
    rows = pd.concat([frame(calming_curves, settings, seed) for seed in range(3)])
    assert list(rows.columns) == ["seed", "features", "error", "swing"]
    means = rows.groupby("features").mean()
    assert means.loc[10, "swing"] > means.loc[400, "swing"]
    assert means.loc[10, "error"] > means.loc[400, "error"]


def test_without_noise_and_with_slow_cosines_the_curve_is_right():
    settings = calming_curves.Settings(noise=0.0, scale=8.0, features=(400,), draws=2)
    (row,) = calming_curves.run(settings, 0)
    assert row["error"] < 0.1


# The threshold


def test_the_plain_fit_peaks_where_digits_meet_features(grown):
    assert list(grown.index) == [(f, n) for n in (15, 30, 90) for f in ("plain", "damped")]
    plain, damped = grown["plain"], grown["damped"]
    assert plain[30] > plain[90]
    assert plain[30] > damped[30]
    # Where the digits are three times the features a small ridge changes little.
    assert damped[90] == pytest.approx(plain[90], abs=0.1)


def test_the_plain_fit_is_the_learner_and_the_damped_one_the_normal_equations(grown):
    known, new = Digits().split(np.random.default_rng([2, 0]))
    X, y = known.inputs, known.targets
    model = CosineClassifier(features=30, random_state=2).fit(X[:30], y[:30])
    error = 1 - model.score(new.inputs, new.targets)
    assert grown["plain", 30] == pytest.approx(error, abs=1e-12)
    waves, one_hot = model.cosines(X[:30]), np.eye(10)[y[:30]][:, model.classes_]
    weights = np.linalg.solve(waves.T @ waves + np.eye(30), waves.T @ one_hot)
    named = model.classes_[(model.cosines(new.inputs) @ weights).argmax(axis=1)]
    assert grown["damped", 30] == pytest.approx(np.mean(named != new.targets), abs=1e-12)


def test_a_plain_fit_with_a_ridge_is_the_damped_one():
    settings = interpolation_threshold.Settings(sizes=(15, 30), features=30, penalties=(1.0, 1.0))
    found = frame(interpolation_threshold, settings).set_index(["fit", "n"])["test"]
    assert found["plain"].to_list() == found["damped"].to_list()


# Tempered overfitting


def test_each_part_has_its_share_of_wrong_labels(noisy):
    columns = ["seed", "labels", "n", "machine", "wrong", "test"]
    assert sorted(noisy.columns) == sorted(columns)
    assert len(noisy) == 3 * 2 * 3
    wrong = noisy[noisy["n"] == 200].groupby("labels")["wrong"].first()
    # Nine in ten of those drawn are wrong: 0.18 and 0.36, to four standard errors at n = 200.
    assert wrong["clean"] == 0
    assert wrong["noisy"] == pytest.approx(0.18, abs=4 * (0.18 * 0.82 / 200) ** 0.5)
    assert wrong["heavy"] == pytest.approx(0.36, abs=4 * (0.36 * 0.64 / 200) ** 0.5)


def test_the_machines_are_those_of_scikit_learn(noisy):
    rng = np.random.default_rng([2, 0])
    known, new = Digits().split(rng)
    X, y, n = known.inputs, known.targets[:200], 200 + len(new)
    labels = np.where(rng.random(n)[:200] < 0.2, rng.integers(10, size=n)[:200], y)
    kernel = RBF(length_scale=3, length_scale_bounds="fixed")
    found = noisy[(noisy["labels"] == "noisy") & (noisy["n"] == 60)].set_index("machine")["test"]
    for machine, ridge in (("every label", 1e-12), ("ridge", 1.0)):
        process = GaussianProcessRegressor(kernel, alpha=ridge).fit(X[:60], np.eye(10)[labels[:60]])
        missed = np.mean(process.predict(new.inputs).argmax(axis=1) != new.targets)
        assert found[machine] == pytest.approx(missed, abs=2 / 552)
    nearest = KNeighborsClassifier(1).fit(X[:60], labels[:60])
    missed = 1 - nearest.score(new.inputs, new.targets)
    assert found["nearest neighbour"] == pytest.approx(missed, abs=1e-12)


def test_only_the_machine_with_a_ridge_shakes_the_noise_off(noisy):
    most = noisy[noisy["n"] == 200].pivot_table("test", "machine", "labels")
    assert most.loc["ridge", "noisy"] < most.loc["every label", "noisy"]
    assert most.loc["every label", "clean"] < most.loc["every label", "noisy"] - 0.05


# Charts


def mean_of(table, value):
    table = table.rename(columns={value: "mean"})
    return table.assign(low=table["mean"] * 0.9, high=table["mean"] * 1.1)


def draw_descent():
    return descent_chart(RUNS, MEANS, NAMES, picture=PICTURE, rows=200, description="Words.")


def draw_threshold():
    means = mean_of(GROWN, "test")
    return threshold_chart(GROWN, means, features=200, description="Words.")


def draw_tempered():
    return tempered_chart(NOISY, mean_of(NOISY, "test"), WRONG, description="Words.")


def draw_calming():
    return calming_chart(COSINES, TRUTH, description="Words.")


CONTROLS = {draw_descent: {"labels", "size"}, draw_threshold: {"fit"}, draw_tempered: {"labels"}}
CONTROLS |= {draw_calming: {"features", "px", "py"}}


@pytest.mark.parametrize("draw", CONTROLS, ids=lambda draw: draw.__name__)
def test_each_chart_offers_its_controls(draw):
    params = draw().to_dict()["params"]
    assert {param["name"] for param in params if "bind" in param} == CONTROLS[draw]


def svg(chart):
    return vl_convert.vegalite_to_svg(chart.to_json(), vl_version="6.4")


def test_the_model_of_the_chosen_size_is_read_off_and_its_mistakes_are_crossed():
    picture = svg(draw_descent())
    assert "200 features: error 80.0%" in picture
    assert picture.count(">\N{BALLOT X} ") == 1
    assert picture.count("<image") == 1


def test_wrong_labels_are_marked_where_there_are_any():
    assert "wrong labels" in svg(draw_tempered())


def test_the_dragged_point_takes_part_in_the_fit():
    params = {param["name"]: param for param in draw_calming().to_dict()["params"]}
    assert params["xsNow"]["expr"] == "[0.1, px, 0.9]"
    assert params["ysNow"]["expr"] == "[0.0, py, 0.0]"


def test_descriptions_say_what_the_tables_say():
    assert "80% with 200" in describe_descent(MEANS)
    assert "plain: 80% with 200" in describe_threshold(mean_of(GROWN, "test"))
    assert "40.0%" in describe_tempered(mean_of(NOISY, "test"))
    assert "3 noisy points" in describe_calming(COSINES)


def test_both_fits_are_named_where_their_lines_are_farthest_apart():
    drawn = svg(draw_threshold())
    assert ">plain<" in drawn
    assert ">damped<" in drawn


# What the page says


def recorded(experiment, column, **where):
    table = runs.run(experiment, seeds=range(3))
    for name, value in where.items():
        table = table[table[name] == value]
    assert len(table) == 3
    return table[column]


def test_errors_are_in_percent_with_students_interval(page):
    told = page.numbers
    errors = 100 * recorded(double_descent, "test", labels="noisy", features=3000)
    assert told.noisy_3000.mean == pytest.approx(errors.mean())
    # Student's t with 2 degrees of freedom: 95% lie within 4.3027.
    reach = 4.3027 * errors.std() / 3**0.5
    assert told.noisy_3000.high - told.noisy_3000.mean == pytest.approx(reach, rel=1e-4)
    ridge = 100 * recorded(tempered, "test", labels="noisy", machine="ridge", n=1200)
    assert told.ridge_fifth == pytest.approx(ridge.mean())


def test_lengths_and_swings_are_geometric_means(page):
    told = page.numbers
    norms = recorded(double_descent, "norm", labels="real", features=200)
    assert told.norm_peak == pytest.approx(norms.prod() ** (1 / 3))
    swings = recorded(calming_curves, "swing", features=400)
    assert told.swing_last == pytest.approx(swings.prod() ** (1 / 3))


def test_the_guess_is_checked_at_each_number_of_features(page):
    curve = page.numbers.descent_curve
    assert [features for features, _ in curve] == list(double_descent.Settings().features)
    errors = dict(curve)
    assert 100 * errors[200] == pytest.approx(page.numbers.real_200)
    assert max(errors, key=errors.get) == 200, "where features meet digits"
