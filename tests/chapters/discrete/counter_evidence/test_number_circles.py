"""Where the numbers lie in the weights: a planted circle is found, and stays where it is."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bigcurves.chapters.discrete.counter_evidence.number_circles import (
    circle_films,
    film,
    visited,
    watch_weights,
)
from bigcurves.chapters.discrete.counter_evidence.table_learning import Training, learn_table
from bigcurves.measures import fourier_concentration
from bigcurves.worlds import ModularAddition

SHORT = Training(steps=40, every=20, hidden=16)


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
    kept = watch_weights(world, SHORT, 3, every=20)
    scored = {row["step"]: row["concentration"] for row in learn_table(world, SHORT, 3)}
    assert list(kept) == [20, 40]
    for step, weights in kept.items():
        assert_allclose(fourier_concentration(weights), scored[step], rtol=1e-5)  # float32


def test_a_film_has_a_row_for_each_part_group_and_step():
    world = ModularAddition(p=11)
    rows = list(circle_films({"sums": (world, 1.0)}, 0, training=SHORT))
    assert [(row["group"], row["step"]) for row in rows] == [(1, 20), (1, 40), (2, 20), (2, 40)]
    for row in rows:
        assert sorted(row["number"]) == list(range(11))
        # Places are rounded to hundredths, so each square errs by at most 0.01 times its size.
        assert np.mean(np.square(row["x"]) + np.square(row["y"])) == pytest.approx(1, abs=0.02)
