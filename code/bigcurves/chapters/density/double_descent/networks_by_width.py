"""Double descent in networks: with wrong labels and long training, and not if stopped early.

Real digits and networks of one hidden layer, of 4 to 512 units, trained for 300 epochs. With clean
labels the wider network errs less, all along. With a fifth of the training labels drawn anew the
error on other people's digits has a peak about the width at which the training error comes near
0, and falls again beyond it. Stopped at the epoch that suits 200 digits kept aside (whose labels
are as bad), every width but the narrowest errs far less than at the end, and the peak goes down to
what three points of chance can make. So the peak is one of fitting the noise, as Nakkiran et al.
2020 have it for far larger networks.

What could fool us: these are 64 pixels, 1,000 digits and one hidden layer. The digits kept aside
are of the same hands as those trained on.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, at_most
from bigcurves.learners import NetworkClassifier
from bigcurves.running.repeats import Rows, exact, trained
from bigcurves.sample import Floats, Sample, Targets
from bigcurves.worlds import Digits

PAGE = "density/double-descent"
LABELS = ("clean", "noisy")
NARROW = 16  # units: too few to fit noisy labels, or even clean ones


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, with how many labels drawn anew, by which networks.

    Attributes
    ----------
    n, kept
        Training digits of ten sheets, and digits of the same sheets kept aside; 1,277 together at
        most. All digits of four other sheets are the test.
    shares
        Share of labels drawn anew from all ten, clean and noisy, in training and kept aside alike.
    widths
        Hidden units, the widest last.
    learning_rate, batch_size, epochs
        Of each network; it trains by Adam, without weight decay, at a constant rate.
    every
        Epochs from one look at the digits kept aside to the next.
    """

    n: int = 1000
    kept: int = 200
    shares: tuple[float, ...] = (0.0, 0.2)
    widths: tuple[int, ...] = (4, 8, 16, 32, 64, 128, 512)
    learning_rate: float = 5e-3
    batch_size: int = 64
    epochs: int = 300
    every: int = 5


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each of `labels` and each `width`, with errors in `train` and `test`.

    `train` counts labels as they were taught, `test` those of new digits as they are; `stopped` is
    the error on new digits at the epoch that suits the digits kept aside best.
    """
    rng = np.random.default_rng([seed, 0])
    known, new = Digits().split(rng)
    every = settings.n + settings.kept
    chance, other = rng.random(every), rng.integers(10, size=every)
    rows: Rows = []
    for part, share in zip(LABELS, settings.shares, strict=True):
        labels = np.where(chance < share, other, np.asarray(known.targets)[:every])
        for width in settings.widths:
            errors = _train(known.inputs[:every], labels, new, width, settings, seed)
            names = ("train", "test", "stopped")
            row = dict(zip(names, errors, strict=True))
            rows.append({"seed": seed, "labels": part, "width": width, **row})
    return rows


def _train(
    X: Floats, labels: Targets, new: Sample, width: int, settings: Settings, seed: int
) -> tuple[float, float, float]:
    """Train one network; give its errors in training and on new digits, and when stopped early."""
    n = settings.n
    network = NetworkClassifier(
        hidden=(width,),
        learning_rate=settings.learning_rate,
        batch_size=settings.batch_size,
        epochs=settings.epochs,
        random_state=seed,
    )
    fewest, stopped = np.inf, 1.0
    for epoch in network.training(X[:n], labels[:n]):
        if epoch % settings.every == 0:
            missed = float(np.mean(network.predict(X[n:]) != labels[n:]))
            if missed < fewest:
                fewest = missed
                stopped = float(np.mean(network.predict(new.inputs) != new.targets))
    train = float(np.mean(network.predict(X[:n]) != labels[:n]))
    return train, float(np.mean(network.predict(new.inputs) != new.targets)), stopped


def errors(run: pd.DataFrame, labels: str, value: str) -> "pd.Series[float]":
    """Give one kind of error by width, on clean or noisy labels."""
    return run[run["labels"] == labels].groupby("width")[value].mean()


def beyond_the_widest(run: pd.DataFrame, labels: str) -> float:
    """Subtract the widest network's error from the highest of those wider than 16 units."""
    test = errors(run, labels, "test")
    return float(test[test.index > NARROW].max() - test.iloc[-1])


def stopped_for_late(run: pd.DataFrame, labels: str) -> float:
    """Divide the error when stopped early by that at the end, of networks wider than 16 units."""
    stopped, late = (errors(run, labels, value) for value in ("stopped", "test"))
    return float(stopped[stopped.index > NARROW].mean() / late[late.index > NARROW].mean())


def spoil_clean_labels(settings: Settings) -> Settings:
    """Draw a fifth of the clean labels anew."""
    return replace(settings, shares=(0.2, 0.2))


def clean_noisy_labels(settings: Settings) -> Settings:
    """Leave the noisy labels as they were."""
    return replace(settings, shares=(0.0, 0.0))


OF_WORLD = "n kept shares"
REPEATS = exact("labels width") | trained("train test stopped")

CLAIMS = (
    Claim(
        id="networks-peak-with-noise",
        sentence=(
            "Trained long on noisy labels, a network that just fits them errs more than the "
            "widest, by five points or more."
        ),
        thread=9,
        chapter=PAGE,
        figure=lambda run: beyond_the_widest(run, "noisy"),
        threshold=at_least(0.05),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="networks-clean-no-peak",
        sentence="On clean labels no network errs more than a narrower one, but for two points.",
        thread=9,
        chapter=PAGE,
        figure=lambda run: float(errors(run, "clean", "test").diff().max()),
        threshold=at_most(0.02),
        mutation=spoil_clean_labels,
    ),
    Claim(
        id="networks-stopped-early",
        sentence=(
            "Stopped early, networks taught noisy labels err less than two thirds as often as at "
            "the end."
        ),
        thread=9,
        chapter=PAGE,
        figure=lambda run: stopped_for_late(run, "noisy"),
        threshold=at_most(2 / 3),
        mutation=clean_noisy_labels,
    ),
)
