"""What the chapter on the density law shows: its runs as tables, as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.stats import gmean

from bigcurves.chapters.density.density_law import (
    blends,
    density_controls,
    density_law,
    digit_density,
    law_scores,
)
from bigcurves.chapters.density.density_law.charts import (
    blending,
    covered_square,
    digits_by_gap,
    fold,
    four_folds,
)
from bigcurves.chapters.density.density_law.tables import Tables, averaged, mean_slope, power
from bigcurves.claims.results import Results, results
from bigcurves.measures.intervals import Interval
from bigcurves.measures.summary import interval_table, over_seeds
from bigcurves.plotting.marks import Figure
from bigcurves.running import runs
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.worlds import GaussianField

DIGIT_KEYS = ["guise", "shift", "noise", "n"]
POINTS = ((0.12, 0.2), (0.3, 0.75), (0.42, 0.33), (0.55, 0.6), (0.2, 0.5), (0.35, 0.1))


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    Names in `r_` are shares R^2 of the spread of the log error that is explained by what follows.
    """

    results: Results
    seeds: int
    curves: int  # in the fan
    five_curve: list[tuple[float, float]]  # (n, error) with five latents, the guess's truth
    gain_five: float  # by what factor the error falls from the first n to the last
    gain_two: float
    r_n: Interval
    r_n_kappa: Interval
    r_n_kappa_pixels: Interval
    r_product: Interval
    r_everything: Interval
    r_latents: float
    r_ridge: float
    r_stretched: float
    off_theory: float  # the typical factor between error and theory
    by_pixels: float  # the error's exponent in D
    power_plain: float  # with which the error falls in n
    power_broken: float  # the largest of the three controls'
    digit_n: float
    digit_gap: Interval
    digit_noisy: float
    digit_clean: float
    digit_ridge: float
    blend_2: float  # the power with which the residual falls, for d = 2
    blend_3: float
    blend_4: float
    blend_5: float
    blend_noise: float
    blend_scrambled: float


class Page(Tables):
    """What the page shows, drawn from the tables."""

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        law, means = self.law, self.means
        ends = {
            key: rows.sort_values("n")["mean"]
            for key, rows in means[means["pixels"] == 64].groupby(["d", "kappa"])
        }
        five, two = ends[5, 5.0], ends[2, 5.0]
        controls = runs.run(density_controls, seeds=self.seeds)
        broken = [abs(mean_slope(controls, name)) for name in ("shuffled", "noise", "scrambled")]
        modules = (density_law, density_controls, blends, digit_density)
        return Numbers(
            results=results(*modules, seeds=self.seeds),
            seeds=int(law["seed"].nunique()),
            curves=len(ends),
            five_curve=self.five_curve(),
            gain_five=float(five.iloc[0] / five.iloc[-1]),
            gain_two=float(two.iloc[0] / two.iloc[-1]),
            r_n=self.explained("n"),
            r_n_kappa=self.explained("n", "kappa"),
            r_n_kappa_pixels=self.explained("n", "kappa", "D"),
            r_product=self.explained("product"),
            r_everything=self.explained("n", "kappa", "d"),
            r_latents=self.folded["latents"],
            r_ridge=self.folded["ridge"],
            r_stretched=self.folded["stretched"],
            off_theory=over_seeds(law, law_scores.off_theory).mean,
            by_pixels=over_seeds(law, law_scores.by_pixels).mean,
            power_plain=-mean_slope(controls, "plain"),
            power_broken=max(broken),
            digit_n=self.digit_shares["n"].mean,
            digit_gap=self.digit_shares["gap"],
            digit_noisy=self.digit_shares["noisy"].mean,
            digit_clean=self.digit_shares["clean"].mean,
            digit_ridge=self.digit_shares["ridge"].mean,
            blend_2=power(self.residuals, d=2),
            blend_3=power(self.residuals, d=3),
            blend_4=power(self.residuals, d=4),
            blend_5=power(self.residuals, d=5),
            blend_noise=power(self.blends, part="control", kind="noise"),
            blend_scrambled=power(self.blends, part="control", kind="scrambled"),
        )

    def fold(self) -> Figure:
        """Draw the fan of learning curves that folds on to one."""
        told = [f"n alone explains {self.explained('n').mean:.0%} of the spread (d = 2 to 5)"]
        told += [f"κρ alone explains {self.folded['nearest']:.0%} of the spread (d = 2 to 5)"]
        readings = pd.DataFrame({"end": [0, 1], "text": told})
        words = fold.describe_fold(self.means, readings)
        return fold.fold_chart(self.plain, self.means, readings, description=words)

    def four_folds(self) -> Figure:
        """Draw the fold for bare latents, images, a kernel machine and a stretched target."""
        cases = self.law[(self.law["d"] > 1)]
        cases = cases[(cases["D"] == 64) | (cases["learner"] == "latents")].copy()
        stretched = cases["target"] == "stretched"
        cases["case"] = np.where(stretched, "stretched", cases["learner"])
        cases["product"] = cases["kappa"] * cases["gap"]
        means = averaged(cases, ["case", "d", "kappa", "n"])
        means["product"] = means["kappa"] * means["gap"]
        panels = self.panels()
        chosen = cases[["case", "d", "product", "error"]]
        words = four_folds.describe_four_folds(panels)
        return four_folds.four_folds_chart(chosen, means, panels, description=words)

    def digit_fold(self) -> Figure:
        """Draw the law on real digits, by their number and by their gap."""
        told = self.digits[self.digits["learner"] == "nearest"]
        told = told[told["guise"] != "labels shuffled"]
        told = told.assign(guise=digits_by_gap.guise_names(told))
        means = told.groupby(DIGIT_KEYS, as_index=False)[["gap", "clean", "error"]].agg(gmean)
        means = means.rename(columns={"error": "mean"})
        drawn = told[[*DIGIT_KEYS, "gap", "clean", "error"]]
        names = ("n", "gap", "noisy", "clean")
        shares = {name: self.digit_shares[name].mean for name in names}
        words = digits_by_gap.describe_digits_by_gap(means, shares)
        return digits_by_gap.digits_by_gap_chart(drawn, means, description=words)

    def covered_square(self) -> Figure:
        """Draw a latent square for the reader to cover."""
        rng = np.random.default_rng(0)
        drawn = [GaussianField.draw(rng, d=2, kappa=6, features=100) for _ in range(8)]
        fields = [
            {"frequencies": f.frequencies.round(2).tolist(), "phases": f.phases.round(2).tolist()}
            for f in drawn
        ]
        words = covered_square.describe_covered_square(POINTS, 6)
        return covered_square.covered_square_chart(POINTS, fields, kappa=6, description=words)

    def blend(self) -> Figure:
        """Draw a new image as a blend of its neighbours, and what the blend misses."""
        means = interval_table(self.residuals, ["d", "n"], "residual", log=True)
        drawn = self.residuals[["d", "n", "residual"]]
        return blending.blend_chart(drawn, means, description=blending.describe_blends(means))


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
