"""Patch features: the published steps one by one, and the prior they carry."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from bigcurves.learners import PatchFeatures
from bigcurves.learners.patches import _pool, _zca

# Features are of size 4 at most and sums in single precision, whose order a processor chooses:
# they were seen to differ by 6e-6. What these tests look for is a thousand times that.
ROUNDED = 1e-4


def pictures(n=40, side=10, seed=0):
    return np.random.default_rng(seed).random((n, side * side))


def test_features_match_a_loop_over_patches():
    X = pictures(n=3, side=9)
    model = PatchFeatures(patch=4, centres=7, random_state=0).fit(X)
    expected = []
    for picture in X.reshape(-1, 9, 9):
        grid = np.empty((6, 6, 7))
        for i in range(6):
            for j in range(6):
                white = (picture[i : i + 4, j : j + 4].ravel() - model.mean_) @ model.whiten_
                distances = np.linalg.norm(model.centres_ - white, axis=1)
                grid[i, j] = np.maximum(0, distances.mean() - distances)
        halves = (slice(0, 3), slice(3, 6))
        expected.append(np.concatenate([grid[a, b].mean((0, 1)) for a in halves for b in halves]))
    assert_allclose(model.transform(X), expected, atol=ROUNDED)


@pytest.mark.parametrize("patch", [4, 9])  # a patch as large as the picture is a view of it
def test_pooling_in_place_is_the_plain_formula_bit_by_bit(patch):
    X = pictures(n=20, side=9)
    model = PatchFeatures(patch=patch, centres=7, pool="global", random_state=0).fit(X)
    given = X.copy()
    features = model.transform(X)
    mean, whiten, centres = (
        learnt.astype(np.float32) for learnt in (model.mean_, model.whiten_, model.centres_)
    )
    windows = model._windows(X[:16].astype(np.float32)).reshape(16, -1, patch**2)
    white = (windows - mean) @ whiten
    gaps = white @ (-2 * centres.T)
    gaps += np.einsum("npw,npw->np", white, white)[:, :, np.newaxis]
    gaps += np.einsum("kw,kw->k", centres, centres)
    distances = np.sqrt(np.maximum(gaps, 0))
    near = np.maximum(distances.mean(axis=2, keepdims=True) - distances, 0)
    plain = _pool(10 - patch, 10 - patch, "global") @ near
    assert_array_equal(features[:16], plain.reshape(16, -1))
    assert_array_equal(X, given)


def test_zca_whitens_and_turns_nothing():
    rng = np.random.default_rng(1)
    rows = rng.standard_normal((500, 5)) @ rng.standard_normal((5, 5))
    rows -= rows.mean(axis=0)
    whiten = _zca(rows, 1e-12)
    assert_allclose(np.cov((rows @ whiten).T, bias=True), np.eye(5), atol=1e-8)
    assert_allclose(whiten, whiten.T, atol=1e-12)


def test_global_pooling_on_a_padded_canvas_forgets_the_place():
    blob = np.zeros((20, 20))
    blob[2:5, 3:6] = [[1, 0, 1], [0, 1, 0], [1, 1, 0]]
    moved = np.roll(blob, (11, 9), axis=(0, 1))
    X = np.array([blob.ravel(), moved.ravel()])
    blind = PatchFeatures(pool="global", pad=5, patches=500, random_state=0).fit(X).transform(X)
    assert_allclose(blind[0], blind[1], atol=ROUNDED)  # the same sums in another order
    seeing = PatchFeatures(pool="quadrants", pad=5, patches=500, random_state=0).fit(X).transform(X)
    assert np.abs(seeing[0] - seeing[1]).max() > 0.1


def test_the_border_leaks_the_place_without_padding():
    corner, middle = np.zeros((2, 12, 12))
    corner[0, 0] = middle[6, 6] = 1
    X = np.array([corner.ravel(), middle.ravel()])
    model = PatchFeatures(pool="global", patches=98, random_state=0).fit(X)
    assert np.abs(np.diff(model.transform(X), axis=0)).max() > 0.01


def test_pictures_need_not_be_square():
    X = pictures(side=8)
    assert PatchFeatures(centres=3, shape=(4, 16)).fit_transform(X).shape == (40, 12)
    assert PatchFeatures(centres=3, pool="global").fit_transform(X[:, :30]).shape == (40, 3)


def bars(n, rng, side=16):
    """Draw short vertical (0) or horizontal (1) bars at a random place, in noise."""
    labels = rng.integers(2, size=n)
    canvas = 0.1 * rng.standard_normal((n, side, side))
    for picture, label in zip(canvas, labels, strict=True):
        i, j = rng.integers(1, side - 5, 2)
        picture[(slice(i, i + 5), j) if label == 0 else (i, slice(j, j + 5))] += 1
    return canvas.reshape(n, -1), labels


def accuracy(model, shuffle):
    rng = np.random.default_rng(3)
    (X, y), (X_test, y_test) = bars(60, rng), bars(300, rng)
    order = rng.permutation(X.shape[1]) if shuffle else slice(None)
    return model.fit(X[:, order], y).score(X_test[:, order], y_test)


def test_the_prior_is_locality():
    conv = make_pipeline(
        PatchFeatures(centres=16, random_state=0), LogisticRegression(C=100, max_iter=2000)
    )
    natural, shuffled = accuracy(conv, shuffle=False), accuracy(conv, shuffle=True)
    linear = accuracy(LogisticRegression(max_iter=2000), shuffle=False)
    # 300 test rows: a standard error of .03 at most.
    assert natural > 0.9
    assert shuffled < natural - 0.2
    assert linear < natural - 0.2


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"patch": 0}, "patch must be at least 1, got 0"),
        ({"centres": 0}, "centres must be between 1 and 10000, got 0"),
        ({"pad": -1}, "pad must be between 0 and 64, got -1"),
        ({"pool": "max"}, "pool must be one of quadrants, global, got 'max'"),
        ({"shape": (9, 9)}, r"shape must hold 100 pixels, got \(9, 9\)"),
        ({"whitening": math.nan}, "whitening must be finite, got nan"),
    ],
)
def test_bad_settings_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        PatchFeatures(**settings).fit(pictures())


@pytest.mark.parametrize("pad", [0, 2])
def test_units_change_no_feature(pad):
    X = np.random.default_rng(0).random((30, 36))
    plain = PatchFeatures(patch=3, centres=5, pad=pad, random_state=0).fit_transform(X)
    for unit in (2.0**-40, 2.0**40):
        other = PatchFeatures(patch=3, centres=5, pad=pad, random_state=0).fit_transform(X * unit)
        assert_array_equal(other, plain)


def test_a_far_shift_changes_no_feature():
    X = np.random.default_rng(0).integers(0, 256, (30, 36)) / 256
    plain = PatchFeatures(patch=3, centres=5, random_state=0).fit_transform(X)
    shifted = PatchFeatures(patch=3, centres=5, random_state=0).fit_transform(X + 2.0**40)
    assert_allclose(shifted, plain, atol=1e-5)  # single precision


@pytest.mark.parametrize("pad", [0, 1])
def test_equal_pictures_have_finite_features(pad):
    X = np.full((9, 16), 0.1)
    assert np.isfinite(PatchFeatures(centres=3, pad=pad, random_state=0).fit_transform(X)).all()


def test_rows_that_overflow_have_no_features():
    X = np.random.default_rng(0).random((9, 16))
    model = PatchFeatures(patch=2, centres=3, random_state=0).fit(X)
    with pytest.raises(ValueError, match="X must be nearer in size to the rows that were learned"):
        model.transform(X * 1e60)


@pytest.mark.parametrize("shape", [4, (2, 2, 2)])
def test_a_shape_of_another_kind_is_named(shape):
    with pytest.raises(TypeError, match="shape must be a height and a width, or None"):
        PatchFeatures(shape=shape).fit(np.eye(4))
