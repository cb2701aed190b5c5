"""Compare what the runs measure with the figures that the designs were drawn up with.

The designs were tried out before the package was written. Their figures are reference points and
no targets: where a figure differs the cause is written beside it, and nothing is tuned to it.
"""

import operator
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bigcurves import catalogue, runs
from bigcurves.claims import figure_of
from bigcurves.measures import power_law, t_interval
from bigcurves.measures.intervals import Interval
from bigcurves.running.asked import BOOK_SEEDS
from bigcurves.sample import Floats

if TYPE_CHECKING:
    import pandas as pd

NEAR = 0.05  # of a reference figure: differences below it need no cause
TAKES: dict[str, Callable[[Floats], Any]] = {
    "mean": np.mean,
    "max": np.max,
    "min": np.min,
    "last": operator.itemgetter(-1),
}


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A figure of a design, and how it is read off the runs.

    Attributes
    ----------
    experiment, figure
        The experiment's name, and the figure in words.
    claim
        The id of the claim whose figure it is, or "" where it is read off rows.
    column
        What is read off rows: a column, or an expression of columns.
    where
        Which rows, as an expression that is true of them; all, if left out.
    take
        What makes one number of a run's rows: "mean", "max", "min" or "last".
    slope
        If given, the power of this column with which the figure grows, in place of `take`.
    log
        Whether the mean over seeds is geometric, for figures that span powers of ten.
    reference
        What the design's trial read.
    within
        How far from it is near; by default a twentieth of it.
    low, high
        In place of a reference: the design's gate, for the mean over the seeds.
    cause
        Why the figure differs. Empty where it does not.
    """

    experiment: str
    figure: str
    claim: str = ""
    column: str = ""
    where: str = ""
    take: str = "mean"
    slope: str = ""
    log: bool = False
    reference: float | None = None
    within: float | None = None
    low: float = -np.inf
    high: float = np.inf
    cause: str = ""

    def __post_init__(self) -> None:
        if bool(self.claim) == bool(self.column):
            raise ValueError(f"{self.figure}: either claim or column must be given")
        if (self.reference is None) == (np.isinf(self.low) and np.isinf(self.high)):
            raise ValueError(f"{self.figure}: either reference, or low or high, must be given")
        if self.take not in TAKES:
            raise ValueError(f"take must be one of {', '.join(TAKES)}, got {self.take!r}")

    def read(self, run: "pd.DataFrame") -> float:
        """Read the figure off the rows of one run."""
        if self.claim:
            claims = {claim.id: claim for claim in catalogue.load(self.experiment).CLAIMS}
            return figure_of(claims[self.claim], run)
        rows = run.query(self.where) if self.where else run
        if rows.empty:
            raise ValueError(f"{self.experiment}, {self.figure}: no row has {self.where}")
        values = np.asarray(rows.eval(self.column), dtype=float)
        if self.slope:
            return power_law(rows[self.slope], values).slope
        return float(TAKES[self.take](values))

    def measure(self, table: "pd.DataFrame") -> Interval:
        """Average the figure over the seeds of a table, with Student's interval."""
        values = np.array([self.read(run) for _, run in table.groupby("seed", sort=False)])
        if not self.log:
            return t_interval(values)
        found = t_interval(np.log(values))
        ends = (float(np.exp(end)) for end in (found.mean, found.low, found.high))
        return Interval(**dict(zip(("mean", "low", "high"), ends, strict=True)), seeds=found.seeds)

    def agrees(self, found: Interval) -> bool:
        """Tell whether a measured figure is as the design has it.

        The interval must come within `within` of the reference; the mean must pass a gate.
        """
        if self.reference is None:
            return self.low <= found.mean <= self.high
        within = NEAR * abs(self.reference) if self.within is None else self.within
        return found.low - within <= self.reference <= found.high + within


def load(path: Path) -> list[Reference]:
    """Read references from a TOML file: a list of figures for each experiment."""
    found: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text("utf-8"))
    return [Reference(experiment=name, **entry) for name, each in found.items() for entry in each]


def compare(references: list[Reference]) -> list[tuple[Reference, Interval]]:
    """Measure every reference on the book's seeds, from kept runs where there are some."""
    tables = {
        name: runs.run(catalogue.load(name), seeds=BOOK_SEEDS)
        for name in dict.fromkeys(reference.experiment for reference in references)
    }
    return [(each, each.measure(tables[each.experiment])) for each in references]
