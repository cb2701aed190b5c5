"""A curve through ten noisy points calms down as it is given more ways to swing.

Ten points of a smooth curve with some noise, and sums of 2 to 400 random cosines. With as many
cosines as points there is one curve through all of them, and it swings. With forty times as many
there are endless ones, and the one with the least weights hardly leaves the points' own range.
It still passes through every point, noise and all, so it does not become right: it stops being
wild, and stays as wrong as the noise in its points.

What could fool us: the frequencies are drawn from one Gaussian, whose width is a prior about
how fast the truth may turn. A much larger width makes a curve of spikes, which is calm and useless.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import gmean

from bigcurves.claims.claim import Claim, at_least, between
from bigcurves.learners import least_norm_curve
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.worlds import CurveWorld

PAGE = "density/double-descent"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many points, how noisy, and what may be summed to meet them.

    Attributes
    ----------
    n
        Points, one in each of n cells from left to right.
    noise
        Standard deviation of their heights' noise; the curve goes from -1 to 1.
    features
        Numbers of cosines, increasing.
    scale
        Standard deviation of the frequencies, in radians per unit of x.
    draws
        Sets of cosines tried on each seed's points, whose errors are averaged in the logarithm.
    """

    n: int = 10
    noise: float = 0.15
    features: tuple[int, ...] = (2, 4, 6, 8, 9, 10, 11, 12, 14, 20, 30, 60, 100, 200, 400)
    scale: float = 20.0
    draws: int = 10


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each number of `features`: RMS `error` and the highest `swing` |y|."""
    rng = np.random.default_rng([seed, 0])
    world = CurveWorld(noise=settings.noise)
    sample = world.sample(settings.n, rng)
    x, y = sample.inputs[:, 0], np.asarray(sample.targets)
    grid = np.linspace(x[0], x[-1], 201)
    truth = world.height(grid)
    sets = [
        (settings.scale * rng.standard_normal(most), rng.uniform(0, 2 * np.pi, most))
        for most in [max(settings.features)] * settings.draws
    ]
    rows: Rows = []
    for features in settings.features:
        curves = [
            least_norm_curve(x, y, grid, frequencies=f[:features], phases=p[:features])
            for f, p in sets
        ]
        error = gmean([np.sqrt(np.mean((curve - truth) ** 2)) for curve in curves])
        swing = gmean([np.abs(curve).max() for curve in curves])
        rows.append({"seed": seed, "features": features, "error": error, "swing": swing})
    return rows


def _over_last(run: pd.DataFrame, features: int, value: str) -> float:
    found = run.set_index("features")[value]
    return float(found[features] / found.iloc[-1])


def take_twenty_points(settings: Settings) -> Settings:
    """Take twenty points, so that ten cosines are no longer as many as they."""
    return replace(settings, n=20)  # with sixty, 400 cosines meet them but for rounding


def calm_points_and_cosines(settings: Settings) -> Settings:
    """Take the noise off the points, and let the cosines vary slowly."""
    return replace(settings, noise=0.0, scale=8.0)


OF_WORLD = "n noise"
# between kernels of linear algebra: 7.3e-9 of an error, where the cosines vary slowly
REPEATS = exact("features") | close("error swing", relative=1e-6)

CLAIMS = (
    Claim(
        id="calming-peak",
        sentence="With as many cosines as points, the curve errs far more than with forty times.",
        thread=9,
        chapter=PAGE,
        figure=lambda run: _over_last(run, 10, "error"),
        threshold=at_least(1.6),
        mutation=take_twenty_points,
    ),
    Claim(
        id="calming-swing",
        sentence="The curve through every point swings least when it has the most cosines.",
        thread=9,
        chapter=PAGE,
        figure=lambda run: _over_last(run, 10, "swing"),
        threshold=at_least(1.3),
        mutation=take_twenty_points,
    ),
    Claim(
        id="calming-keeps-noise",
        sentence="However many cosines, the curve through the points stays as wrong as they are.",
        thread=9,
        chapter=PAGE,
        figure=lambda run: float(run["error"].iloc[-1] / 0.15),
        threshold=between(0.7, 2),
        mutation=calm_points_and_cosines,
        about_learner=True,
    ),
)
