"""What a chapter hands to its own sentences: which of its experiments' claims stand.

A page glues the table, and each sentence that states a finding names its claim; when a claim
falls, the book is not built. Under `control` every claim is judged in the world in which it
must fall, which is how the tests make sure that no sentence would stand regardless.
"""

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import numpy as np

from bigcurves.claims.judge import Verdict, judge
from bigcurves.running import runs
from bigcurves.running.catalogue import BOOK_SEEDS

Verdicts = dict[str, tuple[bool, str]]


def verdicts(
    *experiments: ModuleType,
    seeds: Iterable[int] = BOOK_SEEDS,
    control: bool = False,
    store: Path | None = None,
) -> Verdicts:
    """Judge the claims of some experiments.

    Parameters
    ----------
    experiments
        The experiments' modules, imported by the page: it then runs again when they change.
    seeds
        The seeds on whose mean each claim is judged.
    control
        Whether to judge each claim under its mutation instead.
    store
        Where runs are kept, if not in the usual place.

    Returns
    -------
    For each claim's id, whether it stands, and its figure beside what was asked of it.
    """
    seeds = runs.checked_seeds(seeds)
    find = _under_control if control else _as_claimed
    return {claim: told for module in experiments for claim, told in find(module, seeds, store)}


def told(judged: Iterable[Verdict]) -> Verdicts:
    """Say of each judged claim whether it stands, and what was found beside what was asked."""
    return {v.claim: (v.stands, f"{v.mean:.3g}, asked for {v.threshold}") for v in judged}


def _as_claimed(
    module: ModuleType, seeds: list[int], store: Path | None
) -> list[tuple[str, tuple[bool, str]]]:
    judged = judge(module.__name__.rpartition(".")[2], seeds, store=store)
    return list(told(judged).items())


def _under_control(
    module: ModuleType, seeds: list[int], store: Path | None
) -> list[tuple[str, tuple[bool, str]]]:
    told = []
    for claim in module.CLAIMS:
        table = runs.run(module, claim.mutation, seeds, store=store)
        figures = [float(claim.figure(table[table["seed"] == seed])) for seed in seeds]
        mean = float(np.mean(figures))
        words = f"{mean:.3g} on the control, asked for {claim.threshold}"
        told.append((claim.id, (claim.threshold.holds(mean), words)))
    return told
