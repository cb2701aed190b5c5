"""Hold the book to account: collect every experiment's claims and judge them on the runs.

A claim is judged on the mean of its figure over the seeds. Whether it *could* have fallen is
proven apart: on each seed, by itself, the claim holds as the book states it and falls under its
mutation, another world or other labels, while the threshold stays where it is.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from bigcurves import catalogue, runs
from bigcurves.experiments.claim import Claim, Threshold
from bigcurves.provenance import Source, digest
from bigcurves.store import Rows, Shelf, default_store

if TYPE_CHECKING:
    import pandas as pd

BOOK_SEEDS = range(20)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One claim, judged.

    Attributes
    ----------
    experiment, claim, sentence, thread, chapter, threshold
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


@dataclass(frozen=True, kw_only=True)
class Proof:
    """How far each seed, alone, lies inside the threshold: as claimed, and under the mutation."""

    claim: Claim
    true: tuple[float, ...]
    mutated: tuple[float, ...]

    @property
    def accepted(self) -> bool:
        """Whether the claim holds on every seed and its mutation fails on every seed."""
        return all(m >= 0 for m in self.true) and all(m < 0 for m in self.mutated)

    def __str__(self) -> str:
        word = "accepted" if self.accepted else "REJECTED"
        true, mutated = (", ".join(f"{m:+.3g}" for m in ms) for ms in (self.true, self.mutated))
        return f"{self.claim.id}: {word}; margins as claimed {true}; mutated {mutated}"


def judge(
    name: str,
    seeds: Iterable[int] = BOOK_SEEDS,
    *,
    jobs: int | None = None,
    store: Path | None = None,
) -> list[Verdict]:
    """Judge the claims of the experiment called `name`.

    Figures are kept beside the runs, so that a second call imports no experiment at all.
    """
    seeds = runs.checked_seeds(seeds)
    source = catalogue.source(name)
    key = digest(["claims", source.fingerprint, _own_source().fingerprint])
    folder = (store or default_store()) / source.name / key
    shelf = Shelf(folder=folder, about={"experiment": source.name, "kind": "claims"})
    rows = {seed: found for seed in seeds if (found := shelf.read(seed)) is not None}
    missing = [seed for seed in seeds if seed not in rows]
    if missing:
        experiment = catalogue.load(name)
        table = runs.run(experiment, seeds=missing, jobs=jobs, store=store)
        for seed in missing:
            rows[seed] = _figures(experiment, table[table["seed"] == seed])
            runs.keep(shelf, source, seed, rows[seed])
    return _verdicts(name, [row for seed in seeds for row in rows[seed]])


def judge_all(
    seeds: Iterable[int] = BOOK_SEEDS, *, jobs: int | None = None, store: Path | None = None
) -> list[Verdict]:
    """Judge every claim of the book, in the order of the thread's nine."""
    seeds = runs.checked_seeds(seeds)
    found = [v for name in catalogue.titles() for v in judge(name, seeds, jobs=jobs, store=store)]
    return sorted(found, key=lambda verdict: verdict.thread)


def prove(
    experiment: ModuleType,
    seeds: Iterable[int] = range(5),
    *,
    jobs: int | None = None,
    store: Path | None = None,
) -> list[Proof]:
    """Show for each claim of an experiment that it holds, and that it could have fallen.

    Raises
    ------
    ValueError
        If a mutation is no other world: not the experiment's settings, or equal to its defaults.
    """
    seeds = runs.checked_seeds(seeds)

    def margins(claim: Claim, settings: object) -> tuple[float, ...]:
        table = runs.run(experiment, settings, seeds, jobs=jobs, store=store)
        alone = [_figure(claim, table[table["seed"] == seed]) for seed in seeds]
        return tuple(claim.threshold.margin(figure) for figure in alone)

    defaults = experiment.Settings()
    proofs = []
    for claim in experiment.CLAIMS:
        if not isinstance(claim.mutation, experiment.Settings) or claim.mutation == defaults:
            raise ValueError(f"mutation of {claim.id} must be other Settings, got {claim.mutation}")
        true, mutated = margins(claim, defaults), margins(claim, claim.mutation)
        proofs.append(Proof(claim=claim, true=true, mutated=mutated))
    return proofs


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
            "figure": _figure(claim, run),
        }
        for claim in experiment.CLAIMS
    ]


def _figure(claim: Claim, run: "pd.DataFrame") -> float:
    """Work out a claim's figure on one run; a figure that is no number is an error."""
    figure = float(claim.figure(run))
    if not math.isfinite(figure):
        raise ValueError(f"figure of {claim.id} must be finite, got {figure}")
    return figure


def _verdicts(name: str, rows: Rows) -> list[Verdict]:
    """Gather the rows of each claim, in the order in which the experiment declares them."""
    figures: dict[str, list[float]] = {}
    for row in rows:
        figures.setdefault(row["claim"], []).append(row["figure"])
    heads = {row["claim"]: row for row in rows}
    return [
        Verdict(
            experiment=name,
            claim=claim,
            sentence=head["sentence"],
            thread=head["thread"],
            chapter=head["chapter"],
            threshold=Threshold(low=head["low"], high=head["high"]),
            figures=tuple(figures[claim]),
        )
        for claim, head in heads.items()
    ]


@cache
def _own_source() -> Source:
    return Source.of(__name__, Path(__file__))
