"""The chapter's runs, made into tables once."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd

from bigcurves.chapters.density.density_law import blends, density_law, digit_density, law_scores
from bigcurves.measures import power_law
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_table, over_seeds
from bigcurves.running import runs

KEYS = ["d", "kappa", "pixels", "n"]


class Tables:
    """Runs of the chapter's experiments, and what is read off them."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.law = runs.run(density_law, seeds=self.seeds)
        self.digits = runs.run(digit_density, seeds=self.seeds)
        self.blends = runs.run(blends, seeds=self.seeds)

    @cached_property
    def plain(self) -> pd.DataFrame:
        """The nearest neighbour's runs on even targets."""
        law = self.law[(self.law["learner"] == "nearest") & (self.law["target"] == "even")]
        return law.rename(columns={"D": "pixels"})[["seed", *KEYS, "gap", "error"]]

    @cached_property
    def means(self) -> pd.DataFrame:
        """Geometric means over seeds, of errors with their intervals and of gaps."""
        return averaged(self.plain, KEYS)

    @cached_property
    def residuals(self) -> pd.DataFrame:
        """What blends of neighbours miss, on bars of every number of latents."""
        curve = self.blends["part"] == "curve"
        return self.blends.loc[curve, ["seed", "d", "n", "residual"]]

    @cached_property
    def folded(self) -> dict[str, float]:
        """The shares that kappa rho explains, by what is folded."""
        ways: dict[str, Callable[[pd.DataFrame], float]] = {
            "latents": partial(law_scores.r2_by_gap, learner="latents"),
            "ridge": partial(law_scores.r2_by_gap, learner="ridge"),
            "stretched": law_scores.r2_with_stretched,
        }
        found = {name: over_seeds(self.law, way).mean for name, way in ways.items()}
        return found | {"nearest": self.explained("product").mean}

    @cached_property
    def digit_shares(self) -> dict[str, Interval]:
        """The shares that the gap, or the number, explains of the digits' log error."""
        ways: dict[str, dict[str, Any]] = {
            "n": {"by": "n", "over": "shifts"},
            "gap": {"by": "gap", "over": "shifts"},
            "noisy": {"by": "gap", "over": "noises"},
            "clean": {"by": "clean", "over": "all"},
            "ridge": {"by": "gap", "over": "shifts", "learner": "ridge"},
        }
        return {
            name: over_seeds(self.digits, partial(digit_density.explained, **way))
            for name, way in ways.items()
        }

    def explained(self, *columns: str) -> Interval:
        """Say what share of the nearest neighbour's log error some columns explain."""
        return over_seeds(self.law, lambda run: law_scores.explained(run, "nearest", columns))

    def five_curve(self) -> list[tuple[float, float]]:
        """List (number of images, error) with five latents."""
        means = self.means
        curve = means[(means["d"] == 5) & (means["kappa"] == 5) & (means["pixels"] == 64)]
        return [(float(n), float(e)) for n, e in zip(curve["n"], curve["mean"], strict=True)]

    def panels(self) -> pd.DataFrame:
        """Name the four panels of the fold, each with what it explains."""
        names = {
            "latents": "nearest, bare latents: built in",
            "nearest": "nearest, images: found",
            "ridge": "kernel machine, images: found",
            "stretched": "stretched target: must fail",
        }
        panels = pd.DataFrame(
            {"case": case, "name": name, "text": f"κρ explains {self.folded[case]:.0%}"}
            for case, name in names.items()
        )
        panels.loc[panels["case"] == "stretched", "text"] += ", even targets included"
        return panels


def averaged(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Average gaps and errors over seeds, geometrically."""
    gaps = interval_table(rows, keys, "gap", log=True)[[*keys, "mean"]]
    errors = interval_table(rows, keys, "error", log=True).drop(columns="seeds")
    return errors.merge(gaps.rename(columns={"mean": "gap"}), on=keys)


def mean_slope(controls: pd.DataFrame, condition: str) -> float:
    """Average the power with which the error of a control grows in n."""
    rows = controls[controls["condition"] == condition]
    worlds = [world for _, world in rows.groupby(["seed", "d"])]
    return float(np.mean([power_law(world["n"], world["error"]).slope for world in worlds]))


def power(rows: pd.DataFrame, **where: object) -> float:
    """Fit the power with which the residual falls in n, averaged over seeds."""
    for column, value in where.items():
        rows = rows[rows[column] == value]
    slopes = [power_law(run["n"], run["residual"]).slope for _, run in rows.groupby("seed")]
    return -float(np.mean(slopes))
