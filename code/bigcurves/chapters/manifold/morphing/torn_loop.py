"""A loop cannot be laid along a line: an autoencoder of one unit must tear it.

A bar that turns half round is itself again, so its pictures close a loop. One number runs along a
line, which has two ends: somewhere two neighbouring pictures get codes far apart, and between
those the decoder must sweep back over the whole loop. Two units leave room for a circle, and
nothing tears. An arc that does not close is laid along one number without harm; and a torus (the
bar's middle goes round as well) tears in two units as the loop does in one. So it is the shape that
tears, not the training.

The worst picture of the loop is 1.83 +- .01 standard deviations of the data off with one unit, and
.034 +- .006 with two (an earlier trial, on another bar, read 1.74 and .062).

What could fool us: the tear is narrow, so that the typical error hides it; it is looked for at
4,000 angles. And the worst error of an autoencoder that is badly trained is large too, which is
why the arc, learned by the same network, must not tear.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.learners import Autoencoder
from bigcurves.running.repeats import Rows, exact, trained
from bigcurves.sample import Floats
from bigcurves.worlds import TurningBar

PAGE = "manifold/morphing"
OUT = 0.5  # a picture this many standard deviations off counts as torn
SHAPES = {
    "arc": TurningBar(arc=0.75),
    "loop": TurningBar(),
    "torus": TurningBar(orbits=True),
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What goes round, and through how few units.

    Attributes
    ----------
    shape
        "loop"; as controls the "arc", which does not close, and the "torus", which closes twice.
    units
        Of the bottleneck, one autoencoder for each.
    n, asked
        Pictures learned, and pictures asked for, evenly spread.
    """

    shape: Literal["arc", "loop", "torus"] = "loop"
    units: tuple[int, ...] = (1, 2)
    n: int = 400
    asked: int = 4000


@dataclass(frozen=True, kw_only=True, eq=False)
class Trip:
    """Once round, through an autoencoder.

    Attributes
    ----------
    latents
        Where on the way each picture is, shape (asked, d); the first is in half-turns.
    pictures, drawn
        The true pictures, and what the autoencoder draws of them, shape (asked, pixels).
    codes
        What it squeezes them into, shape (asked, units).
    errors
        RMS pixel error of each picture, in standard deviations of the pictures.
    """

    latents: Floats
    pictures: Floats
    drawn: Floats
    codes: Floats
    errors: Floats


def go_round(settings: Settings, seed: int, *, units: int) -> Trip:
    """Train an autoencoder with a bottleneck of `units`, and send the whole way through it.

    On the loop and the arc pictures go round in order; on the torus they are drawn at random.
    """
    world, rng = SHAPES[settings.shape], np.random.default_rng([seed, 0])
    known = world.sample(settings.n, rng).inputs
    latents = rng.random((settings.asked, world.d))
    if world.d == 1:
        latents = np.linspace(0, 1, settings.asked, endpoint=False)[:, np.newaxis]
    pictures = world.render(latents)
    network = Autoencoder(bottleneck=units, random_state=seed).fit(known)
    codes = network.transform(pictures)
    drawn = network.inverse_transform(codes)
    spread = np.sqrt(pictures.var(axis=0).mean())
    errors = np.sqrt(((drawn - pictures) ** 2).mean(axis=1)) / spread
    return Trip(latents=latents, pictures=pictures, drawn=drawn, codes=codes, errors=errors)


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each number of `units`: errors `worst` and `typical`, and share `torn`."""
    rows: Rows = []
    for units in settings.units:
        errors = go_round(settings, seed, units=units).errors
        row = {"worst": errors.max(), "typical": np.median(errors), "torn": (errors > OUT).mean()}
        rows.append({"seed": seed, "units": units, **row})
    return rows


def _worst(run: pd.DataFrame, units: int) -> float:
    return float(mean_where(run, units=units)["worst"])


def open_the_loop(settings: Settings) -> Settings:
    """Let it go round an arc, which does not close."""
    return replace(settings, shape="arc")


def close_it_twice(settings: Settings) -> Settings:
    """Let it go round a torus, which closes twice."""
    return replace(settings, shape="torus")


OF_WORLD = "shape"
REPEATS = exact("units") | trained("worst typical torn")

CLAIMS = (
    Claim(
        id="torn-loop-one-unit-tears",
        sentence="One unit tears a loop: somewhere it draws worse than the average picture would.",
        thread=1,
        chapter=PAGE,
        figure=lambda run: _worst(run, 1),
        threshold=at_least(1),
        mutation=open_the_loop,
    ),
    Claim(
        id="torn-loop-two-units-hold",
        sentence="Two units hold a loop together all the way round.",
        thread=1,
        chapter=PAGE,
        figure=lambda run: _worst(run, 2),
        threshold=at_most(0.2),
        mutation=close_it_twice,
    ),
)
