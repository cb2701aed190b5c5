"""Learning half of a table of answers, watched: what the experiments on tables share."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bigcurves.learners import NetworkClassifier
from bigcurves.learners.networks.perceptron import Activation
from bigcurves.measures import fourier_concentration
from bigcurves.worlds import ModularAddition


@dataclass(frozen=True, kw_only=True)
class Training:
    """How a network learns a table: by AdamW on squared error, all rows at once.

    Attributes
    ----------
    share
        The part of the unordered pairs that is learned; the rest are the test.
    hidden, activation, learning_rate, weight_decay, steps
        Of the network and its training.
    every
        Steps from one row of scores to the next.
    """

    share: float = 0.5
    hidden: int = 128
    activation: Activation = "square"
    learning_rate: float = 1e-2
    weight_decay: float = 1.0
    steps: int = 1000
    every: int = 10


def learn_table(
    world: ModularAddition, training: Training, seed: int
) -> Iterator[dict[str, float]]:
    """Train on a share of a table, and yield a row of scores at every few steps.

    `loss` is that of the step, `train` and `test` are accuracies after it; `concentration` is the
    mean share of power that a hidden unit's input weights have in one frequency.
    """
    learned, unseen = world.split(training.share, np.random.default_rng([seed, 0]))
    inputs = np.vstack([learned.inputs, unseen.inputs])
    answers = np.concatenate([np.asarray(learned.targets), np.asarray(unseen.targets)])
    net = NetworkClassifier(
        hidden=(training.hidden,),
        activation=training.activation,
        loss="squared",
        learning_rate=training.learning_rate,
        weight_decay=training.weight_decay,
        betas=(0.9, 0.98),
        epochs=training.steps,
        random_state=seed,
    )
    n = len(learned)
    rows = np.asarray(inputs, np.float32)  # as `predict` would make and check them every time
    for step in net.training(inputs[:n], answers[:n]):
        if step % training.every == 0:
            right = net.classes_[net.network_.outputs(rows).argmax(axis=1)] == answers
            weights = net.network_.layers[0][0].reshape(2, world.p, -1)  # from a, and from b
            yield {
                "step": step,
                "loss": net.loss_curve_[-1],
                "train": float(right[:n].mean()),
                "test": float(right[n:].mean()),
                "concentration": fourier_concentration(np.hstack([*weights])),
            }
