"""Given the circle, a few sums of a table are enough for all the others.

The counterpart of grokking: nothing is left to discover. Each number is put in its place on a
circle, the two places' coordinates are multiplied, and ridge regression learns where on the
circle the answer lies, by the addition theorem a linear function of the four products. From 48
of the 961 pairs it gets every other right.

The prior has to be true. Where the table's answers are random, or where the numbers were
renamed so that the circle is another one, the same regression stays near chance.

What could fool us: a prior that fits the world perfectly makes learning look easy. Who hands
over the circle has done the learning; the ridge fits eight weights.
"""

from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import Ridge

from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats, Sample
from bigcurves.worlds import ModularAddition
from bigcurves.worlds.modular import Kind

PAGE = "discrete/counter-evidence"
PARTS = ("sums", "renamed", "random")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which tables are learned, and from how many pairs.

    Attributes
    ----------
    p
        How many numbers.
    pairs
        Numbers of pairs learned, one after the other.
    tables
        The table in the place of each of `PARTS`. A control puts another table there.
    """

    p: int = 31
    pairs: tuple[int, ...] = (6, 12, 24, 48, 96)
    tables: tuple[Kind, ...] = ("sum", "renamed", "random")


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part and number of pairs, with accuracy on all other pairs."""
    rows: Rows = []
    for part, kind in zip(PARTS, settings.tables, strict=True):
        world = ModularAddition(p=settings.p, kind=kind)
        table = world.sample(settings.p**2, np.random.default_rng([seed, 0]))
        for n in settings.pairs:
            right = _answers(table, settings.p, n) == table.targets
            test = float(right[n:].mean())
            rows.append({"seed": seed, "part": part, "pairs": n, "test": test})
    return rows


def _answers(table: Sample, p: int, n: int) -> Floats:
    """Learn the first n pairs, and answer for all of them, shape (p^2,)."""
    products = _products(np.asarray(table.latents))
    turns = 2 * np.pi * np.asarray(table.targets) / p
    places = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    found = Ridge(alpha=1e-6).fit(products[:n], places[:n]).predict(products)
    return np.asarray(np.rint(np.arctan2(found[:, 1], found[:, 0]) / (2 * np.pi) * p) % p)


def _products(turns: Floats) -> Floats:
    """Multiply one number's coordinates on the circle by the other's: (n, 2) to (n, 4)."""
    angles = 2 * np.pi * turns
    places = np.stack([np.cos(angles), np.sin(angles)], axis=2)
    return np.asarray(np.einsum("ni,nj->nij", places[:, 0], places[:, 1]).reshape(-1, 4))


def rename_the_sums(settings: Settings) -> Settings:
    """Rename the numbers in the table of sums."""
    return replace(settings, tables=in_place_of(settings.tables, sum="renamed"))


def undo_the_renaming(settings: Settings) -> Settings:
    """Give the renamed numbers their own names back."""
    return replace(settings, tables=in_place_of(settings.tables, renamed="sum"))


def take_sums_for_random(settings: Settings) -> Settings:
    """Put sums in place of random answers."""
    return replace(settings, tables=in_place_of(settings.tables, random="sum"))


OF_WORLD = "tables"
REPEATS = exact("part pairs") | close("test")

CLAIMS = (
    Claim(
        id="circle-prior-enough",
        sentence="Given the circle, 48 of the 961 pairs are enough for all others.",
        thread=6,
        chapter=PAGE,
        figure=lambda run: mean_where(run, part="sums", pairs=48)["test"],
        threshold=at_least(0.99),
        mutation=rename_the_sums,
        by_construction="on the circle, adding is the addition theorem of sine and cosine",
    ),
    Claim(
        id="circle-prior-wrong-names",
        sentence="With the numbers renamed, the same prior is worth nothing.",
        thread=9,
        chapter=PAGE,
        figure=lambda run: mean_where(run, part="renamed")["test"],
        threshold=at_most(0.1),
        mutation=undo_the_renaming,
    ),
    Claim(
        id="circle-prior-no-structure",
        sentence="Where answers are random, the circle does not help.",
        thread=3,
        chapter=PAGE,
        figure=lambda run: mean_where(run, part="random")["test"],
        threshold=at_most(0.1),
        mutation=take_sums_for_random,
        by_construction="labels independent of the inputs tell nothing of new ones",
    ),
)
