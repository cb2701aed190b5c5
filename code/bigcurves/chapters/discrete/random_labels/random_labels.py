"""Labels that mean nothing are learned too, only later than the truth behind them.

A network of 256 hidden units learns 1,200 real digits until not one training label is missed,
with none, some or all of the labels drawn at random (Zhang et al. 2017), in several times the
epochs, and what it then knows of other people's digits is what the true labels say.

On the way it is wiser than its teacher: digits whose label was spoilt are first given their
*true* label, and only later the one that they were taught (Arpit et al. 2017). The best test
accuracy on the way is the maximum over all epochs, which nobody could have picked without the
test digits: an oracle, shown as such.

A label is made random by drawing it anew from all ten; one that stays is not spoilt. The control
learns the same share on digits whose pixels are shuffled, each in its own way. Nothing is
corrected there, and the lies are learned sooner (as Zhang et al. 2017 see with random pixels).

What could fool us: "memorises" is what the training score says. That a network *can* learn
noise does not say that it does so with real labels, and one size, one optimiser and one data
set are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bigcurves.claims.claim import Claim, at_least, at_most
from bigcurves.learners import NetworkClassifier
from bigcurves.running.repeats import Rows, trained
from bigcurves.sample import Floats
from bigcurves.worlds import Digits
from bigcurves.worlds.digits import Form

PARTS = ("none", "fifth", "two_fifths", "three_fifths", "four_fifths", "every")  # in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, by which network, and how far labels are trusted.

    Attributes
    ----------
    n
        How many digits of ten sheets are learned, at most 1,277; all digits of four others are
        the test.
    hidden, learning_rate, batch_size
        Of the network; it trains by Adam, without weight decay.
    most_epochs
        Where training ends if a label is still missed.
    digits
        The form of the digits. A control spoils them.
    shares
        The share of training labels that is drawn anew in each of `PARTS`. A control puts
        another share there.
    control
        The form of the digits in the part of that name, which spoils as many labels as
        "three_fifths".
    """

    n: int = 1200
    hidden: int = 256
    learning_rate: float = 2e-3
    batch_size: int = 64
    most_epochs: int = 600
    digits: Form = "raw"
    shares: tuple[float, ...] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    control: Form = "scrambled"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part and epoch, until every training label is learned.

    `loss` is the mean of the epoch, `train` and `test` are accuracies after it; `recovered` and
    `obeyed` are the shares of spoilt digits to which the network gives their true label, or the
    one it is taught, missing where none is spoilt. The last part is "control".
    """
    rows: Rows = []
    shares = dict(zip(PARTS, settings.shares, strict=True))
    shares["control"] = shares["three_fifths"]
    for number, (part, share) in enumerate(shares.items(), start=1):
        form = settings.control if part == "control" else settings.digits
        learned, new = Digits(form=form).split(np.random.default_rng([seed, 0]))
        images = np.concatenate([learned.inputs[: settings.n], new.inputs])
        truth = np.concatenate([np.asarray(learned.targets)[: settings.n], np.asarray(new.targets)])
        rng = np.random.default_rng([seed, number])
        labels = truth[: settings.n].copy()
        drawn = rng.random(settings.n) < share
        labels[drawn] = rng.integers(10, size=drawn.sum())
        known = {"seed": seed, "part": part, "random": share}
        rows += [known | s for s in _learn(settings, images, truth, labels, seed)]
    return rows


def _learn(
    settings: Settings, images: Floats, truth: NDArray[Any], labels: NDArray[Any], seed: int
) -> Iterator[dict[str, float | None]]:
    """Train on the first images with the given labels, and score every epoch."""
    net = NetworkClassifier(
        hidden=(settings.hidden,),
        learning_rate=settings.learning_rate,
        batch_size=settings.batch_size,
        epochs=settings.most_epochs,
        random_state=seed,
    )
    n, spoilt = settings.n, labels != truth[: settings.n]
    rows = np.asarray(images, np.float32)  # as `predict` would make and check them every epoch
    for epoch in net.training(images[:n], labels):
        answers = net.classes_[net.network_.outputs(rows).argmax(axis=1)]
        train = float((answers[:n] == labels).mean())
        right = answers == truth
        row: dict[str, float | None] = {"epoch": epoch, "train": train}
        row["loss"] = net.loss_curve_[-1]
        row["test"] = float(right[n:].mean())
        for name, share in (("recovered", right[:n]), ("obeyed", answers[:n] == labels)):
            row[name] = float(share[spoilt].mean()) if spoilt.any() else None
        yield row
        if train == 1:
            return


def _last(run: pd.DataFrame) -> pd.DataFrame:
    """Keep each part's last epoch, with the part as index."""
    return run.sort_values("epoch").groupby("part").last()


