"""Choices: what a sceptic would set otherwise first, and whether a sentence bears it.

Intervals over seeds hold the settings still. An experiment declares, beside its claims, what else
could as well have been chosen::

    CHOICES = (
        *by_four("n"),  # a quarter of the samples, and four times as many
        *each_of("kernel", ("gaussian", "laplace")),  # the one that is not the default
        at_a_random_place,  # a named function from Settings to Settings
    )

All that were tried are shown. Simonsohn, Simmons and Nelson 2020 call the result a specification
curve; Steegen et al. 2016, who ran all reasonable choices of one study, a multiverse analysis.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from types import FunctionType
from typing import Any

FOUR = 4


@dataclass(frozen=True)
class Choice:
    """One setting that could have been chosen in place of the book's.

    Attributes
    ----------
    label
        What it sets, in a word or two: "n x 4".
    of
        Takes the experiment's settings and gives those of the choice.
    """

    label: str
    of: Callable[[Any], Any]

    def __call__(self, settings: Any) -> Any:
        """Give the settings of the choice."""
        return self.of(settings)


def by_four(field: str, *, lacking: str = "") -> tuple[Choice, ...]:
    """Choose a quarter of a number, and four times as much: of each number, where there are more.

    Parameters
    ----------
    field
        A field of the settings.
    lacking
        Why one of the two cannot be run, beginning with which: "x 4: MNIST ends at 60,000".
    """
    ends = {"/ 4": 1 / FOUR, "x 4": float(FOUR)}
    without, _, reason = lacking.partition(": ")
    if lacking and (without not in ends or not reason):
        raise ValueError(f"lacking must be '/ 4: why' or 'x 4: why', got {lacking!r}")
    return tuple(
        Choice(f"{field} {end}", partial(_multiply, field=field, by=by))
        for end, by in ends.items()
        if end != without
    )


def each_of(field: str, kinds: Iterable[Any]) -> tuple[Choice, ...]:
    """Choose each of a set of kinds in turn; the default is what the claim is judged on anyway."""
    return tuple(Choice(f"{field} {kind}", partial(replace, **{field: kind})) for kind in kinds)


def named(change: "Choice | Callable[[Any], Any]") -> Choice:
    """Take a choice as it is, and a function under its own name.

    Raises
    ------
    ValueError
        If a function has no name of its own or no docstring.
    """
    if isinstance(change, Choice):
        return change
    if not (isinstance(change, FunctionType) and change.__doc__ and change.__name__.isidentifier()):
        raise ValueError(f"a choice must be a named function with a docstring, got {change!r}")
    return Choice(change.__name__.replace("_", " "), change)


def _multiply(settings: Any, *, field: str, by: float) -> Any:
    return replace(settings, **{field: _times(getattr(settings, field), by)})


def _times(value: Any, by: float) -> Any:
    """Multiply a number, or each of several; a whole one stays whole, and at least 1."""
    if isinstance(value, tuple):
        return tuple(_times(each, by) for each in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a scale must be a number or numbers, got {value!r}")
    return max(1, round(value * by)) if isinstance(value, int) else value * by
