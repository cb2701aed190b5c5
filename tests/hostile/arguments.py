"""What an argument may be: a plausible value, or a hostile one, each drawn from a Generator."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from tests.hostile import inputs

Draw = Callable[[np.random.Generator], Any]


@dataclass(frozen=True)
class Argument:
    """How to draw a value that the function should take, and one that it may have to refuse."""

    plausible: Draw
    hostile: Draw


def one_of(rng: np.random.Generator, options: tuple[Any, ...]) -> Any:
    return options[rng.integers(len(options))]


def number(*plausible: Any) -> Argument:
    return Argument(lambda rng: one_of(rng, plausible), inputs.number)


def text(*plausible: Any) -> Argument:
    return number(*plausible)  # what is no number is no text either, but for "3", "" and "abc"


def flag() -> Argument:
    return number(False, True)


def several(*plausible: tuple[Any, ...]) -> Argument:
    """Give a tuple, or a tuple of which one entry is hostile, or something else."""

    def hostile(rng: np.random.Generator) -> Any:
        if rng.random() < 0.3:
            return inputs.number(rng)
        entries = list(one_of(rng, plausible))
        if entries and rng.random() < 0.8:
            entries[rng.integers(len(entries))] = inputs.number(rng)
        return tuple(entries * int(rng.choice([1, 1, 1, 2])))

    return Argument(lambda rng: one_of(rng, plausible), hostile)


def rows(n: int = 12, f: int = 3) -> Argument:
    return Argument(lambda rng: rng.random((n, f)), lambda rng: inputs.matrix(rng, n, f))


def numbers(n: int = 12) -> Argument:
    return Argument(lambda rng: rng.random(n) + 0.01, lambda rng: inputs.vector(rng, n))


def rising(n: int = 12, above: float = 0.0) -> Argument:
    def plausible(rng: np.random.Generator) -> Any:
        return above + np.cumsum(rng.random(n) + 0.01)

    return Argument(plausible, lambda rng: inputs.vector(rng, n))


def whole(n: int = 12, low: int = 0, high: int = 2) -> Argument:
    """Give whole numbers of shape (n,) in [low, high), or a dressed or wrong vector."""

    def plausible(rng: np.random.Generator) -> Any:
        return rng.integers(low, high, n)

    def hostile(rng: np.random.Generator) -> Any:
        if rng.random() < 0.5:
            return inputs.dress(rng, plausible(rng).astype(float))
        return inputs.vector(rng, n)

    return Argument(plausible, hostile)


def different(n: int, high: int) -> Argument:
    """Give different whole numbers of shape (n,) below `high`, or a dressed or wrong vector."""
    return Argument(lambda rng: rng.permutation(high)[:n], whole(n, 0, high).hostile)


def table(n: int, f: int, high: int = 2) -> Argument:
    """Give whole numbers of shape (n, f) below `high`."""

    def hostile(rng: np.random.Generator) -> Any:
        if rng.random() < 0.5:
            return inputs.dress(rng, rng.integers(0, high, (n, f)).astype(float))
        return inputs.matrix(rng, n, f)

    return Argument(lambda rng: rng.integers(0, high, (n, f)), hostile)


def generator() -> Argument:
    strange = (None, 0, 3, "rng", np.random.RandomState(0), np.random.PCG64(0), np.random)
    return Argument(
        lambda rng: np.random.default_rng(int(rng.integers(2**31))),
        lambda rng: one_of(rng, strange),
    )


def seed() -> Argument:
    """Give scikit-learn's random_state: a whole number here."""
    return number(0, 1, 2**31)


def function(plausible: Any, *strange: Any) -> Argument:
    """Give a function, or one of those that answer strangely, or what is none."""
    return Argument(lambda _: plausible, lambda rng: one_of(rng, (*strange, None, 3, "abc")))


def thing(plausible: Draw, *strange: Any) -> Argument:
    """Give something of the package's own, or something else."""
    return Argument(plausible, lambda rng: one_of(rng, (*strange, *inputs.NUMBERS[::4])))
