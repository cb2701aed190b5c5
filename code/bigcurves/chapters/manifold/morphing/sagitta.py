"""Why short straight lines are harmless: half-way off the world grows as the square of the way.

Two bars a little apart in their latents, and the mixture of their pixels half-way. A chord of a
circle stands off its arc by its squared length over eight radii (the sagitta); a smooth manifold is
such an arc wherever one looks closely. Half the distance, a quarter of the deviation: between near
neighbours the straight line will do, and between far ones it will not.

The control adds noise to the pixels of both ends. Noise does not shrink with the distance, so the
deviation stops falling, and the law is gone.

The powers read 1.997, 1.994 and 1.992 for one, two and three latents, at separations up to .16;
an earlier trial, over longer ones, had 1.999, 1.989 and 1.966.

What could fool us: the law is local. At larger separations the line meets other parts of the
manifold, and the measured power falls below 2, the sooner the more latents there are.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, between
from bigcurves.measures import manifold_distance, power_law
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import BarWorld

PAGE = "manifold/morphing"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which separations are tried, in which worlds.

    Attributes
    ----------
    separations
        Distances between the two ends in latent units, each below 0.5.
    pairs
        Pairs of bars at each separation, with centres in the middle half of each latent.
    noise
        Standard deviation of the ends' pixel noise: 0, or more as a control.
    """

    separations: tuple[float, ...] = (0.02, 0.04, 0.08, 0.16)
    pairs: int = 40
    noise: float = 0.0


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each world and separation, with the middle's RMS `deviation`."""
    rows = []
    for d in (1, 2, 3):
        world, rng = BarWorld(d=d, side=16, noise=settings.noise), np.random.default_rng([seed, d])
        centres = rng.uniform(0.25, 0.75, (settings.pairs, d))
        ways = rng.standard_normal((settings.pairs, d))
        ways /= 2 * np.linalg.norm(ways, axis=1, keepdims=True)  # from the centre to either end
        blur = settings.noise * rng.standard_normal((settings.pairs, world.pixels)) / np.sqrt(2)
        for separation in settings.separations:
            ends = (world.render(centres + sign * separation * ways) for sign in (-1, 1))
            middle = sum(ends) / 2 + blur  # the mean of two noises is weaker by root 2
            deviation = manifold_distance(middle, project=world.project)
            rows.append({"seed": seed, "d": d, "separation": separation, "deviation": deviation})
    return rows


def exponents(run: pd.DataFrame) -> "pd.Series[float]":
    """Fit the power of the separation that the deviation follows, for each d."""
    slopes = {
        d: power_law(rows["separation"], rows["deviation"]).slope for d, rows in run.groupby("d")
    }
    return pd.Series(slopes)


def add_noise(settings: Settings) -> Settings:
    """Add noise to both ends."""
    return replace(settings, noise=0.01)


OF_WORLD = "noise"
REPEATS = exact("d") | close("separation deviation")

CLAIMS = (
    Claim(
        id="sagitta-is-quadratic",
        sentence="Half the separation leaves about a quarter of the deviation, whatever d is.",
        thread=1,
        chapter=PAGE,
        figure=lambda run: float(exponents(run).min()),
        threshold=between(1.8, 2.2),
        mutation=add_noise,
    ),
)
