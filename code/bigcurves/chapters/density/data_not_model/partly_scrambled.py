"""Scrambled by degrees: structure leaves a picture pixel by pixel, if each goes its own way.

Nearest neighbours learn 200 real digits, and name those of other people; of both, more and more
pixels have been shuffled. Where every digit is shuffled in the same way, no distance changes and
no answer either. Where each is shuffled in its own way, accuracy falls steadily, and reaches a
guess when all have moved.

What could fool us: the pixels that take part are drawn at random, so early ones may be the empty
corners of a picture and cost nothing. The ink stays, and is worth a point above the guess of 10.
"""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.claims.claim import Claim, at_least, at_most, between, in_place_of, mean_where
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import Digits, permute_pixels

PAGE = "density/data-not-model"
PIXELS = 64
Dealing: TypeAlias = Literal["alike", "apart"]
DEALINGS: tuple[Dealing, ...] = ("alike", "apart")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, and how many of their pixels are shuffled.

    Attributes
    ----------
    n
        Training digits of ten sheets, at most 1,277; all digits of four others are the test.
    moved
        Numbers of pixels shuffled, from none to all 64.
    dealings
        Whether all digits are shuffled "alike" or each in its own way, "apart", in each row's
        place; a control puts the other way there.
    """

    n: int = 200
    moved: tuple[int, ...] = (0, 8, 16, 24, 32, 40, 48, 56, 64)
    dealings: tuple[Dealing, ...] = DEALINGS


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each way of shuffling and number of pixels `moved`, with `test` accuracy."""
    rng = np.random.default_rng([seed, 0])
    known, new = Digits().split(rng)
    n = settings.n
    pictures = np.concatenate([known.inputs[:n], new.inputs])
    y = np.concatenate([np.asarray(known.targets)[:n], np.asarray(new.targets)])
    places, ranks = rng.permutation(PIXELS), rng.random(pictures.shape)
    rows: Rows = []
    for dealing, kind in zip(DEALINGS, settings.dealings, strict=True):
        used = ranks if kind == "apart" else ranks[:1]
        for moved in settings.moved:
            X = permute_pixels(pictures, used, places[:moved])
            test = KNeighborsClassifier(n_neighbors=1).fit(X[:n], y[:n]).score(X[n:], y[n:])
            key = {"seed": seed, "dealing": dealing, "moved": moved}
            rows.append(key | {"test": float(test)})
    return rows


def shuffle_alike_apart(settings: Settings) -> Settings:
    """Shuffle each digit's pixels in its own way where all are shuffled alike."""
    return replace(settings, dealings=in_place_of(settings.dealings, alike="apart"))


def shuffle_apart_alike(settings: Settings) -> Settings:
    """Shuffle all digits' pixels alike where each is shuffled in its own way."""
    return replace(settings, dealings=in_place_of(settings.dealings, apart="alike"))


OF_WORLD = "dealings"
REPEATS = exact("dealing moved") | close("test")

CLAIMS = (
    Claim(
        id="scrambled-alike-nothing",
        sentence="Pixels shuffled alike in all digits cost nearest neighbours nothing.",
        thread=3,
        chapter=PAGE,
        figure=lambda run: float(
            mean_where(run, dealing="alike", moved=0)["test"]
            - run.loc[run["dealing"] == "alike", "test"].min()
        ),
        threshold=at_most(0.005),
        mutation=shuffle_alike_apart,
        by_construction="one permutation for all changes no distance",
    ),
    Claim(
        id="scrambled-apart-by-degrees",
        sentence="With half of the pixels shuffled digit by digit, some accuracy has gone.",
        thread=3,
        chapter=PAGE,
        figure=lambda run: mean_where(run, dealing="apart", moved=32)["test"],
        threshold=between(0.3, 0.85),
        mutation=shuffle_apart_alike,
    ),
    Claim(
        id="scrambled-apart-to-guessing",
        sentence="With all pixels shuffled digit by digit, only a guess is left.",
        thread=3,
        chapter=PAGE,
        figure=lambda run: (
            mean_where(run, dealing="apart", moved=0)["test"]
            - mean_where(run, dealing="apart", moved=64)["test"]
        ),
        threshold=at_least(0.75),
        mutation=shuffle_apart_alike,
    ),
)
