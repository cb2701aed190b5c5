"""Hold the book to account: collect every experiment's claims and judge them on the runs.

A claim is judged on the mean of its figure over the seeds. Whether it *could* have fallen is
another question, for `mutations`.
"""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from bigcurves.claims.claim import Claim, Threshold
from bigcurves.provenance import imported
from bigcurves.provenance.closure import OWN_PACKAGE, SOURCE_ROOT, fingerprint, module_closure
from bigcurves.provenance.source import Source, digest
from bigcurves.running import catalogue, index, runs
from bigcurves.running.catalogue import BOOK_SEEDS
from bigcurves.running.record import file_of, record_folder
from bigcurves.running.repeats import Rows
from bigcurves.running.store import CacheEntries, store_at
from bigcurves.running.task import TimedRun

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Result:
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
    source = catalogue.source(name)
    key = _key(source)
    folder = store_at(store) / source.name / key
    entries = CacheEntries(folder=folder, about={"experiment": source.name, "kind": "claims"})
    rows = {seed: found for seed in seeds if (found := entries.read(seed)) is not None}
    missing = [seed for seed in seeds if seed not in rows]
    if missing:
        experiment = catalogue.load(name)
        table = runs.run(experiment, None, missing, jobs=jobs, store=store, scheduler=scheduler)
        for seed in missing:
            rows[seed] = _figures(experiment, table[table["seed"] == seed])
        if key == _key(source) and _are_of_today(source):
            for seed in missing:
                runs.keep(entries, TimedRun(seed, rows[seed], 0.0))
    return _results(name, [row for seed in seeds for row in rows[seed]])


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
            "figure": figure_of(claim, run),
        }
        for claim in experiment.CLAIMS
    ]


def figure_of(claim: Claim, run: "pd.DataFrame") -> float:
    """Work out a claim's figure on one run; a figure that is no number is an error."""
    figure = float(claim.figure(run))
    if not math.isfinite(figure):
        raise ValueError(f"figure of {claim.id} must be finite, got {figure}")
    return figure


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
            figures=tuple(figures[claim]),
        )
        for claim, head in heads.items()
    ]


def _key(source: Source) -> str:
    """Hash what figures are made from: runs, recorded or not, and the text of the claims."""
    path = file_of(source.short_name)
    kept = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    claims = fingerprint(module_closure(source.path, root=source.root), root=source.root)
    return digest(["claims", source.fingerprint, kept, claims, _own()[0]])


def _are_of_today(source: Source) -> bool:
    """Tell whether this process imported the claims, and what judges them, as the key has them."""
    files = module_closure(source.path, root=source.root)
    return imported.unchanged({path: path.read_text("utf-8") for path in files} | _own()[1])


@cache
def _own() -> tuple[str, dict[Path, str]]:
    """Hash what judges claims, and give its texts."""
    files = module_closure(SOURCE_ROOT / OWN_PACKAGE / "claims" / "judge.py")
    return fingerprint(files), {path: path.read_text("utf-8") for path in files}
