"""Whose digits are asked for? With the same hands on both sides a machine looks better than it is.

Two machines learn 1,200 of the real digits and are asked about some five hundred others, which
stand on other sheets and so are of other people, or are drawn from all sheets alike. Mixed, each
person's digits are among those learned, and fewer than half as many are named wrongly.

What could fool us: the number learned. Of 75, 300 and 600 digits (8 seeds, two draws each) mixed
hands leave .76, .52 and .41 of the nearest neighbour's errors, the kernel machine's .79, .47 and
.33: a known hand is worth little where few of its digits are known. And fourteen sheets of thirteen
people mean that one of them may have filled two, so that "other sheets" are now and then by the
same hand: the true cost may be larger.
"""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from bigcurves.claims.claim import Claim, at_most, in_place_of, mean_where
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import Digits

PAGE = "density/data-not-model"
Hands: TypeAlias = Literal["mixed", "other"]
PARTS: tuple[Hands, ...] = ("mixed", "other")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, and whose are asked for.

    Attributes
    ----------
    n
        Training digits, at most 1,277, which ten sheets hold, whichever they are.
    draws
        How often sheets and digits are drawn anew.
    hands
        Whether those asked for are of "other" sheets or all sheets are "mixed", in each row's
        place; a control puts the other way there.
    """

    n: int = 1200
    draws: int = 3
    hands: tuple[Hands, ...] = PARTS


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part, draw and machine, with its `error` on digits not learned."""
    rows: Rows = []
    for draw in range(settings.draws):
        for part, hands in zip(PARTS, settings.hands, strict=True):
            rng = np.random.default_rng([seed, draw])
            learned, asked = Digits().split(rng)
            X = np.concatenate([learned.inputs, asked.inputs])
            y = np.concatenate([np.asarray(learned.targets), np.asarray(asked.targets)])
            order = rng.permutation(len(X)) if hands == "mixed" else np.arange(len(X))
            known, new = order[: settings.n], order[len(learned) :]
            machines = {
                "nearest neighbour": KNeighborsClassifier(1),
                "kernel machine": SVC(C=100, random_state=seed),
            }
            for name, machine in machines.items():
                error = 1 - float(machine.fit(X[known], y[known]).score(X[new], y[new]))
                key = {"seed": seed, "hands": part, "draw": draw, "machine": name}
                rows.append(key | {"error": error})
    return rows


def _flattery(run: pd.DataFrame) -> float:
    """Divide the nearest neighbour's error with mixed hands by that on other hands."""
    mixed, other = (
        mean_where(run, hands=part, machine="nearest neighbour")["error"] for part in PARTS
    )
    return float(mixed / other)


def mix_all_hands(settings: Settings) -> Settings:
    """Mix the sheets where those asked for should be others."""
    return replace(settings, hands=in_place_of(settings.hands, other="mixed"))


OF_WORLD = "hands"
REPEATS = exact("hands draw machine") | close("error")

CLAIMS = (
    Claim(
        id="digits-mixed-hands-flatter",
        sentence="With 1,200 digits learned, known hands more than halve a neighbour's errors.",
        thread=3,
        chapter=PAGE,
        figure=_flattery,
        threshold=at_most(0.5),
        mutation=mix_all_hands,
    ),
)