def narrow_the_network(settings: Settings) -> Settings:
    """Train four hidden units, too few to memorise."""
    return replace(settings, hidden=4)


def restore_every_label(settings: Settings) -> Settings:
    """Give the digits with random labels their own."""
    return replace(settings, shares=(0.0, 0.2, 0.4, 0.6, 0.8, 0.0))


def randomise_true_labels(settings: Settings) -> Settings:
    """Draw all of the true labels anew."""
    return replace(settings, shares=(1.0, 0.2, 0.4, 0.6, 0.8, 1.0))


def scramble_digits(settings: Settings) -> Settings:
    """Permute each digit's pixels in its own way."""
    return replace(settings, digits="scrambled")


def show_the_control_whole(settings: Settings) -> Settings:
    """Leave the control's pixels in place."""
    return replace(settings, control="raw")


_third, _fourth = (partial(Claim, thread=n, chapter="discrete/random-labels") for n in (3, 4))

OF_WORLD = "digits shares control"
CALLED = {"every": "", "none": ""}
REPEATS = trained("part random epoch loss train test recovered obeyed")

CLAIMS = (
    _fourth(
        id="random-labels-fitted",
        sentence="Whatever share of the labels is random, the network learns every one of them.",
        figure=lambda run: _last(run)["train"].min(),
        threshold=at_least(0.999),
        mutation=narrow_the_network,
        about_learner=True,
    ),
    _fourth(
        id="random-labels-slower",
        sentence="Random labels take at least four times the epochs of true ones.",
        figure=lambda run: _last(run)["epoch"]["every"] / _last(run)["epoch"]["none"],
        threshold=at_least(4),
        mutation=restore_every_label,
    ),
    _fourth(
        id="random-labels-chance",
        sentence="What was learned from random labels says nothing about new digits.",
        figure=lambda run: _last(run)["test"]["every"],
        threshold=at_most(0.15),
        mutation=restore_every_label,
        by_construction="labels independent of the inputs tell nothing of new ones",
    ),
    _third(
        id="random-labels-true-twin",
        sentence="With true labels the same network knows at least 85 % of new digits.",
        figure=lambda run: _last(run)["test"]["none"],
        threshold=at_least(0.85),
        mutation=randomise_true_labels,
    ),
    _third(
        id="random-labels-teacher-corrected",
        sentence="With 60 % random labels, four of five spoilt digits first get their true label.",
        figure=lambda run: run.loc[run["part"] == "three_fifths", "recovered"].max(),
        threshold=at_least(0.8),
        mutation=scramble_digits,
    ),
    _fourth(
        id="random-labels-teacher-obeyed",
        sentence="In the end, hardly one of those digits still gets its true label.",
        figure=lambda run: _last(run)["recovered"]["three_fifths"],
        threshold=at_most(0.02),
        mutation=narrow_the_network,
        about_learner=True,
    ),
    _third(
        id="random-labels-no-shape-no-correction",
        sentence="Where each digit's pixels are shuffled, the network never corrects its teacher.",
        figure=lambda run: run.loc[run["part"] == "control", "recovered"].max(),
        threshold=at_most(0.2),
        mutation=show_the_control_whole,
    ),
    _third(
        id="random-labels-easier-without-shape",
        sentence="Lies about digits take at least twice the epochs of lies about shuffled pixels.",
        figure=lambda run: _last(run)["epoch"]["three_fifths"] / _last(run)["epoch"]["control"],
        threshold=at_least(2),
        mutation=show_the_control_whole,
    ),
)
