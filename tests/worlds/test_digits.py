"""The real digits against scikit-learn's own copy, and each way of spoiling them."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import pdist
from sklearn.datasets import load_digits

from bigcurves.worlds import Digits

ALL = 1797


def draw(n=ALL, seed=0, **settings):
    return Digits(**settings).sample(n, np.random.default_rng(seed))


def sorted_rows(rows):
    return rows[np.lexsort(rows.T)]


def test_raw_digits_are_those_of_scikit_learn_in_another_order():
    sample = draw()
    assert sample.latents is None
    bunch = load_digits()
    ours = np.column_stack([sample.inputs * 16, sample.targets])
    theirs = np.column_stack([bunch.data, bunch.target])
    assert_array_equal(sorted_rows(ours), sorted_rows(theirs))


def test_a_small_sample_has_no_digit_twice():
    assert len(np.unique(draw(900).inputs, axis=0)) == 900


def test_one_permutation_for_all_keeps_every_distance():
    raw, permuted = draw(200), draw(200, form="permuted")
    assert_allclose(pdist(permuted.inputs), pdist(raw.inputs), atol=1e-12)
    assert_array_equal(permuted.targets, raw.targets)
    assert not np.array_equal(permuted.inputs, raw.inputs)


def test_a_permutation_for_each_image_keeps_only_its_values():
    raw, scrambled = draw(200), draw(200, form="scrambled")
    assert_array_equal(np.sort(scrambled.inputs, axis=1), np.sort(raw.inputs, axis=1))
    assert not np.allclose(pdist(scrambled.inputs), pdist(raw.inputs), rtol=0.01)
    assert_array_equal(scrambled.targets, raw.targets)


def test_gaussian_rows_share_mean_and_covariance():
    raw, gaussian = draw(), draw(form="gaussian")
    spread = raw.inputs.std(axis=0)
    # 64 means, each with standard error spread / sqrt(1797): 4.5 of them hold all.
    assert np.all(
        np.abs(gaussian.inputs.mean(axis=0) - raw.inputs.mean(axis=0)) <= 4.5 * spread / 42 + 1e-12
    )
    ours, theirs = np.cov(gaussian.inputs.T), np.cov(raw.inputs.T)
    # A covariance has standard error at most sqrt(2) x product of spreads / 42; 4,096 entries.
    assert np.all(np.abs(ours - theirs) <= 5 * np.sqrt(2) * np.outer(spread, spread) / 42 + 1e-12)
    assert gaussian.targets is None


def test_uniform_rows_fill_the_cube():
    sample = draw(form="uniform")
    # 115,008 numbers of variance 1/12: the mean's standard error is 0.00085.
    assert sample.inputs.mean() == pytest.approx(0.5, abs=0.004)
    assert sample.inputs.var() == pytest.approx(1 / 12, abs=0.001)
    assert sample.targets is None


def test_shifts_keep_all_ink_and_reach_every_place():
    raw, shifted = draw(), draw(shift=2)
    images = shifted.inputs.reshape(-1, 12, 12)
    assert_allclose(images.sum(axis=(1, 2)), raw.inputs.sum(axis=1), atol=1e-12)
    digit = raw.inputs[0].reshape(8, 8)
    windows = [images[0, i : i + 8, j : j + 8] for i in range(5) for j in range(5)]
    assert sum(np.array_equal(window, digit) for window in windows) == 1
    centres = (images.sum(axis=2) @ np.arange(12)) / images.sum(axis=(1, 2))
    own = (raw.inputs.reshape(-1, 8, 8).sum(axis=2) @ np.arange(8)) / raw.inputs.sum(axis=1)
    moves, counts = np.unique(np.round(centres - own, 6), return_counts=True)
    assert_allclose(moves, [0, 1, 2, 3, 4])
    assert counts.min() > ALL / 5 - 5 * np.sqrt(ALL * 0.2 * 0.8)  # 5 standard errors


@pytest.mark.parametrize("form", ["raw", "permuted", "scrambled", "gaussian", "uniform"])
def test_same_seed_same_sample(form):
    assert_array_equal(draw(50, 3, form=form).inputs, draw(50, 3, form=form).inputs)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Digits(form="blurred"), "form must be one of raw, .*, got 'blurred'"),
        (lambda: Digits(shift=-1), "shift must be between 0 and 8, got -1"),
        (lambda: Digits(shift=0.5), "shift must be a whole number, got 0.5"),
        (lambda: draw(0), "n must be between 1 and 1797, got 0"),
        (lambda: draw(1798), "n must be between 1 and 1797, got 1798"),
    ],
)
def test_bad_settings_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
