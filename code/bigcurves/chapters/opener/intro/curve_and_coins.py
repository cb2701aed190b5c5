"""The same learner on a curve and on coins: more points find the one and never the other.

Points are spread evenly along a line, and a curve of least bend (the natural cubic spline) is laid
through all of them. In one world their heights follow a smooth random curve; in the other each
place has a coin of its own, tossed once. The learner, the places and their number are the same.

What could fool us: on coins an error above 1 is no sign of a bad learner. Whoever must pass
through points that say nothing of each other does worse than whoever says their mean; a learner
that ignored them all would reach 1, and none can go below.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy.stats import qmc

from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.learners import draw_curve
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import GaussianField

PAGE = "intro"
Kind: TypeAlias = Literal["curve", "coins"]
KINDS: tuple[Kind, ...] = ("curve", "coins")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which worlds, and how many points of each.

    Attributes
    ----------
    counts
        Numbers of points, each set the beginning of the next.
    kappa
        Frequency of the smooth curve: 1 over the distance at which its heights part.
    asked
        New places between the outermost points, at which errors are measured.
    kinds
        The world in the place of each of `KINDS`. A control puts the other one there.
    """

    counts: tuple[int, ...] = (8, 16, 32, 64)
    kappa: float = 12.0
    asked: int = 1000
    kinds: tuple[Kind, ...] = KINDS


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part (`world`, "curve" or "coins") and number of points `n`.

    `error` is the root-mean-square error at the new places over the standard deviation of the
    true heights there: 1 is what saying their mean would do.
    """
    rows: Rows = []
    for part, kind in zip(KINDS, settings.kinds, strict=True):
        places, heights, new, truth = draw(settings, kind, seed)
        for n in settings.counts:
            x, y = places[:n], heights[:n]
            inside = (new > x.min()) & (new < x.max())
            guess = draw_curve("radial basis", x, y, new[inside], random_state=seed)
            off = np.sqrt(np.mean((guess - truth[inside]) ** 2))
            rows.append({"seed": seed, "world": part, "n": n, "error": float(off / truth.std())})
    return rows


def draw(settings: Settings, kind: Kind, seed: int) -> tuple[Floats, Any, Floats, Any]:
    """Draw the points, shape (largest count,) for each of places and heights, and new ones.

    The places are a Halton sequence from a random start: evenly spread, however many are taken.
    """
    rng = np.random.default_rng([seed, 0])
    places = qmc.Halton(1, rng=rng).random(max(settings.counts))[:, 0]
    new = np.linspace(0, 1, settings.asked)
    if kind == "curve":
        field = GaussianField.draw(rng, d=1, kappa=settings.kappa)
        return places, field(places[:, np.newaxis]), new, field(new[:, np.newaxis])
    # Heights are `Any` above because numpy 2.5 types these as integers.
    return places, rng.choice([-1.0, 1.0], len(places)), new, rng.choice([-1.0, 1.0], len(new))


def _error(run: pd.DataFrame, world: str) -> "pd.Series[float]":
    return run[run["world"] == world].set_index("n")["error"]


def _at_most_points(run: pd.DataFrame) -> float:
    return float(mean_where(run, world="curve", n=int(run["n"].max()))["error"])


def throw_coins_for_the_curve(settings: Settings) -> Settings:
    """Throw coins in place of the smooth curve."""
    return replace(settings, kinds=in_place_of(settings.kinds, curve="coins"))


def draw_a_curve_for_coins(settings: Settings) -> Settings:
    """Draw a smooth curve in place of the coins."""
    return replace(settings, kinds=in_place_of(settings.kinds, coins="curve"))


OF_WORLD = "kinds"
CALLED = {"curve": "smooth curve"}
REPEATS = exact("world n") | close("error")

CLAIMS = (
    Claim(
        id="curve-is-found",
        sentence="Sixty-four points of a smooth curve tell all the others to a hundredth.",
        thread=3,
        chapter=PAGE,
        figure=_at_most_points,
        threshold=at_most(0.01),
        mutation=throw_coins_for_the_curve,
    ),
    Claim(
        id="coins-are-not-found",
        sentence="However many coins are known, the curve tells new ones worse than their mean.",
        thread=4,
        chapter=PAGE,
        figure=lambda run: float(_error(run, "coins").min()),
        threshold=at_least(1),
        mutation=draw_a_curve_for_coins,
        by_construction="the coins are tossed independently of one another",
    ),
)
