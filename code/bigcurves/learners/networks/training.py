"""One training loop for every network: shuffled batches, AdamW, and a rate that may fall."""

import math
from collections.abc import Iterator
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np

from bigcurves.learners.networks.adamw import AdamW
from bigcurves.learners.networks.losses import Array, Loss

Schedule: TypeAlias = Literal["constant", "cosine"]
SCHEDULES = ("constant", "cosine")


class Bare(Protocol):
    """What the loop trains: weights in one flat vector, and what fills their gradient."""

    flat: Array
    gradient: Array

    def descend(self, X: Array, Y: Array, loss: Loss) -> float:
        """Fill `gradient` for rows X and targets Y of shape (n, outputs); return the loss."""

    def outputs(self, X: Array) -> Array:
        """Return the output layer for rows X, shape (n, outputs)."""


def train(
    network: Bare,
    X: Array,
    Y: Array,
    *,
    loss: Loss,
    optimiser: AdamW,
    schedule: Schedule,
    epochs: int,
    batch_size: int | None,
    rng: np.random.Generator,
) -> Iterator[float]:
    """Train a network, and yield the mean loss of each epoch, taken before each of its steps.

    Parameters
    ----------
    network
        Its weights are changed in place.
    X, Y
        Rows, shape (n, features), and targets, shape (n, outputs).
    loss
        "squared" or "cross_entropy".
    optimiser
        Its learning rate is that of the first step.
    schedule
        "constant", or "cosine": the rate falls along half a cosine, from the first step to 0
        after the last (Loshchilov and Hutter, "SGDR", ICLR 2017, without restarts).
    epochs
        Passes through the rows.
    batch_size
        Rows to a step; None takes all.
    rng
        Shuffles the rows before each epoch.

    Raises
    ------
    FloatingPointError
        After the epoch in which loss or weights grew past all numbers. It holds the epoch.
    """
    first, step = optimiser.learning_rate, 0
    steps = epochs * -(-len(X) // (batch_size or len(X)))
    for epoch in range(1, epochs + 1):
        losses = []
        with np.errstate(all="ignore"):  # what overflows is seen below, and refused
            for rows in batches(len(X), batch_size, rng):
                if schedule == "cosine":
                    optimiser.learning_rate = first * (1 + math.cos(math.pi * step / steps)) / 2
                losses.append(network.descend(X[rows], Y[rows], loss))
                optimiser.step(network.flat, network.gradient)
                step += 1
            mean = float(np.mean(losses))
            # One product, not a look at each weight: a fiftieth of a step's time.
            if not math.isfinite(mean + float(np.dot(network.flat, network.flat))):
                raise FloatingPointError(epoch)
        yield mean


def batches(n: int, size: int | None, rng: np.random.Generator) -> list[Any]:
    """Deal n rows, in a new order, into batches of a size; the last may hold fewer."""
    if size is None or size >= n:
        return [slice(None)]
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]
