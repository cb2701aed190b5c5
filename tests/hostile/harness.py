"""Ask a function one hostile thing, and judge what comes of it.

A recipe names what is called, step by step (a function, or a class and then methods of what it
gave), and how its arguments are drawn. `judge` says what is wrong with the outcome, or None.
"""

import inspect
import re
import resource
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.exceptions import DataConversionWarning
from tests.hostile.answers import not_finite
from tests.hostile.arguments import Argument
from tests.hostile.shortened import shortened
from tests.patience import SECONDS

MEMORY = 6 * 2**30  # bytes that a call may ask for, so that one that asks for more is seen
HELD = Path("/proc/self/statm")  # of Linux; in pages
Step = Callable[..., Any] | str


class Hang(BaseException):
    """A call did not end: no `except Exception` on its way may take this for its own."""


@dataclass(frozen=True)
class Recipe:
    """What is called, and how its arguments are drawn: a mapping for each step."""

    steps: tuple[Step, ...]
    draw: Callable[[np.random.Generator], Sequence[Mapping[str, Argument]]]

    @property
    def name(self) -> str:
        return ".".join(getattr(step, "__qualname__", step) for step in self.steps)


class Recipes(list[Recipe]):
    """The recipes of one layer; `@recipes(step, ...)` adds one."""

    def __call__(self, *steps: Step) -> Callable[[Any], Any]:
        def add(draw: Any) -> Any:
            def drawn(rng: np.random.Generator) -> Any:
                found = draw(rng)
                return (found,) if isinstance(found, Mapping) else tuple(found)

            self.append(Recipe(steps, drawn))
            return draw

        return add


class Call:
    """A recipe with its arguments: call it once."""

    def __init__(self, recipe: Recipe, arguments: Sequence[Mapping[str, Any]]) -> None:
        self.recipe, self.arguments = recipe, arguments
        self.names: set[str] = set()  # that an error may name: the parameters so far
        self.asked: set[str] = set()  # what was called, and with which of its parameters
        self.estimator = False
        self.endless = False  # whether the documentation says that infinity is an answer

    def __call__(self) -> Any:
        found: Any = None
        for step, given in zip(self.recipe.steps, self.arguments, strict=True):
            called = step
            if isinstance(step, str):
                self.estimator |= isinstance(found, BaseEstimator)
                called = found if step == "__call__" else getattr(found, step)
                told = f"{type(found).__qualname__}.{step}"  # which may have inherited it
            else:
                told = step.__qualname__
            self.names |= set(inspect.signature(called).parameters)
            self.asked |= {told, *(f"{told}({name})" for name in given)}
            self.estimator |= any(isinstance(value, BaseEstimator) for value in given.values())
            self.endless |= bool(re.search(r"\binf\b", inspect.getdoc(called) or ""))
            found = called(**given)
        return found

    def __str__(self) -> str:
        told = [
            ", ".join(f"{name}={shortened(value)}" for name, value in given.items())
            for given in self.arguments
        ]
        return f"{self.recipe.name}({') then ('.join(told)})"


def drawn(recipe: Recipe, rng: np.random.Generator) -> Call:
    """Draw a call: half of all have exactly one hostile argument, an eighth have none."""
    steps = recipe.draw(rng)
    places = [(at, name) for at, given in enumerate(steps) for name in given]
    many = rng.random()
    if many < 0.5 and places:
        return _filled(recipe, steps, rng, {places[rng.integers(len(places))]})
    hostile = {place for place in places if many > 0.625 and rng.random() < 0.4}
    return _filled(recipe, steps, rng, hostile)


def plausible(recipe: Recipe, rng: np.random.Generator) -> Call:
    """Draw a call that should be answered."""
    return _filled(recipe, recipe.draw(rng), rng, set())


def _filled(
    recipe: Recipe,
    steps: Sequence[Mapping[str, Argument]],
    rng: np.random.Generator,
    hostile: set[tuple[int, str]],
) -> Call:
    chosen = [
        {
            name: (of.hostile if (at, name) in hostile else of.plausible)(rng)
            for name, of in given.items()
        }
        for at, given in enumerate(steps)
    ]
    return Call(recipe, chosen)


def judge(call: Call, *, guard: float = SECONDS) -> str | None:
    """Say what is wrong with the outcome of a call, or None."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        fault = _outcome(call, guard)
    # Of a y that is a column scikit-learn's contract asks estimators to warn.
    told = [w for w in warned if not (call.estimator and w.category is DataConversionWarning)]
    if told and fault is None:
        return f"{told[0].category.__name__}: {_line(told[0].message)}"
    return fault


def _outcome(call: Call, guard: float) -> str | None:
    try:
        with _guarded(guard):
            wrong = not_finite(call(), endless=call.endless)
    except (ValueError, TypeError) as error:
        if names_one(str(error), call.names) or (call.estimator and _is_scikits(error)):
            return None
        return f"{type(error).__name__} without an argument's name: {_line(error)}"
    except Hang:
        return f"a hang: no end within {guard:g} s"
    except Exception as error:
        return f"{type(error).__name__}: {_line(error)}"
    return wrong and f"an answer that is not finite: {wrong}"


def held() -> int:
    """Give the bytes of address space that this process has, by whatever ran in it before.

    Where too few are left no thread starts, or one waits for ever for its first breath.
    """
    return int(HELD.read_text("ascii").split()[0]) * resource.getpagesize()


@contextmanager
def _guarded(guard: float) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (held() + MEMORY, hard))
    signal.setitimer(signal.ITIMER_REAL, guard)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def names_one(message: str, names: set[str]) -> bool:
    """Tell whether a message names an argument; a short name must be what "must" speaks of."""
    return any(
        re.search(rf"\b{name}\b" if len(name) > 2 else rf"^{name}\b|\b{name} (must|and)", message)
        for name in names
    )


def _is_scikits(error: BaseException) -> bool:
    """Tell whether our code asked scikit-learn's validation, whose words are its contract."""
    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    ours = max(at for at, file in enumerate(files) if "/site-packages/" not in file)
    return any("/sklearn/utils/" in file for file in files[ours + 1 : ours + 3])


def _line(message: Any) -> str:
    return " ".join(str(message).split())[:160]
