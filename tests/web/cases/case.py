"""A case: what a function of the page's scripts is asked, and what the package answers."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Case:
    """Calls of one function, and what must come of them.

    Attributes
    ----------
    calls
        For each call its arguments.
    answers
        For each call its answer; of a record only the fields that are named here.
    within
        How far a number may be from the answer.
    fields
        The same for single fields of a record.
    read
        What is read off an answer before it is compared: see `readings` in `agreement.js`.
    """

    calls: Sequence[Sequence[object]]
    answers: Sequence[object]
    within: float = 1e-9
    fields: dict[str, float] = field(default_factory=dict)
    read: str = "itself"


MAKERS: dict[str, Callable[[], dict[str, object]]] = {}


def case(function: str, *settings: object, module: str = "") -> Callable[..., Callable[..., Case]]:
    """Register a maker of cases: one for each of the settings, which it is called with.

    The function is a live kernel, or what `module`, a path below `code/web`, exports.
    """

    def register(make: Callable[..., Case]) -> Callable[..., Case]:
        words = make.__name__.replace("_", " ")
        for setting in settings or ((),):
            given = setting if isinstance(setting, tuple) else (setting,)
            name = " ".join([f"{function}:", words, *map(str, given)])
            if name in MAKERS:
                raise ValueError(f"two cases are called {name!r}")
            told = {"name": name, "module": module, "function": function}
            MAKERS[name] = partial(_made, told, make, given)
        return make

    return register


def _made(told: dict[str, str], make: Callable[..., Case], given: tuple[object, ...]):
    return told | asdict(make(*given))


def write_cases(path: Path) -> None:
    """Make every case that has been registered."""
    cases = [make() for make in MAKERS.values()]
    path.write_text(json.dumps(cases, default=_plain, allow_nan=False), "utf-8")


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"{value!r} has no place in a case")
