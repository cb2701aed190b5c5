"""Pictures that no layer has learned: digits turned, laid over each other, or shuffled."""

from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from bigcurves.learners import NetworkClassifier
from bigcurves.sample import Sample
from bigcurves.worlds.mnist import SIDE

Kind: TypeAlias = Literal["as they are", "turned", "two in one", "shuffled"]
KINDS = get_args(Kind)
SURE = 0.9  # a probability that we call sure
Pictures: TypeAlias = NDArray[np.float32]


def strangers(sample: Sample, rng: np.random.Generator) -> dict[Kind, Pictures]:
    """Make pictures of new digits that are digits no more.

    Parameters
    ----------
    sample
        Digits, inputs of shape (n, 784), of at least two classes.
    rng
        Draws the partners and the shuffles.

    Returns
    -------
    dict
        The digits "as they are"; "turned" by a quarter; "two in one", half the ink of each of two
        digits of different classes; "shuffled", each with its pixels in an order of its own. Each
        of shape (n, 784).
    """
    inputs, labels = np.asarray(sample.inputs, np.float32), np.asarray(sample.targets)
    n = len(inputs)
    turned = np.rot90(inputs.reshape(n, SIDE, SIDE), axes=(1, 2)).reshape(n, -1)
    partners = np.array([rng.choice(np.flatnonzero(labels != label)) for label in labels])
    return {
        "as they are": inputs,
        "turned": turned,
        "two in one": (inputs + inputs[partners]) / 2,
        "shuffled": rng.permuted(inputs, axis=1),
    }


def sureness(
    network: NetworkClassifier, shown: dict[Kind, Pictures], asked: Sample
) -> list[dict[str, Any]]:
    """Ask how often a network is sure of pictures, and `right` about the digit they come from."""
    rows = []
    for kind, pictures in shown.items():
        chances = network.predict_proba(pictures)
        right = network.classes_[chances.argmax(axis=1)] == asked.targets
        sure = float((chances.max(axis=1) >= SURE).mean())
        rows.append({"shown": kind, "right": float(right.mean()), "sure": sure})
    return rows
