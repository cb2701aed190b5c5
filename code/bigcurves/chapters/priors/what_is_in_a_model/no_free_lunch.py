"""Is one learner better than another? Over all worlds none is; over smooth ones the neighbour is.

Twelve places on a line hold labels, 0 or 1, and six of them are known. There are 4,096 such worlds,
few enough to ask every one of them. Over all of them each learner, whatever it does, is right at an
unknown place exactly half the time (Wolpert 1996). Leave out the worlds in which the label changes
often along the line, and the nearest neighbour pulls ahead, while a learner that says its opposite
falls behind by as much. Shuffle the places, so that near means nothing, and it does not.

What could fool us: nothing is drawn at random but which places are known, so that intervals are
narrow; they say nothing about other numbers of places.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.running.repeats import Rows, close, exact

PAGE = "priors/what-is-in-a-model"
Labels: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How long the line is, and which worlds there are.

    Attributes
    ----------
    places, known
        Places on the line, and how many of them are known.
    changes
        The most changes of label along the line, one set of worlds for each.
    order
        "shuffled" shuffles the places after the changes were counted: the control.
    """

    places: int = 12
    known: int = 6
    changes: tuple[int, ...] = tuple(range(12))
    order: Literal["line", "shuffled"] = "line"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each most number of `changes` and each `learner`.

    `worlds` says how many there are, `right` the share of right answers at the unknown places,
    averaged over them.
    """
    rng = np.random.default_rng([seed, 0])
    worlds = (np.arange(2**settings.places)[:, np.newaxis] >> np.arange(settings.places)) & 1
    changes = np.abs(np.diff(worlds, axis=1)).sum(axis=1)
    if settings.order == "shuffled":
        worlds = worlds[:, rng.permutation(settings.places)]
    drawn = rng.permutation(settings.places)
    known, unknown = np.sort(drawn[: settings.known]), np.sort(drawn[settings.known :])
    rows: Rows = []
    for learner, answer in LEARNERS.items():
        right = (answer(worlds, known, unknown) == worlds[:, unknown]).mean(axis=1)
        for most in settings.changes:
            chosen = changes <= most
            row = {"seed": seed, "changes": most, "worlds": int(chosen.sum())}
            rows.append({**row, "learner": learner, "right": float(right[chosen].mean())})
    return rows


def _neighbour(worlds: Labels, known: Labels, unknown: Labels) -> Labels:
    """Say what the nearest known place says, the left one of two."""
    nearest = np.abs(unknown[:, np.newaxis] - known).argmin(axis=1)
    return np.asarray(worlds[:, known[nearest]])


def _majority(worlds: Labels, known: Labels, unknown: Labels) -> Labels:
    """Say what most known places say, 1 if it is a draw."""
    most = (2 * worlds[:, known].sum(axis=1) >= len(known)).astype(np.int64)
    return np.repeat(most[:, np.newaxis], len(unknown), axis=1)


LEARNERS: dict[str, Callable[[Labels, Labels, Labels], Labels]] = {
    "nearest neighbour": _neighbour,
    "the majority": _majority,
    "the neighbour's opposite": lambda *given: 1 - _neighbour(*given),
}


def _farthest_from_half(run: pd.DataFrame) -> float:
    every = run[run["changes"] == run["changes"].max()]
    return float((every["right"] - 0.5).abs().max())


def keep_smooth_worlds(settings: Settings) -> Settings:
    """Keep the worlds whose label changes three times at most."""
    return replace(settings, changes=(0, 1, 2, 3))


def shuffle_places(settings: Settings) -> Settings:
    """Shuffle the places after the changes were counted."""
    return replace(settings, order="shuffled")


OF_WORLD = "changes order"
REPEATS = exact("changes worlds learner") | close("right")

CLAIMS = (
    Claim(
        id="lunch-none-is-better",
        sentence="Over all worlds every learner is right half the time.",
        thread=6,
        chapter=PAGE,
        figure=_farthest_from_half,
        threshold=at_most(0.001),
        mutation=keep_smooth_worlds,
        by_construction="all worlds are counted, and each answer is right in half of them",
    ),
    Claim(
        id="lunch-neighbours-on-smooth-worlds",
        sentence="Where the label changes once at most, the neighbour is right four times in five.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: float(mean_where(run, changes=1, learner="nearest neighbour")["right"]),
        threshold=at_least(0.8),
        mutation=shuffle_places,
    ),
)
