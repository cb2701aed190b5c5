"""Mutation tests: whether a claim could have fallen. A claim that cannot fail says nothing.

On each seed, by itself, the claim must hold as the book states it, and fall under its mutation,
another world or other labels, while the threshold stays where it is.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bigcurves.claims.claim import Claim
from bigcurves.claims.judge import figure_of
from bigcurves.running import runs
from bigcurves.running.catalogue import MUTATION_SEEDS


@dataclass(frozen=True, kw_only=True)
class MutationTest:
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
        true, under = (", ".join(f"{m:+.3g}" for m in ms) for ms in (self.true, self.mutated))
        mutation = self.claim.mutation
        what = (inspect.getdoc(mutation) or "").partition("\n")[0]
        return (
            f"{self.claim.id}: {word}; margins as claimed {true}; "
            f"mutated {under} by {mutation.__name__}: {what}"
        )


def mutated(claim: Claim, defaults: Any) -> Any:
    """Give the settings under which a claim must fall: its mutation of the defaults.

    Raises
    ------
    ValueError
        If that is no other world: the mutation gives no settings, or the defaults again.
    """
    settings = changed(claim.mutation, defaults, f"the mutation of {claim.id}")
    if settings == defaults:
        raise ValueError(
            f"{claim.mutation.__name__}, the mutation of {claim.id}, must give other Settings, "
            f"got {settings}"
        )
    return settings


def changed(change: Callable[[Any], Any], defaults: Any, what: str) -> Any:
    """Give what a change makes of the defaults.

    Parameters
    ----------
    change
        A mutation, a control or a choice.
    defaults
        The experiment's settings.
    what
        Which change it is, for an error.

    Raises
    ------
    ValueError
        If that is no settings of the experiment.
    """
    settings = change(defaults)
    if type(settings) is not type(defaults):
        name = getattr(change, "__name__", None) or getattr(change, "label", change)
        raise ValueError(f"{name}, {what}, must give other Settings, got {settings}")
    return settings


def judge_mutations(
    experiment: ModuleType,
    seeds: Iterable[int] = MUTATION_SEEDS,
    *,
    jobs: int | None = None,
    store: Path | None = None,
) -> list[MutationTest]:
    """Show for each claim of an experiment that it holds, and that it could have fallen.

    Raises
    ------
    ValueError
        If a mutation leads to no other world.
    """
    seeds = runs.checked_seeds(seeds)

    def margins(claim: Claim, settings: object) -> tuple[float, ...]:
        table = runs.run(experiment, settings, seeds, jobs=jobs, store=store)
        alone = [figure_of(claim, table[table["seed"] == seed]) for seed in seeds]
        return tuple(claim.threshold.margin(figure) for figure in alone)

    defaults = experiment.Settings()
    found = []
    for claim in experiment.CLAIMS:
        world = mutated(claim, defaults)
        true, under = margins(claim, defaults), margins(claim, world)
        found.append(MutationTest(claim=claim, true=true, mutated=under))
    return found
