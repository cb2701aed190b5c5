"""A curve through every point may swing wildly between them, or be the best of all.

Random cosine features of 200 real digits, fitted by least squares. With as many features as
digits there is one curve through all labels, and it swings wildly between them; with fifteen
times as many there are many, and the one of least norm is the best of all: it errs less than
every model that is too small to pass through the points (Belkin et al. 2019).

The second descent is no free lunch: with a fifth of the labels random, the largest model is no
better than the small ones, and where all labels are random no size is better than a guess.

The test digits are other people's, and keep their own labels throughout. A label is made random
by drawing it anew from all ten, so a tenth of those drawn stay right.

Guessing errs nine times in ten. The luckiest of ten sizes on one seed reads .84 to .89, as 200
random labels are never spread quite evenly; the claim, which must hold on each seed, asks for .8.

What could fool us: the peak stands where features meet rows because nothing damps it. A ridge
that fits the noise, or stopping early, takes it away; then larger is better all along.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.learners import CosineClassifier
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import Digits

PAGE = "density/double-descent"
PARTS = ("real", "noisy", "random")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, by how many features, and how far labels are trusted.

    Attributes
    ----------
    n
        How many digits of ten sheets are learned, at most 1,277; all digits of four others are
        the test.
    features
        The sizes of the model: some below `n`, `n` itself, and some far above.
    scale
        Standard deviation of the features' frequencies, in radians per unit of brightness.
    shares
        The share of training labels that is drawn anew in each part. A control gives a part
        another share.
    """

    n: int = 200
    features: tuple[int, ...] = (50, 100, 150, 180, 200, 220, 300, 500, 1000, 3000)
    scale: float = 1 / 3
    shares: tuple[float, ...] = (0.0, 0.2, 1.0)


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part and number of features: `train` and `test` error, and `norm`.

    `norm` is the length of the weights: the root of the sum of all their squares.
    """
    known, new = Digits().split(np.random.default_rng([seed, 0]))
    n, taught = settings.n, {}
    for number, (part, share) in enumerate(zip(PARTS, settings.shares, strict=True), start=1):
        rng = np.random.default_rng([seed, number])
        labels = np.asarray(known.targets)[:n].copy()
        drawn = rng.random(n) < share
        labels[drawn] = rng.integers(10, size=drawn.sum())
        taught[part] = labels
    rows: dict[str, Rows] = {part: [] for part in taught}
    for features in settings.features:
        model = CosineClassifier(features=features, scale=settings.scale, random_state=seed)
        models = model.fit_each(known.inputs[:n], list(taught.values()))
        here, there = (models[0].cosines(part) for part in (known.inputs[:n], new.inputs))
        for (part, labels), one in zip(taught.items(), models, strict=True):
            learned, told = (
                one.classes_[(cosines @ one.coef_).argmax(axis=1)] for cosines in (here, there)
            )
            errors = {
                "train": 1 - float((learned == labels).mean()),
                "test": 1 - float((told == new.targets).mean()),
                "norm": float(np.linalg.norm(one.coef_)),
            }
            rows[part].append({"seed": seed, "labels": part, "features": features, **errors})
    return [row for part in rows.values() for row in part]


def _largest(run: pd.DataFrame, labels: str) -> float:
    """Give the test error of the largest model."""
    return float(mean_where(run, labels=labels, features=run["features"].max())["test"])


def _peak_over_largest(run: pd.DataFrame) -> float:
    real = run[run["labels"] == "real"]
    return float(real["test"].max() / _largest(run, "real"))


def _norm_at_peak(run: pd.DataFrame, peak: int) -> float:
    """Compare the weights where features meet digits with the largest model's, in powers of ten.

    The ratio itself varies a thousandfold from seed to seed; its mean says little.
    """
    at_peak, largest = (
        mean_where(run, labels="real", features=features)["norm"]
        for features in (peak, run["features"].max())
    )
    return float(np.log10(at_peak / largest))


def _largest_over_small(run: pd.DataFrame, labels: str) -> float:
    """Divide the largest model's error by that of the best model too small to fit."""
    small = run[(run["labels"] == labels) & (run["features"] <= 150)]
    return float(_largest(run, labels) / small["test"].min())


def randomise_real_labels(settings: Settings) -> Settings:
    """Draw all of the real labels anew."""
    return replace(settings, shares=(1.0, 0.2, 1.0))


def spoil_real_labels(settings: Settings) -> Settings:
    """Draw a fifth of the real labels anew."""
    return replace(settings, shares=(0.2, 0.2, 1.0))


def halve_the_digits(settings: Settings) -> Settings:
    """Learn half as many digits, which moves the peak."""
    return replace(settings, n=100)


def clean_noisy_labels(settings: Settings) -> Settings:
    """Leave the noisy labels as they were."""
    return replace(settings, shares=(0.0, 0.0, 1.0))


def restore_random_labels(settings: Settings) -> Settings:
    """Give the digits with random labels their own."""
    return replace(settings, shares=(0.0, 0.2, 0.0))


OF_WORLD = "n shares"
REPEATS = exact("labels features") | close("train test norm")

CLAIMS = (
    Claim(
        id="double-descent-peak",
        sentence="Where features meet digits, error is at least four times that of the largest.",
        thread=9,
        chapter=PAGE,
        figure=_peak_over_largest,
        threshold=at_least(4),
        mutation=randomise_real_labels,
    ),
    Claim(
        id="double-descent-second",
        sentence="The largest model errs less than every model too small to fit its points.",
        thread=9,
        chapter=PAGE,
        figure=lambda run: _largest_over_small(run, "real"),
        threshold=at_most(0.75),
        mutation=spoil_real_labels,
    ),
    Claim(
        id="double-descent-norm",
        sentence="At the peak the weights are longer than the largest model's by a power of ten.",
        thread=9,
        chapter=PAGE,
        figure=lambda run: _norm_at_peak(run, 200),
        threshold=at_least(1),
        mutation=halve_the_digits,
    ),
    Claim(
        id="double-descent-noise",
        sentence="With a fifth of the labels random, the largest model hardly beats a small one.",
        thread=7,
        chapter=PAGE,
        figure=lambda run: _largest_over_small(run, "noisy"),
        threshold=at_least(0.85),
        mutation=clean_noisy_labels,
    ),
    Claim(
        id="double-descent-random",
        sentence="Trained on random labels, every size of model errs at least four times in five.",
        thread=3,
        chapter=PAGE,
        figure=lambda run: run.loc[run["labels"] == "random", "test"].min(),
        threshold=at_least(0.8),
        mutation=restore_random_labels,
        by_construction="labels independent of the inputs tell nothing of new ones",
    ),
)
