"""Settings and rows of estimators: what is none is named."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal
from sklearn.base import BaseEstimator

from bigcurves.learners.settings import (
    checked_labels,
    checked_rows,
    require_above,
    require_hidden,
    seeded,
)


def test_what_is_above_0_is_returned_as_a_float() -> None:
    assert require_above("rate", np.float32(0.5)) == 0.5
    with pytest.raises(ValueError, match="rate must be above 0 metres, got 0"):
        require_above("rate", 0, " metres")
    with pytest.raises(ValueError, match="rate must be finite, got nan"):
        require_above("rate", float("nan"))


def test_sizes_of_layers_are_whole_numbers_that_fit_a_memory() -> None:
    assert require_hidden([np.uint8(200), 3], 100, 2) == (200, 3)
    with pytest.raises(ValueError, match="hidden must be at least 1, got 0"):
        require_hidden((0,), 1, 1)
    # 100 numbers for each of 499,900 units, and 499,901 for the output
    with pytest.raises(ValueError, match="at most 50,000,000 weights in all, got 50,489,901"):
        require_hidden((499_900,), 99, 1)


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "3", [None], np.random.default_rng(0)])
def test_what_seeds_nothing_is_named(seed: object) -> None:
    with pytest.raises((TypeError, ValueError), match="random_state must be None, a whole number"):
        seeded(seed)


def test_a_seed_is_scikit_learns() -> None:
    assert_array_equal(seeded(3).random(4), np.random.RandomState(3).random(4))


def test_rows_are_floats_and_of_a_size_that_can_be_squared() -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": [3, 4]}, dtype=np.float32)
    rows = checked_rows(BaseEstimator(), frame, least=1)
    assert (rows.dtype, rows.tolist()) == (np.float64, [[1, 3], [2, 4]])
    with pytest.raises(ValueError, match=r"X must be at most 1e\+100 in size, got 1e\+200"):
        checked_rows(BaseEstimator(), np.array([[1e200]]), least=1)
    with pytest.raises(ValueError, match="X must be numbers that a float holds"):
        checked_rows(BaseEstimator(), np.array([[10**400]], object), least=1)


def test_labels_become_sorted_classes_and_their_numbers() -> None:
    _, classes, labels = checked_labels(BaseEstimator(), np.eye(3), np.array(["b", "a", "b"]))
    assert (classes.tolist(), labels.tolist()) == (["a", "b"], [1, 0, 1])
    with pytest.raises(ValueError, match="y must have at least 2 classes, got one class"):
        checked_labels(BaseEstimator(), np.eye(2), np.array([1, 1]))
