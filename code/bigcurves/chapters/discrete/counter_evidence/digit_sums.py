"""Are discrete problems beyond reach? Sixty sums are enough to add any two numbers.

Numbers of three digits are written as symbols, one column for each digit at each place. Least
squares finds what each symbol is worth, and adds pairs that it never saw without a fault. The
nearest neighbour, handed the same rows, is almost always wrong: between two sums lies no sum.
With the same sums shuffled there is nothing to find.

The rows span 55 dimensions (six places of ten digits, less the five constants they share), so
that nothing can be exact below 55 rows. With 60, one draw in seven or so has not shown a digit
at some place, and the sums with that digit go wrong; reference runs without such a draw read 100 %.

What could fool us: adding is linear in these symbols. That is the prior, and it was handed over.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.neighbors import KNeighborsRegressor

from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import DigitAddition
from bigcurves.worlds.digit_addition import Table

PAGE = "discrete/counter-evidence"
TABLES: tuple[Table, ...] = ("sums", "random")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many sums are learned.

    Attributes
    ----------
    sizes
        Pairs learned.
    test
        Pairs asked for.
    digits
        Places of each number.
    tables
        The table in the place of each of `TABLES`. A control puts the other one there.
    """

    sizes: tuple[int, ...] = (20, 40, 50, 55, 60, 80, 120, 200)
    test: int = 1000
    digits: int = 3
    tables: tuple[Table, ...] = TABLES


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each `task` ("sums", "random"), count `m` of pairs and learner.

    `exact` is the share of new pairs whose rounded answer is right, `rank` the dimensions that
    the learned rows span.
    """
    rows: Rows = []
    for task, table in zip(TABLES, settings.tables, strict=True):
        world = DigitAddition(digits=settings.digits, table=table)
        for m in settings.sizes:
            sample = world.sample(m + settings.test, np.random.default_rng([seed, m]))
            assert sample.targets is not None
            X, y = sample.inputs, sample.targets.astype(float)
            nearest = KNeighborsRegressor(1).fit(X[:m], y[:m])
            about = {"seed": seed, "task": task, "m": m}
            about["rank"] = int(np.linalg.matrix_rank(X[:m]))
            for learner, told in (
                ("least squares", _least_squares(X[:m], y[:m], X[m:])),
                ("1-NN", nearest.predict(X[m:])),
            ):
                rows.append({**about, "learner": learner, "exact": _exact(told, y[m:])})
    return rows


def _least_squares(X: Floats, y: Floats, new: Floats) -> Floats:
    """Fit the smallest weights that fit best, and answer for new rows."""
    weights, *_ = np.linalg.lstsq(X, y)
    return np.asarray(new @ weights)


def _exact(told: Floats, truth: Floats) -> float:
    return float((np.rint(told) == truth).mean())


def _share(task: str, learner: str, m: int = 60) -> Callable[[pd.DataFrame], float]:
    return lambda run: float(mean_where(run, task=task, learner=learner, m=m)["exact"])


def take_random_for_sums(settings: Settings) -> Settings:
    """Put random answers in place of the sums."""
    return replace(settings, tables=in_place_of(settings.tables, sums="random"))


def take_sums_for_random(settings: Settings) -> Settings:
    """Put sums in place of random answers."""
    return replace(settings, tables=in_place_of(settings.tables, random="sums"))


OF_WORLD = "tables"
CALLED = {"sums": ""}
REPEATS = exact("task m rank learner") | close("exact")

CLAIMS = (
    Claim(
        id="digit-sums-from-sixty",
        sentence="Sixty sums let least squares add nearly every new pair without a fault.",
        thread=4,
        chapter=PAGE,
        figure=_share("sums", "least squares"),
        threshold=at_least(0.85),
        mutation=take_random_for_sums,
    ),
    Claim(
        id="digit-sums-not-by-neighbours",
        sentence="From two hundred sums it adds every pair; the nearest neighbour adds hardly any.",
        thread=4,
        chapter=PAGE,
        figure=lambda run: (
            _share("sums", "least squares", 200)(run) - _share("sums", "1-NN", 200)(run)
        ),
        threshold=at_least(0.9),
        mutation=take_random_for_sums,
    ),
    Claim(
        id="digit-sums-nothing-in-a-random-table",
        sentence="In a table of shuffled sums least squares finds nothing.",
        thread=4,
        chapter=PAGE,
        figure=_share("random", "least squares"),
        threshold=at_most(0.05),
        mutation=take_sums_for_random,
        by_construction="labels independent of the inputs tell nothing of new ones",
    ),
)
