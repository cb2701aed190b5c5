"""Cosine features: the minimum norm, the kernel they approach, and the known peak."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits
from sklearn.metrics.pairwise import rbf_kernel

from bigcurves.learners import CosineClassifier


def digits(n=200, seed=0):
    X, y = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(X))
    return X[order[:n]] / 16, y[order[:n]], X[order[n:]] / 16, y[order[n:]]


def test_few_features_solve_the_normal_equations():
    X, y, _, _ = digits()
    model = CosineClassifier(features=40, random_state=0).fit(X, y)
    residue = np.eye(10)[y] - model.cosines(X) @ model.coef_
    assert_allclose(model.cosines(X).T @ residue, 0, atol=1e-9)


def test_many_features_pass_through_every_label_with_least_norm():
    X, y, _, _ = digits()
    model = CosineClassifier(features=600, random_state=0).fit(X, y)
    phi = model.cosines(X)
    assert_allclose(phi @ model.coef_, np.eye(10)[y], atol=1e-9)
    # The least norm of all solutions lies in the span of the rows: phi^T (phi phi^T)^-1 Y.
    assert_allclose(model.coef_, phi.T @ np.linalg.solve(phi @ phi.T, np.eye(10)[y]), atol=1e-8)


@pytest.mark.parametrize("features", [50, 600])
def test_several_labellings_in_one_call_are_fitted_as_each_alone(features):
    X, y, X_test, _ = digits()
    model = CosineClassifier(features=features, random_state=3)
    ys = [y, np.random.default_rng(0).permutation(y), np.where(y < 5, "low", "high")]
    for together, labels in zip(model.fit_each(X, ys), ys, strict=True):
        alone = CosineClassifier(features=features, random_state=3).fit(X, labels)
        assert_allclose(together.coef_, alone.coef_, atol=1e-10)
        assert_array_equal(together.phases_, alone.phases_)
        assert_array_equal(together.predict(X_test), alone.predict(X_test))
    assert not hasattr(model, "coef_")  # itself it learns nothing


def test_labellings_to_be_fitted_together_are_checked():
    X, y, _, _ = digits()
    with pytest.raises(ValueError, match="at least 1 labelling, got none"):
        CosineClassifier().fit_each(X, [])
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        CosineClassifier().fit_each(X, [y, y[:-1]])
    with pytest.raises(ValueError, match="at least 2 classes, got one class"):
        CosineClassifier().fit_each(X, [y, np.zeros(len(y))])


def test_the_cosines_tend_to_a_gaussian_kernel():
    X, y, _, _ = digits(n=30)
    model = CosineClassifier(features=50_000, scale=0.5, random_state=1).fit(X, y)
    phi = model.cosines(X)
    # E 2 cos cos' = exp(-|x - x'|^2 scale^2 / 2); each mean of 50,000 errs by .0045: 5 s.e.
    assert_allclose(2 * phi @ phi.T / 50_000, rbf_kernel(X, gamma=0.125), atol=0.022)


def test_error_peaks_where_features_meet_rows():
    errors = {n: [] for n in (100, 200, 3000)}
    for seed in range(3):
        X, y, X_test, y_test = digits(seed=seed)
        for n, found in errors.items():
            model = CosineClassifier(features=n, random_state=seed).fit(X, y)
            found.append(1 - model.score(X_test, y_test))
    # Published with the design over 20 seeds: .128, .823, .051.
    assert np.mean(errors[200]) > 4 * np.mean(errors[3000])
    assert np.mean(errors[3000]) < np.mean(errors[100])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"features": 0}, "features must be between 1 and 100000, got 0"),
        ({"scale": 0.0}, "scale must be above 0 radians per unit, got 0"),
        ({"scale": math.nan}, "scale must be finite, got nan"),
    ],
)
def test_bad_settings_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        CosineClassifier(**settings).fit(np.eye(2), np.arange(2))


def test_angles_that_are_made_of_rounding_are_refused():
    X, y = np.random.default_rng(0).random((9, 3)), np.arange(9) % 3
    with pytest.raises(ValueError, match=r"X must give angles of at most 1e\+12 radians, got"):
        CosineClassifier(features=20, random_state=0).fit(X * 1e15, y)
    model = CosineClassifier(features=20, random_state=0).fit(X, y)
    with pytest.raises(ValueError, match=r"X must give angles of at most 1e\+12 radians, got"):
        model.predict(X * 1e99)


def test_equal_rows_with_different_labels_are_fitted_by_their_mean():
    X = np.repeat(np.random.default_rng(0).standard_normal((5, 4)), 2, axis=0)
    model = CosineClassifier(features=100, random_state=0).fit(X, np.arange(10) % 2)
    assert_allclose(model.decision_function(X), 0, atol=1e-12)
    assert np.abs(model.coef_).max() < 1


def test_labellings_of_another_kind_are_named():
    with pytest.raises(TypeError, match="ys must be a list of labellings, got a NoneType"):
        CosineClassifier().fit_each(np.eye(3), None)
