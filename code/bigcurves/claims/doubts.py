"""What may be doubted of a claim: the rival explanation, and the choices that could be others.

A chapter's doubts stand in its room, in `doubts.py`, by the ids of its claims::

    DOUBTS = {
        "density-slope": Doubts(
            rival=Rival(
                says="The error falls because more samples are more labels, near or far.",
                control=repeat_the_samples,
                threshold=at_least(-0.1),
            ),
            choices=(*by_four("n"), *each_of("learner", LEARNERS)),
            limits={"learner forest": "for a smooth learner"},
        ),
    }

A claim that holds by construction has none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from bigcurves.claims.choices import Choice, named
from bigcurves.claims.claim import Threshold
from bigcurves.running.catalogue import DOUBTS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Rival:
    """The strongest other explanation of a claim's figure, and the run that would tell.

    Attributes
    ----------
    says
        What else could make the figure, with a full stop.
    threshold
        Where the mean of the figure lies if the rival is wrong.
    figure
        Takes the rows of one run and gives one number; the claim's own figure if left out.
    control
        Takes the experiment's settings and gives those of the run that tells; the book's own if
        left out, which then needs a figure of its own.
    """

    says: str
    threshold: Threshold
    figure: "Callable[[pd.DataFrame], float] | None" = None
    control: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        if not self.says.endswith("."):
            raise ValueError(f"says must end with a full stop, got {self.says!r}")
        if self.figure is None and self.control is None:
            raise ValueError(f"figure or control must be given of the rival {self.says!r}")


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """What may be doubted of one claim.

    Attributes
    ----------
    rival
        The strongest other explanation of its figure.
    choices
        What a sceptic would set otherwise first: of `choices`, or functions as a mutation is.
    limits
        For each choice under which the claim falls, by its label, the words of the claim's
        sentence that say so.

    Raises
    ------
    ValueError
        If two choices bear one label, or a limit is of no choice or without words.
    """

    rival: Rival | None = None
    choices: tuple[Choice | Callable[[Any], Any], ...] = ()
    limits: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        labels = [choice.label for choice in self.tried]
        if len(set(labels)) < len(labels):
            raise ValueError(f"choices must differ, got {labels}")
        for label, words in self.limits.items():
            if label not in labels or not words:
                raise ValueError(f"limits must give words for a choice, got {label!r}: {words!r}")

    @property
    def tried(self) -> tuple[Choice, ...]:
        """The choices, each with its label."""
        return tuple(named(choice) for choice in self.choices)


OfClaims: TypeAlias = Mapping[str, Doubts]


def doubts_of(experiment: ModuleType) -> OfClaims:
    """Look up what is doubted of an experiment's claims, by their ids.

    Raises
    ------
    ValueError
        If a claim that holds by construction is doubted, or a limit is not said by its sentence.
    """
    beside = f"{experiment.__name__.rpartition('.')[0]}.{DOUBTS}"
    every: OfClaims = import_module(beside).DOUBTS if find_spec(beside) else {}
    found = {claim.id: every[claim.id] for claim in experiment.CLAIMS if claim.id in every}
    for claim in experiment.CLAIMS:
        doubts = found.get(claim.id, Doubts())
        if claim.by_construction and claim.id in found:
            raise ValueError(f"{claim.id} holds by construction: nothing of it can be doubted")
        for label, words in doubts.limits.items():
            if words not in claim.sentence:
                raise ValueError(f"{claim.id} must say {words!r}, its limit under {label!r}")
    return found
