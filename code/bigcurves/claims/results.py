"""What a chapter hands to its own sentences: which of its experiments' claims stand.

A page glues the table, and each sentence that states a result names its claim; when a claim
falls, the book is not built.
"""

from collections.abc import Iterable
from os import PathLike
from types import ModuleType
from typing import TypeAlias

from bigcurves.claims.judge import Result, judge
from bigcurves.running import catalogue, runs
from bigcurves.running.catalogue import BOOK_SEEDS

Results: TypeAlias = dict[str, tuple[bool, str]]


def results(
    *experiments: ModuleType,
    seeds: Iterable[int] = BOOK_SEEDS,
    store: str | PathLike[str] | None = None,
) -> Results:
    """Judge the claims of some experiments.

    Parameters
    ----------
    experiments
        The experiments' modules, imported by the page: it then runs again when they change.
    seeds
        The seeds on whose mean each claim is judged.
    store
        Where runs are kept, if not in the usual place.

    Returns
    -------
    For each claim's id, whether it stands, and its figure beside what was asked of it.
    """
    seeds = runs.checked_seeds(seeds)
    names = [_name_of(module) for module in experiments]
    return described(result for name in names for result in judge(name, seeds, store=store))


def _name_of(module: ModuleType) -> str:
    """Name one of the book's experiments; another module of the same name is none of them."""
    name = module.__name__.rpartition(".")[2]
    if catalogue.module_of(name) != module.__name__:
        raise ValueError(f"experiments must be the book's own, got {module.__name__}")
    return name


def described(judged: Iterable[Result]) -> Results:
    """Say of each judged claim whether it stands, and what was found beside what was asked."""
    return {v.claim: (v.stands, f"{v.mean:.3g}, asked for {v.threshold}") for v in judged}
