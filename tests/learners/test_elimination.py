"""Elimination against trying everything."""

import itertools

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.learners import solve_parities
from bigcurves.worlds import Parity


def by_trying(rows, parities):
    every = np.array(list(itertools.product([0, 1], repeat=rows.shape[1])))
    return every[((every @ rows.T) % 2 == parities).all(axis=1)]


@pytest.mark.parametrize("seed", range(60))
def test_it_agrees_with_trying_every_answer(seed):
    rng = np.random.default_rng(seed)
    m, n = rng.integers(1, 8, 2)
    rows, parities = rng.integers(0, 2, (m, n)), rng.integers(0, 2, m)
    fitting = by_trying(rows, parities)
    found = solve_parities(rows, parities)
    if found is None:
        assert len(fitting) == 0
    else:
        assert (fitting == found).all(axis=1).any()


def test_it_reads_the_secret_of_a_parity():
    world = Parity()
    sample = world.sample(40, np.random.default_rng(1))
    # 40 random rows of 20 bits miss full rank with probability 2^-20
    assert_array_equal(np.flatnonzero(solve_parities(sample.latents, sample.targets)), world.secret)


def test_bad_systems_are_named():
    with pytest.raises(ValueError, match=r"rows must have shape .*, got \(2, 0\)"):
        solve_parities(np.zeros((2, 0)), np.zeros(2))
    with pytest.raises(ValueError, match=r"shapes \(m, n\) and \(m,\), got \(2, 3\) and \(3,\)"):
        solve_parities(np.zeros((2, 3)), np.zeros(3))
    with pytest.raises(ValueError, match="rows must hold bits, 0 or 1, got 2"):
        solve_parities(np.full((2, 2), 2), np.zeros(2))
    with pytest.raises(ValueError, match=r"parities must be whole numbers from 0 to 1, got 0\.5"):
        solve_parities(np.ones((2, 2)), [0, 0.5])


def test_lists_of_bits_are_taken():
    assert solve_parities([[1, 0], [1, 1]], [True, False]).tolist() == [True, True]
