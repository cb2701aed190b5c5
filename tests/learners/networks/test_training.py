"""The loop: every row once an epoch, the falling rate, and what diverges."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.learners.networks.adamw import AdamW
from bigcurves.learners.networks.perceptron import Perceptron
from bigcurves.learners.networks.training import batches, train


class Recorder:
    """Stands for a network: it keeps what it is shown, and where its optimiser takes it."""

    def __init__(self, *slopes: float) -> None:
        self.flat, self.gradient = np.zeros(1), np.zeros(1)
        self.seen, self.path, self.slopes = [], [], list(slopes)

    def descend(self, X, Y, loss):  # noqa: ARG002
        assert_array_equal(X[:, 0], Y[:, 0], err_msg="rows and targets must go together")
        self.seen.append(X[:, 0].tolist())
        self.path.append(self.flat[0])
        self.gradient[:] = self.slopes.pop(0) if self.slopes else 1.0
        return float(len(self.seen))


def walk(network, *, schedule="constant", epochs=3, batch_size=4, rows=10):
    X = np.arange(rows, dtype=float)[:, np.newaxis]
    optimiser = AdamW(learning_rate=0.5, weight_decay=0.0, betas=(0.0, 0.0))
    return train(
        network, X, X, loss="squared", optimiser=optimiser, schedule=schedule, epochs=epochs,
        batch_size=batch_size, rng=np.random.default_rng(0),
    )  # fmt: skip


def test_each_epoch_shows_every_row_once_in_a_new_order_and_gives_its_mean_loss():
    network = Recorder()
    assert list(walk(network)) == [2.0, 5.0, 8.0]  # of losses 1, 2, 3, then 4, 5, 6 ...
    assert [len(rows) for rows in network.seen] == 3 * [4, 4, 2]
    each = [[row for rows in network.seen[at : at + 3] for row in rows] for at in (0, 3, 6)]
    assert all(sorted(rows) == list(range(10)) for rows in each)
    assert each[0] != each[1] != each[2]


def test_a_batch_of_none_or_of_more_than_all_takes_the_rows_as_they_are():
    for size in (None, 10, 11):
        network = Recorder()
        assert list(walk(network, batch_size=size)) == [1.0, 2.0, 3.0]
        assert network.seen == 3 * [list(range(10))]
    assert [len(rows) for rows in batches(37, 10, np.random.default_rng(0))] == [10, 10, 10, 7]


def test_a_constant_rate_takes_equal_steps_and_a_cosine_falls_to_nothing():
    # With betas of 0 each step is the rate itself.
    constant, falling = Recorder(), Recorder()
    list(walk(constant))
    list(walk(falling, schedule="cosine"))
    assert_allclose(-np.diff(constant.path), 0.5, rtol=1e-6)
    steps = [*-np.diff(falling.path), falling.path[-1] - falling.flat[0]]
    expected = [0.5 * (1 + math.cos(math.pi * step / 9)) / 2 for step in range(9)]
    assert_allclose(steps, expected, rtol=1e-6)
    assert steps[0] == pytest.approx(0.5)
    assert 0 < steps[-1] < 0.02


@pytest.mark.parametrize("slopes", [(1.0, 1.0, 1.0, math.nan), (1.0, 1.0, 1.0, math.inf)])
def test_what_grows_past_all_numbers_is_told_with_its_epoch(slopes):
    with pytest.raises(FloatingPointError, match=r"^2$"):
        list(walk(Recorder(*slopes)))


def test_a_falling_rate_ends_lower_where_a_constant_one_jumps():
    # Noisy labels: at a constant rate the last steps still carry each batch's noise.
    rng = np.random.default_rng(1)
    X = rng.standard_normal((400, 5)).astype(np.float32)
    Y = np.eye(2, dtype=np.float32)[(X[:, 0] + 2 * rng.standard_normal(400) > 0).astype(int)]
    ends = {}
    for schedule in ("constant", "cosine"):
        network = Perceptron(sizes=(5, 2), activation="relu", rng=np.random.default_rng(2))
        optimiser = AdamW(learning_rate=0.3, weight_decay=0.0, betas=(0.9, 0.999))
        list(train(
            network, X, Y, loss="cross_entropy", optimiser=optimiser, schedule=schedule, epochs=30,
            batch_size=10, rng=np.random.default_rng(3),
        ))  # fmt: skip
        ends[schedule] = network.descend(X, Y, "cross_entropy")
    assert ends["cosine"] < ends["constant"] - 0.005
