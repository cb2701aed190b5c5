"""How many fresh digits is an augmented one worth? Little more than itself, or less.

A few real digits of each class are each made into twenty, and the error that they leave on other
people's digits is read off the learning curve of fresh digits: a worth of 2 says that twice as many
fresh ones would do as well. Turns by up to 10 degrees with shifts of up to half a pixel are worth a
little, other brightness is worth nothing, and turns all the way round cost half of the digits and
more. On drawn glyphs, where turning is all that varies, the same device is worth nearly its count.

The earlier trial read 1.4 to 1.6 (nearest neighbour) and 1.15 (network) for small turns. How the
pixels are read between their places decides: read once, by cubics, with each digit itself among
its twenty, they help both. Read twice by straight lines, and the digit itself left out ("blurred"),
they harm the network, for it then learns softer digits than it is asked for.

What could fool us: one seed's curve is as noisy as its error, so that one worth is known to a
fifth or so. The network takes as many steps whatever it is given; more would favour many pictures.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import gmean
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.priors.augmentation.changed_digits import HOWS, changed
from bigcurves.claims.claim import Claim, at_least, at_most, between
from bigcurves.learners import NetworkClassifier
from bigcurves.measures import effective_sample_size
from bigcurves.running.repeats import Rows, exact, trained
from bigcurves.sample import Floats
from bigcurves.worlds import Digits

BATCH = 50  # rows to a step of the network


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, and how they are augmented.

    Attributes
    ----------
    sizes
        Digits of each class that are augmented.
    curve
        Digits of each class on the curve of fresh ones, at most 122, which ten sheets have of
        every class, whoever they are; holds the sizes.
    k
        Pictures that each is made into.
    draws
        How many times digits are drawn anew for nearest neighbours. The network learns the first.
    steps
        Of the network's descent, whatever it is given.
    light
        Factors between which the ink is made brighter or darker.
    turning
        "copy" leaves pictures as they were: the control.
    """

    sizes: tuple[int, ...] = (4, 8, 16)
    curve: tuple[int, ...] = (2, 4, 8, 16, 32, 64)
    k: int = 20
    draws: int = 3
    steps: int = 1000
    light: tuple[float, float] = (0.6, 1.2)
    turning: Literal["turn", "copy"] = "turn"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each learner, draw, count `n` of digits a class and augmentation `how`.

    `error` is the share of new digits named wrongly (half a digit at least), and `worth` the
    number of fresh digits with the same error over n. Rows "fresh" are the curve itself.
    """
    rows: Rows = []
    for draw in range(settings.draws):
        rng = np.random.default_rng([seed, draw])
        for learner in ("nearest", "network")[: 2 if draw == 0 else 1]:
            found = list(_errors(settings, learner, rng))
            fresh = {n: error for n, how, error in found if how == "fresh"}
            for n, how, error in found:
                row = {"n": n, "how": how, "error": error}
                if how != "fresh":
                    sizes, errors = list(fresh), list(fresh.values())
                    equal = effective_sample_size(error, sizes=sizes, errors=errors, extend=True)
                    row["worth"] = equal / n
                rows.append({"seed": seed, "learner": learner, "draw": draw, **row})
    return rows


def _errors(
    settings: Settings, learner: str, rng: np.random.Generator
) -> Iterator[tuple[int, str, float]]:
    """Learn from fresh digits of every count, and from augmented ones."""
    learned, asked = Digits().split(rng)
    X, y = learned.inputs, np.asarray(learned.targets)
    each = np.stack([np.flatnonzero(y == digit)[: settings.curve[-1]] for digit in range(10)])
    for n in settings.curve:
        known, labels = (
            np.repeat(part[each[:, :n].ravel()], settings.k, axis=0) for part in (X, y)
        )
        for how, pictures in _shown(settings, known, n, rng):
            step = settings.k if (how, learner) == ("fresh", "nearest") else 1  # copies say no more
            machine = _learner(settings, learner, len(pictures), rng).fit(
                pictures[::step], labels[::step]
            )
            wrong = (machine.predict(asked.inputs) != asked.targets).sum()
            yield n, how, max(0.5, float(wrong)) / len(asked)


def _shown(
    settings: Settings, known: Floats, n: int, rng: np.random.Generator
) -> Iterator[tuple[str, Floats]]:
    """Show digits as they are, and where they are few, changed in every way."""
    yield "fresh", known
    if n in settings.sizes:
        for how in HOWS:
            copy = settings.turning == "copy"
            new = changed(known, how, rng, k=settings.k, light=settings.light)
            yield how, known if copy else new


def _learner(
    settings: Settings, learner: str, rows: int, rng: np.random.Generator
) -> KNeighborsClassifier | NetworkClassifier:
    if learner == "nearest":
        return KNeighborsClassifier(1)
    epochs = max(1, round(settings.steps * BATCH / rows))
    state = int(rng.integers(2**31))
    return NetworkClassifier(
        hidden=(256,), learning_rate=3e-3, epochs=epochs, batch_size=BATCH, random_state=state
    )


def worth(run: pd.DataFrame, how: str, learner: str = "nearest") -> float:
    """Average what an augmentation is worth to a learner, over sizes and draws, in logarithms."""
    rows = run[(run["how"] == how) & (run["learner"] == learner)]
    return float(gmean(rows["worth"]))


def change_nothing(settings: Settings) -> Settings:
    """Leave augmented pictures as they were."""
    return replace(settings, turning="copy")


def take_the_ink_away(settings: Settings) -> Settings:
    """Leave at most a fifth of the ink where brightness changes."""
    return replace(settings, light=(0.0, 0.2))


_claim = partial(Claim, thread=8, chapter="priors/augmentation")

OF_WORLD = "turning light"
REPEATS = exact("learner draw n how") | trained("error worth")

CLAIMS = (
    _claim(
        id="digit-worth-small-turns-help",
        sentence="Small turns and shifts make a real digit worth more than one.",
        figure=partial(worth, how="turned 10, shifted"),
        threshold=at_least(1.05),
        mutation=change_nothing,
    ),
    _claim(
        id="digit-worth-brightness-nothing",
        sentence="Other brightness neither adds to its worth nor takes from it.",
        figure=partial(worth, how="brighter or darker"),
        threshold=between(0.8, 1.15),
        mutation=take_the_ink_away,
    ),
    _claim(
        id="digit-worth-upside-down-harms",
        sentence="Turned all the way round, it is worth less than itself.",
        figure=lambda run: max(worth(run, "turned 180", who) for who in ("nearest", "network")),
        threshold=at_most(0.9),
        mutation=change_nothing,
    ),
)
