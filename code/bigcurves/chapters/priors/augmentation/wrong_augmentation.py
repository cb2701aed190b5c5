"""Can augmentation do harm? Where turning is no invariance, and only to the classes that it mixes.

A 6 turned half round is a 9, a T upside down is still told from them, and an O is what it was.
Upright pictures are learned with turns of more and more, and asked for within 46 degrees of
upright. Turns up to 45 degrees cover what the test asks for. Turns all the way round make 6 and
9 one class, and harm neither T nor O: harm is dealt out by class (Balestriero, Bottou and LeCun
2022).

Our glyphs are easier than those of the reference runs: upright pictures leave 5 % errors at 46
degrees, not 18 %, so that even 20 degrees of turning leave none.

What could fool us: the mean over classes hides it. Look at the classes one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.learners import turn_pictures
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import TURNED_FOUR


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many pictures are drawn, and how far they are turned.

    Attributes
    ----------
    n, k
        Pictures of each class drawn, and the pictures that each is made into.
    turns
        The most by which pictures are turned either way, in degrees.
    test
        Pictures asked for.
    turning, labels
        "copy" leaves pictures as they were, "shuffled" shuffles the labels: the controls.
    """

    n: int = 4
    k: int = 16
    turns: tuple[int, ...] = (0, 20, 30, 45, 90, 120, 150, 180)
    test: int = 2000
    turning: Literal["turn", "copy"] = "turn"
    labels: Literal["true", "shuffled"] = "true"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each dose `turn` and `glyph` ("all" the four together), with its `error`."""
    world, rng = TURNED_FOUR, np.random.default_rng([seed, 0])
    test = world.sample(settings.test, rng)
    upright = replace(world, like=replace(world.like, turn=0))
    drawn = upright.sample(len(world.glyphs) * settings.n, rng)
    assert test.targets is not None
    assert drawn.targets is not None
    X, y = (np.repeat(part, settings.k, axis=0) for part in (drawn.inputs, drawn.targets))
    share = rng.uniform(-1, 1, len(y))
    known = rng.permutation(y) if settings.labels == "shuffled" else y
    rows: Rows = []
    for turn in settings.turns:
        turned = X if settings.turning == "copy" else turn_pictures(X, turn * share)
        wrong = KNeighborsClassifier(1).fit(turned, known).predict(test.inputs) != test.targets
        for place, glyph in enumerate(world.glyphs):
            error = float(wrong[test.targets == place].mean())
            rows.append({"seed": seed, "turn": turn, "glyph": glyph, "error": error})
        rows.append({"seed": seed, "turn": turn, "glyph": "all", "error": float(wrong.mean())})
    return rows


def _error(turn: int, *glyphs: str) -> Callable[[pd.DataFrame], float]:
    return lambda run: float(
        np.mean([mean_where(run, turn=turn, glyph=glyph)["error"] for glyph in glyphs])
    )


def turn_nothing(settings: Settings) -> Settings:
    """Leave turned pictures as they were."""
    return replace(settings, turning="copy")


def shuffle_labels(settings: Settings) -> Settings:
    """Shuffle the labels."""
    return replace(settings, labels="shuffled")


_claim = partial(Claim, thread=8, chapter="priors/augmentation")

OF_WORLD = "turning labels"
CALLED = {"all": ""}
REPEATS = exact("turn glyph") | close("error")

CLAIMS = (
    _claim(
        id="wrong-augmentation-right-dose",
        sentence="Turns up to 45 degrees leave a quarter of the errors, or fewer.",
        figure=lambda run: _error(45, "all")(run) / _error(0, "all")(run),
        threshold=at_most(0.25),
        mutation=turn_nothing,
    ),
    _claim(
        id="wrong-augmentation-mixes-six-and-nine",
        sentence="Turned all the way round, a 6 and a 9 are told apart as by a coin.",
        figure=_error(180, "6", "9"),
        threshold=at_least(0.35),
        mutation=turn_nothing,
    ),
    _claim(
        id="wrong-augmentation-spares-the-others",
        sentence="The same turns do a T and an O no harm.",
        figure=_error(180, "T", "O"),
        threshold=at_most(0.05),
        mutation=shuffle_labels,
    ),
)
