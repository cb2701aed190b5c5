"""Curves through every point: rows as promised, closed forms, and controls that must be calm."""

import numpy as np
import pandas as pd
import pytest
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.density.double_descent import (
    calming_curves,
    double_descent,
    interpolation_threshold,
    tempered,
)
from bigcurves.learners import CosineClassifier
from bigcurves.worlds import Digits

THRESHOLD = interpolation_threshold.Settings(sizes=(15, 30, 90), features=30)
NOISY = tempered.Settings(sizes=(60, 200))


def frame(module, settings, seed=2):
    return pd.DataFrame(module.run(settings, seed))


@pytest.fixture(scope="module")
def grown():
    return frame(interpolation_threshold, THRESHOLD).set_index(["fit", "n"])["test"]


@pytest.fixture(scope="module")
def noisy():
    return frame(tempered, NOISY)


def test_the_plain_fit_peaks_where_digits_meet_features(grown):
    assert list(grown.index) == [(f, n) for n in (15, 30, 90) for f in ("plain", "damped")]
    plain, damped = grown["plain"], grown["damped"]
    assert plain[30] > plain[90]
    assert plain[30] > damped[30]
    # Where the digits are three times the features a small ridge changes little.
    assert damped[90] == pytest.approx(plain[90], abs=0.1)


def test_the_plain_fit_is_the_learner_and_the_damped_one_the_normal_equations(grown):
    digits = Digits().sample(1797, np.random.default_rng([2, 0]))
    X, y = digits.inputs, digits.targets
    model = CosineClassifier(features=30, random_state=2).fit(X[:30], y[:30])
    assert grown["plain", 30] == pytest.approx(1 - model.score(X[90:], y[90:]), abs=1e-12)
    waves, one_hot = model.cosines(X[:30]), np.eye(10)[y[:30]][:, model.classes_]
    weights = np.linalg.solve(waves.T @ waves + np.eye(30), waves.T @ one_hot)
    named = model.classes_[(model.cosines(X[90:]) @ weights).argmax(axis=1)]
    assert grown["damped", 30] == pytest.approx(np.mean(named != y[90:]), abs=1e-12)


def test_a_plain_fit_with_a_ridge_is_the_damped_one():
    settings = interpolation_threshold.Settings(sizes=(15, 30), features=30, plain=1.0)
    found = frame(interpolation_threshold, settings).set_index(["fit", "n"])["test"]
    assert found["plain"].to_list() == found["damped"].to_list()


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
    digits = Digits().sample(1797, rng)
    X, y = digits.inputs, np.asarray(digits.targets)
    labels = np.where(rng.random(1797) < 0.2, rng.integers(10, size=1797), y)
    kernel = RBF(length_scale=3, length_scale_bounds="fixed")
    found = noisy[(noisy["labels"] == "noisy") & (noisy["n"] == 60)].set_index("machine")["test"]
    for machine, ridge in (("every label", 1e-12), ("ridge", 1.0)):
        process = GaussianProcessRegressor(kernel, alpha=ridge).fit(X[:60], np.eye(10)[labels[:60]])
        missed = np.mean(process.predict(X[200:]).argmax(axis=1) != y[200:])
        assert found[machine] == pytest.approx(missed, abs=2 / 1597)
    nearest = KNeighborsClassifier(1).fit(X[:60], labels[:60])
    missed = 1 - nearest.score(X[200:], y[200:])
    assert found["nearest neighbour"] == pytest.approx(missed, abs=1e-12)


def test_only_the_machine_with_a_ridge_shakes_the_noise_off(noisy):
    most = noisy[noisy["n"] == 200].pivot_table("test", "machine", "labels")
    assert most.loc["ridge", "noisy"] < most.loc["every label", "noisy"]
    assert most.loc["every label", "clean"] < most.loc["every label", "noisy"] - 0.05


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


def test_the_weights_are_longest_where_features_meet_digits():
    settings = double_descent.Settings(n=40, features=(20, 40, 400))
    table = frame(double_descent, settings)
    norms = table[table["labels"] == "real"].set_index("features")["norm"]
    assert norms.idxmax() == 40
    digits = Digits().sample(1797, np.random.default_rng([2, 0]))
    model = CosineClassifier(features=400, random_state=2)
    model.fit(digits.inputs[:40], digits.targets[:40])
    one_hot = np.eye(10)[digits.targets[:40]][:, model.classes_]
    # The least weights have length root(trace(Y' K^-1 Y)), K the Gram matrix of the cosines.
    waves = model.cosines(digits.inputs[:40])
    squared = np.trace(one_hot.T @ np.linalg.solve(waves @ waves.T, one_hot))
    assert norms[400] == pytest.approx(np.sqrt(squared), rel=1e-6)
