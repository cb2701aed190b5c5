"""The chapter's runs, and fits to one set of points, made into tables once."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.opener.big_curves import same_points
from bigcurves.learners import CURVES, draw_curve
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.running import runs
from bigcurves.sample import Floats
from bigcurves.worlds import CurveWorld
from bigcurves.worlds.curves import Shape

TARGETS: dict[str, Shape] = {"smooth": "smooth", "corners": "triangle", "jump": "step"}
LEARNERS = list(CURVES)
LIFTED = 5  # the point that the reader lifts
LIFTS = np.linspace(-1, 1, 9)  # at which curves are fitted beforehand


class Tables:
    """Runs of the chapter's experiment and fits to twelve points, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        table = runs.run(same_points, seeds=self.seeds)
        self.errors = table.rename(columns={"curve": "target"})

    @cached_property
    def means(self) -> pd.DataFrame:
        """Geometric means of the error over seeds, with their intervals."""
        return interval_table(self.errors, ["target", "learner"], "error", log=True)

    @cached_property
    def fits(self) -> pd.DataFrame:
        """All curves through one set of points, for each target and lift."""
        return pd.concat([fits_of(target, lift) for target in TARGETS for lift in LIFTS])

    def at_rest(self, target: str) -> pd.DataFrame:
        """Give the curves of one target, no point lifted."""
        return self.fits[(self.fits["lift"] == 0) & (self.fits["target"] == target)]

    def error(self, learner: str, target: str) -> Interval:
        """Give one learner's mean error on a target."""
        return interval_at(self.means, learner=learner, target=target)

    def ranked(self, target: str) -> pd.DataFrame:
        """Rank the learners on a target, the least error first."""
        return self.means[self.means["target"] == target].sort_values("mean")

    def moved_far_away(self) -> dict[str, float]:
        """Say how far each curve moves, beyond two points from the one that is lifted by 1."""
        smooth = self.fits[self.fits["target"] == "smooth"]
        still, lifted = (smooth[smooth["lift"] == lift] for lift in (0, 1))
        x, _ = twelve_points("smooth")
        far = (still["x"] < x[LIFTED - 2]) | (still["x"] > x[LIFTED + 2])
        moved = np.abs(lifted[LEARNERS].to_numpy() - still[LEARNERS].to_numpy())
        most = moved[far.to_numpy()].max(axis=0)
        return dict(zip(LEARNERS, most.tolist(), strict=True))


def twelve_points(target: str, lift: float = 0.0) -> tuple[Floats, Floats]:
    """Draw twelve points of a target, one of them lifted: their x and their y."""
    sample = CurveWorld(shape=TARGETS[target]).sample(12, np.random.default_rng([0, 0]))
    heights = np.asarray(sample.targets)
    return sample.inputs[:, 0], heights + lift * (np.arange(12) == LIFTED)


def fits_of(target: str, lift: float) -> pd.DataFrame:
    """Fit every curve to the twelve points of a target, one of them lifted."""
    x, y = twelve_points(target, lift)
    grid = np.linspace(x[0], x[-1], 121)
    truth = CurveWorld(shape=TARGETS[target]).height(grid)
    curves = {name: draw_curve(name, x, y, grid, random_state=0) for name in LEARNERS}
    return pd.DataFrame({"target": target, "lift": lift, "x": grid, "truth": truth} | curves)
