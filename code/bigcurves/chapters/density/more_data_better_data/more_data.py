"""More data, better data: what a noisy label is worth depends on how it is wrong.

Two latents lie flat in 30 dimensions, and five cells of the plane are the classes. A share of the
training labels is flipped; test labels stay clean. Nearest neighbours vote, and how many of them
is chosen on a part of the training rows, noisy as they are. Where flips go to any other class
alike, more data mends even six wrong labels in ten. Where they all go to the next class, six in
ten outvote the truth, and more data makes the learner surer of the wrong answer.

How many noisy rows do as well as one clean row? The rate is read off the clean curve of the same
world. It is no constant: it falls as n grows, since many rows resolve a small lead anyway. The
guides 1 / (1 - p C / (C - 1))^2 and 1 / (1 - 2 p)^2 are orders of magnitude of our own, no laws:
over 20 seeds, six in ten symmetric flips cost 40 at n = 400 and 11 at n = 25,600 (guide 16). One
seed's rate is known to a factor of two or three, for its clean curve is as noisy as its own.

What could fool us: the flips ignore the input. Mistakes that gather where classes meet, as those
of people do, cost more. And a method that knew how the flips were made could undo the systematic
ones; nothing here tells it.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import gmean

from bigcurves.chapters.density.more_data_better_data.voting import Voting
from bigcurves.claims.claim import Claim, at_least, at_most
from bigcurves.measures import effective_sample_size, symmetric_flip_rate, systematic_flip_rate
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import FlatWorld, VoronoiCells, flip_symmetric, flip_systematic

CHAPTER = "density/more-data-better-data"
FLIPS = {"symmetric": flip_symmetric, "systematic": flip_systematic}
Classes = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many rows are learnt, and how many of their labels are wrong.

    Attributes
    ----------
    sizes
        The numbers of training rows, nested in each other.
    clean_sizes
        The same for the clean curve on which the rates are read; it starts with fewer rows.
    shares
        The shares of labels that are flipped: few, some and most of them.
    classes, features, test
        Cells of the plane, dimensions of the space that it lies in, and test rows.
    """

    sizes: tuple[int, ...] = (100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600)
    clean_sizes: tuple[int, ...] = (12, 25, 50)
    shares: tuple[float, float, float] = (0.2, 0.4, 0.6)
    classes: int = 5
    features: int = 30
    test: int = 2000


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each kind and share of flips and each number n of training rows.

    `error` is the share of clean test labels missed, `voters` how many neighbours vote. `worth`
    is the number of clean rows with the same error, read off this seed's clean curve and carried
    on beyond its ends, and `rate` is n / worth; `guide` is the rule of thumb for it, left out
    where the flips leave the truth no lead.
    """
    world, rng = FlatWorld(d=2, features=settings.features), np.random.default_rng([seed, 0])
    cells = VoronoiCells.draw(rng, d=2, classes=settings.classes)
    new, known = world.sample(settings.test, rng), world.sample(settings.sizes[-1], rng)
    answers, truth = (cells(np.asarray(sample.latents)) for sample in (new, known))
    taught = {key: _flipped(truth, *key, seed, settings.classes) for key in _kinds(settings)}
    rows: Rows = []
    for n in (*settings.clean_sizes, *settings.sizes):
        voting = Voting.of(known.inputs[:n], new.inputs, classes=settings.classes)
        for (kind, share), labels in taught.items():
            error, voters = voting.error(labels[:n], answers)
            key = {"seed": seed, "flips": kind, "share": share, "n": n}
            rows.append(key | {"error": max(error, 0.5 / settings.test), "voters": voters})
    return [row | _worth(row, rows, settings) for row in rows]


def _kinds(settings: Settings) -> list[tuple[str, float]]:
    return [("none", 0.0), *((kind, share) for kind in FLIPS for share in settings.shares)]


def _flipped(truth: Classes, kind: str, share: float, seed: int, classes: int) -> Classes:
    """Flip labels; the same rows go wrong at every share, and more of them at greater ones."""
    if kind == "none":
        return truth
    return FLIPS[kind](truth, share, np.random.default_rng([seed, 1]), classes=classes)


def _leads(row: dict[str, Any], classes: int) -> bool:
    """Tell whether the right label is still the commonest among the flipped ones."""
    return bool(row["share"] < (0.5 if row["flips"] == "systematic" else 1 - 1 / classes))


def _worth(row: dict[str, Any], rows: Rows, settings: Settings) -> dict[str, float]:
    """Read off the clean curve what a noisy row of labels is worth."""
    if row["flips"] == "none" or not _leads(row, settings.classes):
        return {}
    clean = [other for other in rows if other["flips"] == "none"]
    sizes, errors = ([other[name] for other in clean] for name in ("n", "error"))
    worth = effective_sample_size(row["error"], sizes=sizes, errors=errors, extend=True)
    share, classes = row["share"], settings.classes
    symmetric = row["flips"] == "symmetric"
    guide = symmetric_flip_rate(share, classes) if symmetric else systematic_flip_rate(share)
    return {"worth": worth, "rate": row["n"] / worth, "guide": guide}


def _pick(run: pd.DataFrame, flips: str, place: int) -> pd.DataFrame:
    """Pick the rows of one kind of flips, at the share in a given place, with n as index."""
    rows = run[run["flips"] == flips].set_index("n")
    picked: pd.DataFrame = rows.loc[rows["share"] == rows["share"].unique()[place]]
    return picked


def _rates(run: pd.DataFrame) -> float:
    """Return by what factor, at least, more flips raise the rate from n = 1,600 on."""
    rates = [gmean(_pick(run, "symmetric", place).loc[1600:]["rate"]) for place in range(3)]
    return float(min(rates[1] / rates[0], rates[2] / rates[1]))


def _fall(run: pd.DataFrame) -> float:
    errors = _pick(run, "symmetric", 2)["error"]
    return float(errors[6400] / errors[400])


def _rise(run: pd.DataFrame) -> float:
    """Return the rise of error from hundreds of rows to thousands; single sizes are noisy."""
    errors = _pick(run, "systematic", 2)["error"]
    return float(errors.loc[3200:12_800].mean() - errors.loc[100:400].mean())


def flip_eight_in_ten(settings: Settings) -> Settings:
    """Flip eight labels in ten, so that the right one no longer leads."""
    return replace(settings, shares=(0.2, 0.4, 0.8))


def flip_three_in_ten(settings: Settings) -> Settings:
    """Flip three labels in ten in place of six."""
    return replace(settings, shares=(0.2, 0.4, 0.3))


def reverse_the_shares(settings: Settings) -> Settings:
    """Let the share of flipped labels fall from part to part."""
    return replace(settings, shares=(0.6, 0.4, 0.2))


OF_WORLD = "shares"
REPEATS = exact("flips n voters") | close("share error worth rate guide")

CLAIMS = (
    Claim(
        id="more-data-mends-spread-noise",
        sentence="Sixteen times the data cut the error by two thirds with six labels in ten wrong.",
        thread=7,
        chapter=CHAPTER,
        figure=_fall,
        threshold=at_most(1 / 3),
        mutation=flip_eight_in_ten,
    ),
    Claim(
        id="more-bad-data-worse",
        sentence="With six in ten all wrong in the same way, more data make the error larger.",
        thread=7,
        chapter=CHAPTER,
        figure=_rise,
        threshold=at_least(0.1),
        mutation=flip_three_in_ten,
    ),
    Claim(
        id="more-noise-dearer",
        sentence="The more labels are wrong, the more rows it takes to be worth one clean row.",
        thread=7,
        chapter=CHAPTER,
        figure=_rates,
        threshold=at_least(1),
        mutation=reverse_the_shares,
    ),
)
