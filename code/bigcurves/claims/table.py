"""The book's claims as plain rows: what the claims page shows, made from the runs."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bigcurves.claims.claim import Threshold
from bigcurves.claims.judge import Result, judge_all
from bigcurves.claims.results import Results, described
from bigcurves.claims.specifications import Tried, try_choices
from bigcurves.running import catalogue
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
    tried = [each for name in catalogue.titles() for each in try_choices(name)]
    return Numbers(claims=rows(judged, seeds, tried), results=described(judged), seeds=len(seeds))


def rows(
    judged: Iterable[Result], seeds: range = BOOK_SEEDS, tried: Iterable[Tried] = ()
) -> list[dict[str, Any]]:
    """Write judged claims as plain rows.

    Parameters
    ----------
    judged
        The results, on the runs of `seeds`.
    seeds
        Named in the command that judges a row's claim again.
    tried
        What became of the claims under other choices, and of their rivals.

    Returns
    -------
    For each claim its `claim` (id), `sentence`, `thread`, `chapter`, `figure` (the mean over the
    seeds), `low` and `high` (its 95 % interval), `threshold` in words, whether it `stands`, why
    it holds `by_construction` if it does, the ends that are `asked` (None where open),
    the `command`, and under `tried` a row for each choice and rival.

    Raises
    ------
    ValueError
        If there are fewer than two seeds: a single one has no interval.
    """
    if len(seeds) < 2:
        raise ValueError(f"seeds must be at least 2, for an interval, got {len(seeds)}")
    there: dict[str, list[dict[str, Any]]] = {}
    for each in tried:
        there.setdefault(each.claim, []).append(_row(each))
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
            "asked": _ends(v.threshold),
            "tried": there.get(v.claim, []),
            "by_construction": v.by_construction,
            "command": (
                f"python -m bigcurves claims {v.experiment} --seeds {seeds.start}:{seeds.stop}"
            ),
        }
        for v in judged
    ]


def _row(tried: Tried) -> dict[str, Any]:
    return {
        "label": tried.label,
        "figure": tried.mean,
        "holds": tried.holds,
        "asked": str(tried.threshold),
        "words": tried.words,
    }


def _ends(threshold: Threshold) -> tuple[float | None, float | None]:
    """Give the ends of a threshold, None where it is open."""
    low, high = (None if math.isinf(end) else end for end in (threshold.low, threshold.high))
    return low, high
