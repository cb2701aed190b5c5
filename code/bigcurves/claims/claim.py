"""A claim: a sentence of the book, the figure it rests on, and the world in which it must fail.

An experiment declares its claims beside its code, and above them what makes such worlds::

    def scramble_digits(settings: Settings) -> Settings:
        "Permute each digit's pixels in its own way."
        return replace(settings, digits="scrambled")


    CLAIMS = (
        Claim(
            id="digits-few-dimensions",
            sentence="Real digits vary in about ten ways, not in 64.",
            thread=5,
            chapter="manifold/dimension",
            figure=lambda run: mean_where(run, world="digits")["two_nn"],
            threshold=between(5, 12),
            mutation=scramble_digits,
        ),
    )
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pandas as pd

Kind = TypeVar("Kind", bound=str)


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """The range that a figure must lie in, its ends included; one end may be open."""

    low: float = -math.inf
    high: float = math.inf

    def margin(self, figure: float) -> float:
        """Measure how far inside the range a figure lies; below zero it lies outside."""
        return min(figure - self.low, self.high - figure)

    def holds(self, figure: float) -> bool:
        """Tell whether the figure lies inside the range."""
        return self.margin(figure) >= 0

    def __str__(self) -> str:
        if math.isinf(self.low):
            return f"≤ {self.high:.3g}"
        at_least = f"≥ {self.low:.3g}"
        return at_least if math.isinf(self.high) else f"{self.low:.3g} to {self.high:.3g}"


def at_least(value: float) -> Threshold:
    """Ask for a figure of `value` or more."""
    return Threshold(low=value)


def at_most(value: float) -> Threshold:
    """Ask for a figure of `value` or less."""
    return Threshold(high=value)


def between(low: float, high: float) -> Threshold:
    """Ask for a figure from `low` to `high`."""
    if not low < high:
        raise ValueError(f"low must be below high, got {low} and {high}")
    return Threshold(low=low, high=high)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence that the runs may prove wrong.

    Attributes
    ----------
    id
        Its short name, unique in the book: lower-case words joined by hyphens.
    sentence
        What the book says, with a full stop.
    thread
        Which of the thread's nine claims it belongs to, 1 to 9.
    chapter
        The page that says it, below `book/`, without its ending.
    figure
        Takes the rows of one run (one seed) and gives one number.
    threshold
        Where the mean of the figure over the seeds must lie.
    mutation
        Takes the experiment's settings and gives those of a world in which the claim must fail:
        other labels, a wrong prior, a control. Its name, and its docstring's first line, say
        what it does to the world.
    about_learner
        Whether the sentence is about the learner, so that the mutation may change that.
    by_construction
        Why the sentence holds whatever the data are, where it does: "distances do not change".
        Its figure then tests the instrument; there is nothing to explain or to choose (`doubts`).

    Raises
    ------
    ValueError
        If an attribute does not fit what is asked of it.
    """

    id: str
    sentence: str
    thread: int
    chapter: str
    figure: "Callable[[pd.DataFrame], float]"
    threshold: Threshold
    mutation: Callable[[Any], Any]
    about_learner: bool = False
    by_construction: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise ValueError(f"id must be lower-case words joined by hyphens, got {self.id!r}")
        if not self.sentence.endswith("."):
            raise ValueError(f"sentence must end with a full stop, got {self.sentence!r}")
        if self.thread not in range(1, 10):
            raise ValueError(f"thread must be a claim from 1 to 9, got {self.thread!r}")
        if not (isinstance(self.mutation, FunctionType) and self.mutation.__doc__):  # no lambda
            raise ValueError(
                f"mutation of {self.id} must be a named function with a docstring, "
                f"got {self.mutation!r}"
            )


def mean_where(run: "pd.DataFrame", **values: Any) -> "pd.Series[float]":
    """Average the numbers of those rows whose columns have the given values.

    Raises
    ------
    ValueError
        If no row has them.
    """
    chosen = run
    for column, value in values.items():
        chosen = chosen[chosen[column] == value]
    if chosen.empty:
        raise ValueError(f"no row has {values}")
    return chosen.mean(numeric_only=True)


def in_place_of(kinds: tuple[Kind, ...], **instead: Kind) -> tuple[Kind, ...]:
    """Put other kinds in the places of some, as a mutation does: `in_place_of(forms, raw="noise")`.

    Raises
    ------
    ValueError
        If a kind that is to be replaced is not there.
    """
    missing = [name for name in instead if name not in kinds]
    if missing:
        raise ValueError(f"kinds must hold {missing[0]!r} to replace it, got {kinds}")
    return tuple(instead.get(kind, kind) for kind in kinds)
