"""How many samples bring you near, and how many more leave no hole.

Two distances are easily mixed. The sample gap rho is typical: from a new point to its nearest
sample, root mean square. The covering radius h is the worst: the largest hole, several times rho.
So a budget for "no hole above r", read off the law of rho, is short by 12 times in the plane, 25
and 46 times at d = 3 and 4. Both laws are checked on sizes that they never saw.

What could fool us: the laws hold where the samples are drawn, and nowhere else: from half the
range no number of them helps. The largest hole is often at an edge or a corner, so the power
of n / log n in its law is fitted, and not the interior's -1/d.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy.stats import gmean

from bigcurves.claims.claim import Claim, at_least, at_most
from bigcurves.measures import HoleLaw, PowerLaw, covering_radius, power_law, sample_gap
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats

CHAPTER = "density/how-many-samples"
ENDLESS = 1e12  # samples: budgets stop here
Placement: TypeAlias = Literal["random", "grid"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which samples are drawn in the unit cube of latents.

    Attributes
    ----------
    dimensions
        The cube's dimensions, one after the other.
    fitted, checked
        The sizes on which the laws are fitted, and those that they must foretell.
    probes
        New points, at which the gap is felt.
    placement
        "random": uniform draws; "grid": the middles of equal cells, as many as come near n.
    reach
        Share of each latent's range that samples come from, above 0 and up to 1.
    """

    dimensions: tuple[int, ...] = (1, 2, 3, 4)
    fitted: tuple[int, ...] = (100, 400, 1600, 6400, 25_600)
    checked: tuple[int, ...] = (200, 800, 3200, 12_800)
    probes: int = 2**14
    placement: Placement = "random"
    reach: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.reach <= 1:
            raise ValueError(f"reach must be above 0 and at most 1, got {self.reach}")
        if self.placement not in ("random", "grid"):
            raise ValueError(f"placement must be random or grid, got {self.placement!r}")


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each dimension d and each number n of points that were placed.

    `gap` is rho and `hole` is h, in units of a latent's range; `gap_law` and `hole_law` are what
    the laws, fitted on the rows of role "fitted", say of them. `for_gap` and `for_hole` answer
    a wish: how many samples (10^12 at most) the two laws ask for, to leave no hole above h.
    """
    return [
        {"seed": seed, "d": d, **row}
        for d in settings.dimensions
        for row in _foretold(list(_measured(settings, seed, d)))
    ]


def _measured(settings: Settings, seed: int, d: int) -> Iterator[dict[str, Any]]:
    """Draw samples of every size, each apart, and measure how they cover the cube."""
    for n in sorted((*settings.fitted, *settings.checked)):
        rng = np.random.default_rng([seed, d, n])
        points = settings.reach * _placed(settings.placement, n, d, rng)
        gap = sample_gap(rng.random((settings.probes, d)), points)
        hole = covering_radius(points, method="climb", rng=rng)
        role = "fitted" if n in settings.fitted else "checked"
        yield {"n": len(points), "role": role, "gap": gap, "hole": hole}


def _placed(placement: Placement, n: int, d: int, rng: np.random.Generator) -> Floats:
    """Place about n points in the unit cube, shape (n, d)."""
    if placement == "random":
        return rng.random((n, d))
    each = round(n ** (1 / d))
    middles = (np.arange(each) + 0.5) / each
    return np.stack(np.meshgrid(*[middles] * d, indexing="ij"), axis=-1).reshape(-1, d)


def laws(world: pd.DataFrame) -> tuple[PowerLaw, HoleLaw]:
    """Fit both laws to one run's rows for one dimension: to those that are for it."""
    fitted = world[world["role"] == "fitted"]
    return power_law(fitted["n"], fitted["gap"]), HoleLaw.fit(fitted["n"], fitted["hole"])


def _foretold(found: Rows) -> Rows:
    """Fit both laws on the rows that are for it, and read them both ways at every row."""
    gap_law, hole_law = laws(pd.DataFrame(found))
    return [
        row
        | {
            "gap_law": gap_law.at(row["n"]),
            "hole_law": hole_law.radius(row["n"]),
            "for_gap": min(ENDLESS, gap_law.size_for(row["hole"])),
            "for_hole": min(ENDLESS, hole_law.samples(row["hole"])),
        }
        for row in found
    ]


def _factor_missed(run: pd.DataFrame) -> float:
    """Return by what factor the rho law asks for too few samples, at best, from d = 2 on."""
    held_out = run[(run["role"] == "checked") & (run["d"] >= 2)]
    missed = (held_out["n"] / held_out["for_gap"]).groupby(held_out["d"])
    return float(missed.agg(gmean).min())


def _typical_miss(run: pd.DataFrame) -> float:
    """Return by what factor, up or down, the h law misses sizes that it never saw."""
    held_out = run[run["role"] == "checked"]
    missed = np.log(held_out["n"] / held_out["for_hole"])
    return float(np.exp(np.abs(missed).mean()))


def _slope_off(run: pd.DataFrame) -> float:
    """Return how far rho's slope in log n, times d, strays from -1 at worst."""
    worlds = [group for _, group in run.groupby("d")]
    return max(abs(1 + w["d"].mean() * power_law(w["n"], w["gap"]).slope) for w in worlds)


def halve_the_reach(settings: Settings) -> Settings:
    """Draw samples from half of each latent's range."""
    return replace(settings, reach=0.5)


def place_on_a_grid(settings: Settings) -> Settings:
    """Place the samples on a grid."""
    return replace(settings, placement="grid")


OF_WORLD = "placement reach"
REPEATS = exact("d n role") | close("gap hole gap_law hole_law for_gap for_hole")

CLAIMS = (
    Claim(
        id="coverage-gap-law",
        sentence="The sample gap shrinks as n to the power -1/d, to within 15 percent.",
        thread=5,
        chapter=CHAPTER,
        figure=_slope_off,
        threshold=at_most(0.15),
        mutation=halve_the_reach,
    ),
    Claim(
        id="coverage-hole-deeper",
        sentence="The largest hole is more than twice as deep as the typical gap.",
        thread=5,
        chapter=CHAPTER,
        figure=lambda run: float((run["hole"] / run["gap"]).groupby(run["d"]).mean().min()),
        threshold=at_least(2.3),
        mutation=place_on_a_grid,
    ),
    Claim(
        id="coverage-wrong-budget",
        sentence="A budget for the largest hole, read off the gap's law, is 8 times short.",
        thread=5,
        chapter=CHAPTER,
        figure=_factor_missed,
        threshold=at_least(8),
        mutation=place_on_a_grid,
    ),
    Claim(
        id="coverage-right-budget",
        sentence="Read off the hole's own law, it is right to within half as much again.",
        thread=5,
        chapter=CHAPTER,
        figure=_typical_miss,
        threshold=at_most(1.5),
        mutation=halve_the_reach,
    ),
)
