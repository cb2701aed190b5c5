"""Random labels on MNIST are learned without a miss, in several times the passes.

Zhang et al. 2017 train much larger networks on CIFAR-10 and ImageNet, so that their statement can
be compared and not their numbers: a network of usual size fits random labels.

A network of 256 hidden units learns 2,000 digits until no training label is missed, once with
their own labels and once with labels drawn at random. 2,000 and not 5,000, so that a seed costs
seconds: chosen before the first result was seen.

What could fool us: "fits" is said of the training digits, and of one network, whose weights
outnumber the digits a hundred to one. How many passes it takes depends on rate and batch.
"""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bigcurves.claims.claim import Claim, at_least, in_place_of, mean_where
from bigcurves.learners import NetworkClassifier
from bigcurves.running.repeats import Rows, exact, trained
from bigcurves.sample import Sample
from bigcurves.worlds import MNIST

PAGE = "back/checks"
Labels: TypeAlias = Literal["true", "random"]
PARTS: tuple[Labels, ...] = ("true", "random")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, by which network, with which labels.

    Attributes
    ----------
    n
        Training digits, drawn from the 60,000; all test digits are asked about.
    hidden, learning_rate, batch_size
        Of the network; it trains by Adam, without weight decay.
    most_passes
        Where training ends if a label is still missed.
    labels
        Whether each part's labels are "true" or drawn at "random"; a control puts others there.
    """

    n: int = 2000
    hidden: int = 256
    learning_rate: float = 1e-3
    batch_size: int = 64
    most_passes: int = 400
    labels: tuple[Labels, ...] = PARTS


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part: `passes` made, and the errors in `train` and in `test`.

    `train` counts labels as they were taught, `test` those of new digits as they are.
    """
    rows: Rows = []
    for part, kind in zip(PARTS, settings.labels, strict=True):
        rng = np.random.default_rng([seed, 4])
        known = MNIST().sample(settings.n, rng)
        new = MNIST(part="test").sample(MNIST(part="test").count, rng)
        labels = np.asarray(known.targets)
        if kind == "random":
            labels = rng.integers(10, size=settings.n)
        row = _until_fitted(settings, known, labels, new, seed)
        rows.append({"seed": seed, "labels": part, **row})
    return rows


def _until_fitted(
    settings: Settings, known: Sample, labels: NDArray[np.int64], new: Sample, seed: int
) -> dict[str, float]:
    """Train until no label is missed, or for all passes."""
    network = NetworkClassifier(
        hidden=(settings.hidden,),
        learning_rate=settings.learning_rate,
        batch_size=settings.batch_size,
        epochs=settings.most_passes,
        random_state=seed,
    )
    passes, missed = 0, 1.0
    for passes in network.training(known.inputs, labels):  # noqa: B007 (counts how far it came)
        outputs = network.network_.outputs(known.inputs)  # `predict` would check the rows again
        missed = float(np.mean(network.classes_[outputs.argmax(axis=1)] != labels))
        if not missed:
            break
    wrong = float(np.mean(network.predict(new.inputs) != new.targets))
    return {"passes": passes, "train": missed, "test": wrong}


def _times_the_passes(run: pd.DataFrame) -> float:
    """Divide the passes that random labels took by those of true ones."""
    taken = [mean_where(run, labels=part)["passes"] for part in ("random", "true")]
    return float(taken[0] / taken[1])


def restore_labels(settings: Settings) -> Settings:
    """Give the digits with random labels their own."""
    return replace(settings, labels=in_place_of(settings.labels, random="true"))


OF_WORLD = "labels"
REPEATS = exact("labels") | trained("passes train test")

CLAIMS = (
    Claim(
        id="mnist-random-labels-take-longer",
        sentence="Random labels on MNIST are learned in at least twice the passes of true ones.",
        thread=3,
        chapter=PAGE,
        figure=_times_the_passes,
        threshold=at_least(2),
        mutation=restore_labels,
    ),
)
