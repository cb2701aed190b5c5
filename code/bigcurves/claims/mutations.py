"""Prove that a claim could have fallen: a claim that cannot fail says nothing.

On each seed, by itself, the claim must hold as the book states it, and fall under its mutation,
another world or other labels, while the threshold stays where it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from bigcurves.claims.claim import Claim
from bigcurves.claims.judge import figure_of
from bigcurves.running import runs
from bigcurves.running.catalogue import PROOF_SEEDS


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


def prove(
    experiment: ModuleType,
    seeds: Iterable[int] = PROOF_SEEDS,
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
        alone = [figure_of(claim, table[table["seed"] == seed]) for seed in seeds]
        return tuple(claim.threshold.margin(figure) for figure in alone)

    defaults = experiment.Settings()
    proofs = []
    for claim in experiment.CLAIMS:
        if not isinstance(claim.mutation, experiment.Settings) or claim.mutation == defaults:
            raise ValueError(f"mutation of {claim.id} must be other Settings, got {claim.mutation}")
        true, mutated = margins(claim, defaults), margins(claim, claim.mutation)
        proofs.append(Proof(claim=claim, true=true, mutated=mutated))
    return proofs
