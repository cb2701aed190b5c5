"""What does augmentation do for real digits? As much as its invariance is true of them.

A few digits of each class are made into twenty times as many. Small turns and shifts help, other
brightness neither helps nor harms, and turns all the way round harm: a digit upside down is
another, or none. Where the digits asked for are turned by up to 45 degrees, turning the learned
ones as far takes away most of the errors.

What could fool us: nobody knows the digits' latents, so that coverage is not measured here, only
its effect. The nearest neighbour stands for all learners.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from scipy.ndimage import shift
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.learners import turn_pictures
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Digits
from bigcurves.worlds.digits import SIDE

HOWS = ("copies", "brighter or darker", "turned 10, shifted", "turned 45", "turned 180")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, and how they are augmented.

    Attributes
    ----------
    sizes
        Digits of each class learned, at most 122, which ten sheets have of every class.
    k
        Pictures that each is made into.
    turning
        "copy" leaves pictures as they were: the control.
    """

    sizes: tuple[int, ...] = (4, 8, 16)
    k: int = 20
    turning: Literal["turn", "copy"] = "turn"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each count `n` of digits a class and each augmentation `how`.

    `error` is the nearest neighbour's on the digits of other sheets, `turned` on the same digits
    turned by up to 45 degrees.
    """
    rng = np.random.default_rng([seed, 0])
    learned, asked = Digits().split(rng)
    X, y, truth = learned.inputs, np.asarray(learned.targets), np.asarray(asked.targets)
    turned = turn_pictures(asked.inputs, rng.uniform(-45, 45, len(asked)))
    rows: Rows = []
    for n in settings.sizes:
        chosen = np.concatenate([np.flatnonzero(y == digit)[:n] for digit in range(10)])
        known, labels = (np.repeat(part[chosen], settings.k, axis=0) for part in (X, y))
        for how in HOWS:
            learner = KNeighborsClassifier(1).fit(_augmented(settings, known, how, rng), labels)
            scores = {"error": _error(learner, asked.inputs, truth)}
            scores["turned"] = _error(learner, turned, truth)
            rows.append({"seed": seed, "n": n, "how": how, **scores})
    return rows


def _augmented(settings: Settings, X: Floats, how: str, rng: np.random.Generator) -> Floats:
    if settings.turning == "copy" or how == "copies":
        return X
    if how == "brighter or darker":
        return X * rng.uniform(0.6, 1.2, (len(X), 1))
    degrees = float(how.removesuffix(", shifted").split()[1])
    turned = turn_pictures(X, rng.uniform(-degrees, degrees, len(X)))
    if how.endswith("shifted"):
        moves = rng.uniform(-0.5, 0.5, (len(X), 2))
        pictures = turned.reshape(-1, SIDE, SIDE)
        moved = [shift(one, move, order=1) for one, move in zip(pictures, moves, strict=True)]
        return np.stack(moved).reshape(len(X), -1)
    return turned


def _error(learner: KNeighborsClassifier, X: Floats, y: Targets) -> float:
    return float((learner.predict(X) != y).mean())


def _difference(how: str, column: str = "error") -> Callable[[pd.DataFrame], float]:
    """Measure what an augmentation adds to the error of copies, averaged over the sizes."""
    return lambda run: mean_where(run, how=how)[column] - mean_where(run, how="copies")[column]


def turn_nothing(settings: Settings) -> Settings:
    """Leave turned pictures as they were."""
    return replace(settings, turning="copy")


_claim = partial(Claim, thread=8, chapter="priors/augmentation")

OF_WORLD = "turning"
REPEATS = exact("n how") | close("error turned")

CLAIMS = (
    _claim(
        id="digit-augmentation-covers-turned-digits",
        sentence="Turning the learned digits takes away over half of the errors on turned ones.",
        figure=lambda run: (
            mean_where(run, how="turned 45")["turned"] / mean_where(run, how="copies")["turned"]
        ),
        threshold=at_most(0.5),
        mutation=turn_nothing,
    ),
    _claim(
        id="digit-augmentation-upside-down-harms",
        sentence="Turned all the way round, real digits are learned worse than from copies.",
        figure=_difference("turned 180"),
        threshold=at_least(0.01),
        mutation=turn_nothing,
    ),
)
