"""What the chapter on big curves shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.opener.big_curves import same_points
from bigcurves.chapters.opener.big_curves.charts import fits, one_number, reversal
from bigcurves.chapters.opener.big_curves.tables import (
    LEARNERS,
    LIFTED,
    TARGETS,
    Tables,
    twelve_points,
)
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.plotting.marks import Figure
from bigcurves.plotting.picture import sprite
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import BarWorld

BARS = 12  # at random places, beside the curve of all places
SIDE = 16
ROW, LEFT, RIGHT = 7, 5, 11  # the row of the pixels A and B, and their columns
TICKED = ["polynomial", "small MLP", "piecewise linear", "nearest neighbour"]
CHOICES = {
    "polynomial": "The polynomial.",
    "small MLP": "The small neural network.",
    "piecewise linear": "Straight lines from point to point.",
    "nearest neighbour": "The height of the nearest point.",
}


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Names in `_mean`, `_low` and `_high` are a learner's error on a target: the geometric mean
    over seeds, and the ends of its interval.
    """

    results: Results
    seeds: int
    bars: int  # in the sample
    apart: float  # how far the curves part on the jump, at most
    highest: float  # of the polynomial's heights on the jump, by size
    far_polynomial: float  # by how much it moves, far from a point that is lifted by 1
    far_mlp: float
    far_linear: float
    far_nearest: float
    miss_mlp: float  # the largest distance from a point, in any run
    miss_exact: float  # the same, of the learners that interpolate
    winner: str  # the best on the jump, among the four to choose from
    best_smooth: str
    worst_smooth: str
    spread_smooth: float  # the worst learner's error over the best one's
    best_jump: str
    worst_jump: str
    spread_jump: float
    polynomial_smooth: Interval
    neighbour_smooth: Interval
    polynomial_jump: Interval
    neighbour_jump: Interval
    basis_jump: Interval
    ReLU_jump: Interval


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        at_jump = self.at_rest("jump")[LEARNERS]
        far = self.moved_far_away()
        miss = self.errors.groupby("learner")["miss"].max()
        smooth, jump = self.ranked("smooth"), self.ranked("jump")
        chosen = jump[jump["learner"].isin(list(CHOICES))]
        polynomial_smooth = self.error("polynomial", "smooth")
        neighbour_smooth = self.error("nearest neighbour", "smooth")
        polynomial_jump = self.error("polynomial", "jump")
        neighbour_jump = self.error("nearest neighbour", "jump")
        basis_jump = self.error("radial basis", "jump")
        relu_jump = self.error("random ReLU", "jump")
        return Numbers(
            results=results(same_points, seeds=self.seeds),
            seeds=int(self.errors["seed"].nunique()),
            bars=BARS,
            apart=float((at_jump.max(axis=1) - at_jump.min(axis=1)).max()),
            highest=float(at_jump["polynomial"].abs().max()),
            far_polynomial=far["polynomial"],
            far_mlp=far["small MLP"],
            far_linear=far["piecewise linear"],
            far_nearest=far["nearest neighbour"],
            miss_mlp=float(miss["small MLP"]),
            miss_exact=float(miss.drop("small MLP").max()),
            winner=CHOICES[chosen["learner"].iloc[0]],
            best_smooth=smooth["learner"].iloc[0],
            worst_smooth=smooth["learner"].iloc[-1],
            spread_smooth=float(smooth["mean"].iloc[-1] / smooth["mean"].iloc[0]),
            best_jump=jump["learner"].iloc[0],
            worst_jump=jump["learner"].iloc[-1],
            spread_jump=float(jump["mean"].iloc[-1] / jump["mean"].iloc[0]),
            polynomial_smooth=polynomial_smooth,
            neighbour_smooth=neighbour_smooth,
            polynomial_jump=polynomial_jump,
            neighbour_jump=neighbour_jump,
            basis_jump=basis_jump,
            ReLU_jump=relu_jump,
        )

    def one_number(self) -> Figure:
        """Draw a bar, and the curve that two of its pixels trace as it moves."""
        world = BarWorld(d=1, side=SIDE)
        places = np.linspace(0, 1, 21)
        images = world.render(places[:, np.newaxis])
        drawn = world.sample(BARS, np.random.default_rng(0)).inputs
        a, b = SIDE * ROW + LEFT, SIDE * ROW + RIGHT
        frames = pd.DataFrame({"place": places.round(2), "a": images[:, a], "b": images[:, b]})
        frames["picture"] = [sprite(image.reshape(1, SIDE, SIDE)) for image in images]
        seen = pd.DataFrame({"a": drawn[:, a], "b": drawn[:, b]})
        pixels = pd.DataFrame({"name": ["A", "B"], "column": [LEFT, RIGHT]})
        pixels = pixels.assign(left=pixels["column"] / SIDE, right=(pixels["column"] + 1) / SIDE)
        pixels = pixels.assign(top=1 - ROW / SIDE, bottom=1 - (ROW + 1) / SIDE)
        words = one_number.describe_one_number(frames)
        return one_number.one_number_chart(frames, seen, pixels, description=words)

    def same_points(self) -> Figure:
        """Draw six curves through the same twelve points, of which the reader lifts one."""
        points = pd.concat(
            pd.DataFrame(dict(zip("xy", twelve_points(target), strict=True))).assign(target=target)
            for target in TARGETS
        )
        points["lifted"] = points.index == LIFTED
        words = fits.describe_fits(self.fits, LEARNERS)
        return fits.fits_chart(
            self.fits, points, learners=LEARNERS, ticked=TICKED, description=words
        )

    def best_worst(self) -> Figure:
        """Draw each learner's error, followed from target to target."""
        words = reversal.describe_errors(self.means, list(TARGETS))
        return reversal.error_chart(
            self.errors, self.means, targets=list(TARGETS), learners=LEARNERS, description=words
        )


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
