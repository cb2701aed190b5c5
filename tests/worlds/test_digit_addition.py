"""Digit addition: rows read back as numbers, and the rank of what a learner sees."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.worlds import DigitAddition


def test_rows_can_be_read_back_and_targets_are_their_sums():
    world = DigitAddition()
    sample = world.sample(400, np.random.default_rng(1))
    digits = sample.inputs.reshape(-1, 2, 3, 10).argmax(axis=3)
    numbers = digits @ np.array([100, 10, 1])
    assert_array_equal(numbers, np.rint(sample.latents * 1000))
    assert_array_equal(sample.targets, numbers.sum(axis=1))
    assert len(np.unique(numbers, axis=0)) == 400
    every = DigitAddition(digits=1).sample(100, np.random.default_rng(0))
    assert len(np.unique(every.inputs, axis=0)) == 100, "no pair is drawn twice"


def test_sums_are_linear_in_rows_of_rank_55():
    sample = DigitAddition().sample(3000, np.random.default_rng(2))
    # six one-hot digits share the constant: 6 * 10 - 5 = 55
    assert np.linalg.matrix_rank(sample.inputs) == 55
    weights, *_ = np.linalg.lstsq(sample.inputs, sample.targets)
    np.testing.assert_allclose(sample.inputs @ weights, sample.targets, atol=1e-8)


def test_the_random_table_has_the_same_pairs_and_the_same_targets_elsewhere():
    true, random = (
        DigitAddition(table=table).sample(500, np.random.default_rng(3))
        for table in ("sums", "random")
    )
    assert_array_equal(true.inputs, random.inputs)
    assert_array_equal(np.sort(true.targets), np.sort(random.targets))
    # two rows of 500 trade places at random: about one stays, and equal sums are rare
    assert (true.targets == random.targets).sum() < 10


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="digits must be between 1 and 6, got 0"):
        DigitAddition(digits=0)
    with pytest.raises(ValueError, match="table must be one of sums, random, got 'none'"):
        DigitAddition(table="none")
    with pytest.raises(ValueError, match="n must be between 1 and 100, got 101"):
        DigitAddition(digits=1).sample(101, np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"latents must be below 1, and nearer to "):
        DigitAddition().render(np.array([[0.2, 1.0]]))
