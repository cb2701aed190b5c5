"""Hold the book to account: collect every experiment's claims and judge them on the runs.

A claim is judged on the mean of its figure over the seeds. Whether it *could* have fallen is
another question, for `mutations`.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from os import PathLike
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import stdtrit

from bigcurves.claims.claim import Claim, Threshold
from bigcurves.claims.kept import kept_rows
from bigcurves.running import catalogue, index, runs
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.running.record import record_folder
from bigcurves.running.repeats import Rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Result:
    """One claim, judged.

    Attributes
    ----------
    experiment, claim, sentence, thread, chapter, threshold, by_construction
        As the experiment declares them.
    figures
        The claim's figure on each seed.
    """

    experiment: str
    claim: str
    sentence: str
    thread: int
    chapter: str
    threshold: Threshold
    by_construction: str
    figures: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The figure on which the claim is judged."""
        return float(np.mean(self.figures))

    @property
    def half_width(self) -> float:
        """Half of Student's 95 % interval over the seeds; none from a single seed."""
        n = len(self.figures)
        if n < 2:
            return math.nan
        return float(stdtrit(n - 1, 0.975) * np.std(self.figures, ddof=1) / math.sqrt(n))

    @property
    def stands(self) -> bool:
        """Whether the mean lies where the threshold asks."""
        return self.threshold.holds(self.mean)


def judge(
    name: str,
    seeds: Iterable[int] = BOOK_SEEDS,
    *,
    jobs: int | None = None,
    store: str | PathLike[str] | None = None,
    scheduler: str | None = None,
) -> list[Result]:
    """Judge the claims of the experiment called `name`.

    Figures are kept beside the runs, so that a second call imports no experiment at all.
    """
    seeds = runs.checked_seeds(seeds)

    def figures(missing: list[int]) -> dict[int, Rows]:
        experiment = catalogue.load(name)
        options: Any = {"jobs": jobs, "store": store, "scheduler": scheduler}
        table = runs.run(experiment, None, missing, **options)
        return {seed: _figures(experiment, table[table["seed"] == seed]) for seed in missing}

    return _results(name, kept_rows("claims", name, seeds, figures, store))


def usual_seconds(names: Iterable[str], seeds: Iterable[int]) -> list[float]:
    """Say how long runs of seeds take that the book does not use, by experiment; 0: unknown."""
    fresh = [seed for seed in seeds if seed not in BOOK_SEEDS]
    how, _ = index.load(record_folder()) if fresh else ({}, "")
    return [index.usual_seconds(how, name) * len(fresh) for name in names]


def judge_all(
    seeds: Iterable[int] = BOOK_SEEDS,
    *,
    jobs: int | None = None,
    store: str | PathLike[str] | None = None,
) -> list[Result]:
    """Judge every claim of the book, in the order of the thread's nine."""
    seeds = runs.checked_seeds(seeds)
    found = [v for name in catalogue.titles() for v in judge(name, seeds, jobs=jobs, store=store)]
    return sorted(found, key=lambda result: result.thread)


def _figures(experiment: ModuleType, run: "pd.DataFrame") -> Rows:
    """Work out every claim's figure on one run, as rows that need no import to be read."""
    return [
        {
            "claim": claim.id,
            "sentence": claim.sentence,
            "thread": claim.thread,
            "chapter": claim.chapter,
            "low": claim.threshold.low,
            "high": claim.threshold.high,
            "by_construction": claim.by_construction,
            "figure": figure_of(claim, run),
        }
        for claim in experiment.CLAIMS
    ]


def figure_of(claim: Claim, run: "pd.DataFrame") -> float:
    """Work out a claim's figure on one run; a figure that is no number is an error."""
    return finite(claim.figure, run, claim.id)


def finite(figure: "Callable[[pd.DataFrame], float]", run: "pd.DataFrame", what: str) -> float:
    """Work out a figure on one run; one that is no number is an error that says whose it is."""
    found = float(figure(run))
    if not math.isfinite(found):
        raise ValueError(f"figure of {what} must be finite, got {found}")
    return found


def _results(name: str, rows: Rows) -> list[Result]:
    """Gather the rows of each claim, in the order in which the experiment declares them."""
    figures: dict[str, list[float]] = {}
    for row in rows:
        figures.setdefault(row["claim"], []).append(row["figure"])
    heads = {row["claim"]: row for row in rows}
    return [
        Result(
            experiment=name,
            claim=claim,
            sentence=head["sentence"],
            thread=head["thread"],
            chapter=head["chapter"],
            threshold=Threshold(low=head["low"], high=head["high"]),
            by_construction=head["by_construction"],
            figures=tuple(figures[claim]),
        )
        for claim, head in heads.items()
    ]
