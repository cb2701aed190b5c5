"""What the page on budgets shows: its runs as numbers and as charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bigcurves.chapters.density.how_many_samples import coverage_budget
from bigcurves.chapters.density.how_many_samples.budget_table import budget_table
from bigcurves.chapters.density.how_many_samples.charts import budget, budget_check
from bigcurves.claims.results import Results, results
from bigcurves.measures import HoleLaw, PowerLaw
from bigcurves.measures.summary import interval_at, interval_table
from bigcurves.plotting.marks import Figure
from bigcurves.running import runs
from bigcurves.running.catalogue import BOOK_SEEDS

LAW_OF = {"for_hole": "the hole's own law", "for_gap": "the gap's law"}
WISH = 0.15  # the largest hole that the page asks for, as a share of a latent's range


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the page says in numbers; each field is a glue name.

    `two`, `three` and `four` are numbers of latents.
    """

    results: Results
    seeds: int
    least_ratio: float  # of the largest hole to the gap, over sizes and latents
    most_ratio: float
    short_two: float  # how many times more samples it took than the gap's law asked for
    short_three: float
    short_four: float
    for_two: float  # samples that leave no hole above the wish
    for_three: float
    for_four: float
    each_latent: float  # the factor by which one more latent multiplies them


class Page:
    """What the page shows, drawn from the chapter's runs."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = list(seeds)
        self.table = runs.run(coverage_budget, seeds=self.seeds)

    @cached_property
    def laws(self) -> pd.DataFrame:
        """Both laws of coverage, a row for each `d` and `kind` ("gap" or "hole")."""
        return budget_table(self.table)

    @cached_property
    def checks(self) -> pd.DataFrame:
        """By how much each run's budgets fell short, averaged over sizes, geometrically."""
        table = self.table
        checks = pd.concat(
            table[["seed", "d"]].assign(
                law=law,
                sizes=table["role"].map(budget_check.ROLES),
                log=np.log(table["n"] / table[column]),
            )
            for column, law in LAW_OF.items()
        )
        keys = ["seed", "d", "law", "sizes"]
        by_run = checks.groupby(keys)["log"].mean().reset_index()
        return by_run.assign(factor=np.exp(by_run["log"])).drop(columns="log")

    @cached_property
    def check_means(self) -> pd.DataFrame:
        """The same averaged over seeds, with intervals."""
        return interval_table(self.checks, ["d", "law", "sizes"], "factor", log=True)

    @cached_property
    def numbers(self) -> Numbers:
        """What the page says in numbers."""
        table = self.table
        ratio = (table["hole"] / table["gap"]).groupby([table["d"], table["n"]]).mean()
        for_two, for_three, for_four = (self.samples_for(d, WISH) for d in (2, 3, 4))
        return Numbers(
            results=results(coverage_budget, seeds=self.seeds),
            seeds=int(table["seed"].nunique()),
            least_ratio=float(ratio.min()),
            most_ratio=float(ratio.max()),
            short_two=self._short_by(2),
            short_three=self._short_by(3),
            short_four=self._short_by(4),
            for_two=for_two,
            for_three=for_three,
            for_four=for_four,
            each_latent=(for_four / for_two) ** 0.5,
        )

    def law(self, kind: str, d: int) -> PowerLaw:
        """Return the law in d latents: of the "gap" in n, or of the "hole" in n / log n."""
        laws = self.laws
        (law,) = laws[(laws["kind"] == kind) & (laws["d"] == d)].to_dict("records")
        fit = {"slope": law["slope"], "prefactor": law["prefactor"]}
        # Slope and prefactor are means over seeds, so there is no fit that these could speak of.
        return PowerLaw(**fit, standard_error=0, r_squared=1)

    def samples_for(self, d: int, radius: float) -> float:
        """Return how many samples leave no hole above a radius in d latents, by the hole's law."""
        return HoleLaw(power=self.law("hole", d)).samples(radius)

    def _short_by(self, d: int) -> float:
        """Return how far the gap's law falls short on sizes that it was not fitted on."""
        unseen = budget_check.ROLES["checked"]
        return interval_at(self.check_means, law=LAW_OF["for_gap"], d=d, sizes=unseen).mean

    def budget(self) -> Figure:
        """Draw the calculator: two laws, read backwards at a distance."""
        table = self.table
        points = pd.concat(
            table[["d", "n", "role"]].assign(kind=kind, distance=table[kind])
            for kind in ("gap", "hole")
        )
        return budget.budget_chart(points, self.laws, description=budget.describe_budget(self.laws))

    def budget_check(self) -> Figure:
        """Draw how many times more samples it took than each law had asked for."""
        words = budget_check.describe_budget_check(self.check_means)
        return budget_check.budget_check_chart(self.checks, self.check_means, description=words)


def page(seeds: Iterable[int] = BOOK_SEEDS) -> Page:
    """Read the chapter's runs."""
    return Page(seeds)
