"""A map of noise: how many rows and how many wrong labels give the same error.

The world, the flips and the vote are those of *more data, better data*; here the shares of wrong
labels go from none to eight in ten, so that lines of equal error can be drawn. Where flips are
spread over all other classes, more rows help right up to the edge where no label leads. Where
they all go to the next class, half is a cliff: below it more rows help, above it they harm.

What could fool us: at the cliff itself the vote is a toss-up, and the map's lines run close
together; between two measured shares they are drawn by eye. The edges, four in five and a half,
follow from five classes and from the kind of flips, not from this world.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bigcurves.chapters.density.more_data_better_data.more_data import FLIPS
from bigcurves.chapters.density.more_data_better_data.voting import Voting
from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import FlatWorld, VoronoiCells

PAGE = "density/more-data-better-data"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many rows are learnt, and how many of their labels are wrong.

    Attributes
    ----------
    sizes
        The numbers of training rows, nested in each other.
    shares
        The shares of labels that are flipped.
    flips
        The kind of flips in each row's place; a control puts the other kind there.
    classes, features, test
        Cells of the plane, dimensions of the space that it lies in, and test rows.
    """

    sizes: tuple[int, ...] = (100, 200, 400, 800, 1600, 3200, 6400, 12_800)
    shares: tuple[float, ...] = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
    flips: tuple[str, ...] = tuple(FLIPS)
    classes: int = 5
    features: int = 30
    test: int = 2000


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each kind and share of flips and each n, with the `error` on clean rows."""
    world, rng = FlatWorld(d=2, features=settings.features), np.random.default_rng([seed, 0])
    cells = VoronoiCells.draw(rng, d=2, classes=settings.classes)
    new, known = world.sample(settings.test, rng), world.sample(settings.sizes[-1], rng)
    answers, truth = (cells(np.asarray(sample.latents)) for sample in (new, known))
    rows: Rows = []
    for n in settings.sizes:
        voting = Voting.of(known.inputs[:n], new.inputs, classes=settings.classes)
        for flips, kind in zip(FLIPS, settings.flips, strict=True):
            for share in settings.shares:
                draw = np.random.default_rng([seed, 1])  # the same rows go wrong, and then more
                labels = FLIPS[kind](truth, share, draw, classes=settings.classes)
                error, _ = voting.error(labels[:n], answers)
                key = {"seed": seed, "flips": flips, "share": share, "n": n}
                rows.append(key | {"error": error})
    return rows


def _fall(run: pd.DataFrame, flips: str, share: float) -> float:
    """Return by how much the error falls from the fewest rows to the most."""
    few, many = (
        mean_where(run, flips=flips, share=share, n=n)["error"]
        for n in (run["n"].min(), run["n"].max())
    )
    return float(few - many)


def _worst_for_two_hundred(run: pd.DataFrame) -> float:
    noisy = mean_where(run, flips="symmetric", share=0.6, n=run["n"].max())["error"]
    return float(noisy / mean_where(run, flips="symmetric", share=0.0, n=200)["error"])


def spread_systematic_flips(settings: Settings) -> Settings:
    """Let systematic flips go to any class."""
    return replace(settings, flips=in_place_of(settings.flips, systematic="symmetric"))


def align_symmetric_flips(settings: Settings) -> Settings:
    """Let symmetric flips all go the same way."""
    return replace(settings, flips=in_place_of(settings.flips, symmetric="systematic"))


OF_WORLD = "flips"
REPEATS = exact("flips n") | close("share error")

CLAIMS = (
    Claim(
        id="noise-map-cliff",
        sentence="Below half of systematic flips more data mend, above it more data harm.",
        thread=7,
        chapter=PAGE,
        figure=lambda run: min(_fall(run, "systematic", 0.4), -_fall(run, "systematic", 0.6)),
        threshold=at_least(0.05),  # a direction: one seed of few rows reads .15 to .35
        mutation=spread_systematic_flips,
    ),
    Claim(
        id="noise-map-spread-mends",
        sentence="With six labels in ten wrong all over the place, more data still mend.",
        thread=7,
        chapter=PAGE,
        figure=lambda run: _fall(run, "symmetric", 0.6),
        threshold=at_least(0.05),  # a direction: one seed of few rows reads .12 to .57
        mutation=align_symmetric_flips,
    ),
    Claim(
        id="noise-map-many-bad-beat-few-good",
        sentence="Enough rows with six labels in ten wrong do better than two hundred clean ones.",
        thread=7,
        chapter=PAGE,
        figure=_worst_for_two_hundred,
        threshold=at_most(0.8),
        mutation=align_symmetric_flips,
    ),
)
