"""The book's claims as plain rows: what the claims page shows, made from the runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bigcurves.claims.judge import Result, judge_all
from bigcurves.claims.results import Results, described
from bigcurves.running.catalogue import BOOK_SEEDS


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What the claims page says; each field is a glue name.

    Attributes
    ----------
    claims
        The claims as `rows` writes them.
    results
        Which of them stand.
    seeds
        How many seeds each is judged on.
    """

    claims: list[dict[str, Any]]
    results: Results
    seeds: int


def numbers(seeds: range = BOOK_SEEDS) -> Numbers:
    """Judge every claim of the book."""
    judged = judge_all(seeds)
    return Numbers(claims=rows(judged, seeds), results=described(judged), seeds=len(seeds))


def rows(judged: Iterable[Result], seeds: range = BOOK_SEEDS) -> list[dict[str, Any]]:
    """Write judged claims as plain rows.

    Parameters
    ----------
    judged
        The results, on the runs of `seeds`.
    seeds
        Named in the command that judges a row's claim again.

    Returns
    -------
    For each claim its `claim` (id), `sentence`, `thread`, `chapter`, `figure` (the mean over the
    seeds), `low` and `high` (its 95 % interval), `threshold` in words, whether it `stands`, and
    the `command`.

    Raises
    ------
    ValueError
        If there are fewer than two seeds: a single one has no interval.
    """
    if len(seeds) < 2:
        raise ValueError(f"seeds must be at least 2, for an interval, got {len(seeds)}")
    return [
        {
            "claim": v.claim,
            "sentence": v.sentence,
            "thread": v.thread,
            "chapter": v.chapter,
            "figure": v.mean,
            "low": v.mean - v.half_width,
            "high": v.mean + v.half_width,
            "threshold": str(v.threshold),
            "stands": v.stands,
            "command": (
                f"python -m bigcurves claims {v.experiment} --seeds {seeds.start}:{seeds.stop}"
            ),
        }
        for v in judged
    ]
