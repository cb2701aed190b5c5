"""Scrambled by degrees: structure leaves a picture pixel by pixel, if each goes its own way.

Nearest neighbours learn 200 real digits, of which more and more pixels have been dealt out anew.
Where every digit is dealt in the same way, no distance changes and no answer either. Where each
is dealt in its own way, accuracy falls steadily, and reaches a guess when all have moved.

What could fool us: the pixels that take part are drawn at random, so early ones may be the empty
corners of a picture and cost nothing. The ink stays, and is worth a point above the guess of 10.
"""

from dataclasses import dataclass, replace

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.claims.claim import Claim, Rows, at_least, at_most, between, mean_where
from bigcurves.running.repeats import close, exact
from bigcurves.worlds import Digits, deal_out

PAGE = "density/data-not-model"
PIXELS = 64
COUNT = 1797


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many digits are learned, and how many of their pixels are dealt out.

    Attributes
    ----------
    n
        Training digits; all the others are the test.
    moved
        Numbers of pixels dealt out anew, from none to all 64.
    alike, apart
        Whether each digit is dealt in its own way, in the part that plays each role.
    """

    n: int = 200
    moved: tuple[int, ...] = (0, 8, 16, 24, 32, 40, 48, 56, 64)
    alike: bool = False
    apart: bool = True


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each way of dealing and number of pixels `moved`, with `test` accuracy."""
    rng = np.random.default_rng([seed, 0])
    digits = Digits().sample(COUNT, rng)
    y, n = np.asarray(digits.targets), settings.n
    places, ranks = rng.permutation(PIXELS), rng.random((COUNT, PIXELS))
    rows: Rows = []
    for dealing in ("alike", "apart"):
        used = ranks if getattr(settings, dealing) else ranks[:1]
        for moved in settings.moved:
            X = deal_out(digits.inputs, used, places[:moved])
            test = KNeighborsClassifier(n_neighbors=1).fit(X[:n], y[:n]).score(X[n:], y[n:])
            key = {"seed": seed, "dealing": dealing, "moved": moved}
            rows.append(key | {"test": float(test)})
    return rows


def deal_alike_apart(settings: Settings) -> Settings:
    """Deal each digit's pixels in its own way where all are dealt alike."""
    return replace(settings, alike=True)


def deal_apart_alike(settings: Settings) -> Settings:
    """Deal all digits' pixels alike where each is dealt in its own way."""
    return replace(settings, apart=False)


REPEATS = exact("dealing moved") | close("test")

CLAIMS = (
    Claim(
        id="scrambled-alike-nothing",
        sentence="Pixels dealt out alike in all digits cost nearest neighbours nothing.",
        thread=3,
        chapter=PAGE,
        figure=lambda run: float(
            mean_where(run, dealing="alike", moved=0)["test"]
            - run.loc[run["dealing"] == "alike", "test"].min()
        ),
        threshold=at_most(0.005),
        mutation=deal_alike_apart,
    ),
    Claim(
        id="scrambled-apart-by-degrees",
        sentence="With half of the pixels dealt out digit by digit, some accuracy has gone.",
        thread=3,
        chapter=PAGE,
        figure=lambda run: mean_where(run, dealing="apart", moved=32)["test"],
        threshold=between(0.3, 0.85),
        mutation=deal_apart_alike,
    ),
    Claim(
        id="scrambled-apart-to-guessing",
        sentence="With all pixels dealt out digit by digit, only a guess is left.",
        thread=3,
        chapter=PAGE,
        figure=lambda run: (
            mean_where(run, dealing="apart", moved=0)["test"]
            - mean_where(run, dealing="apart", moved=64)["test"]
        ),
        threshold=at_least(0.75),
        mutation=deal_apart_alike,
    ),
)
