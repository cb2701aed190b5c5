"""Same points, different curves: what a model does between its data is its prior.

Six learners pass through the same twelve points of a known curve. On a smooth curve the
polynomial of degree 11 is the best of them, on a jump it is the worst: the points are the same
for all six, so the difference is what each learner prefers.

Error is measured between the first and the last point, never beyond them, where a polynomial
of this degree leaves by any distance one likes.

What could fool us: which learner wins depends on where the points lie. They are drawn one in each
of twelve even cells; on points drawn anywhere the polynomial would swing far more. "Best" and
"worst" are said of these three curves, and of no learner in general.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of
from bigcurves.learners import CURVES, draw_curve
from bigcurves.running.repeats import Rows, exact, trained
from bigcurves.sample import Floats
from bigcurves.worlds import CurveWorld
from bigcurves.worlds.curves import Shape

PARTS = ("smooth", "corners", "jump")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many points, of which curves.

    Attributes
    ----------
    points
        How many points each learner sees.
    grid
        At how many places, evenly between the first and the last point, errors are measured.
    shapes
        The curve in the place of each of `PARTS`. A control puts another curve there.
    noise
        Standard deviation of the points' heights; the curves reach from -1 to 1.
    """

    points: int = 12
    grid: int = 1001
    shapes: tuple[Shape, ...] = ("smooth", "triangle", "step")
    noise: float = 0.0


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each curve and learner.

    `miss` is the largest distance from a fit to the true curve at the points themselves,
    `error` the root-mean-square distance between them.
    """
    rows = []
    for part, shape in zip(PARTS, settings.shapes, strict=True):
        world = CurveWorld(shape=shape, noise=settings.noise)
        x, y = _points(world, settings.points, np.random.default_rng([seed, 0]))
        places = np.concatenate([x, np.linspace(x[0], x[-1], settings.grid)])
        truth = world.height(places)
        for learner in CURVES:
            off = draw_curve(learner, x, y, places, random_state=seed) - truth
            errors = {
                "miss": np.abs(off[: len(x)]).max(),
                "error": np.sqrt(np.mean(off[len(x) :] ** 2)),
            }
            rows.append({"seed": seed, "curve": part, "learner": learner, **errors})
    return rows


def _points(world: CurveWorld, n: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draw places from left to right and their heights, each of shape (n,)."""
    sample = world.sample(n, rng)
    return sample.inputs[:, 0], np.asarray(sample.targets)


def _polynomial_beside(run: pd.DataFrame, curve: str) -> "tuple[float, pd.Series[float]]":
    """Split one curve's errors into the polynomial's and those of the other learners."""
    errors = run[run["curve"] == curve].set_index("learner")["error"]
    return float(errors["polynomial"]), errors.drop("polynomial")


def _against_the_best(run: pd.DataFrame) -> float:
    polynomial, others = _polynomial_beside(run, "smooth")
    return polynomial / others.min()


def _against_the_middle(run: pd.DataFrame) -> float:
    polynomial, others = _polynomial_beside(run, "jump")
    return polynomial / others.median()


def add_noise(settings: Settings) -> Settings:
    """Add noise to the points' heights."""
    return replace(settings, noise=0.1)


def take_corners_for_smooth(settings: Settings) -> Settings:
    """Put the curve with corners in place of the smooth one."""
    return replace(settings, shapes=in_place_of(settings.shapes, smooth="triangle"))


def smooth_the_jump(settings: Settings) -> Settings:
    """Put the smooth curve in place of the jump."""
    return replace(settings, shapes=in_place_of(settings.shapes, step="smooth"))


OF_WORLD = "shapes noise"
REPEATS = exact("curve learner") | trained("miss error")

CLAIMS = (
    Claim(
        id="same-points-all-fit",
        sentence="All six curves pass through the twelve points.",
        thread=9,
        chapter="big-curves",
        figure=lambda run: run["miss"].max(),
        threshold=at_most(0.01),
        mutation=add_noise,
        by_construction="all six are fitted until they pass through the points",
    ),
    Claim(
        id="same-points-polynomial-best",
        sentence="On the smooth curve the polynomial errs less than half as much as any other.",
        thread=9,
        chapter="big-curves",
        figure=_against_the_best,
        threshold=at_most(0.5),
        mutation=take_corners_for_smooth,
    ),
    Claim(
        id="same-points-polynomial-worst",
        sentence="On the jump the polynomial errs at least half as much again as the others do.",
        thread=6,
        chapter="big-curves",
        figure=_against_the_middle,
        threshold=at_least(1.5),
        mutation=smooth_the_jump,
    ),
)
