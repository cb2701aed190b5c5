"""Hostile inputs to all public functions: a finite answer, or an error that names an argument.

Two thousand inputs are fixed: those of the numbers 0 to 1999. `HOSTILE=100000` asks as many, once
a week. `python tests/hostile` asks by hand, groups what it finds, and repeats a single input.
"""

import inspect
import os

import numpy as np
import pytest
from tests.hostile.everything import ALL, call_of
from tests.hostile.harness import judge, plausible

from bigcurves import learners, measures, worlds
from bigcurves.sample import Sample

COUNT = int(os.environ.get("HOSTILE", "2000"))
BLOCK = 100  # inputs to a test, so that workers share them
TOLD = 20  # faults of a block that are told


@pytest.mark.parametrize("first", range(0, COUNT, BLOCK))
def test_hostile_inputs_are_answered_or_refused(first):
    calls = {number: call_of(number) for number in range(first, min(first + BLOCK, COUNT))}
    judged = {number: judge(call) for number, call in calls.items()}
    faults = [f"{number}: {calls[number]}: {fault}" for number, fault in judged.items() if fault]
    again = "python tests/hostile --count 1 --trace --first N"
    assert not faults, f"{len(faults)} faults, see `{again}`\n" + "\n".join(faults[:TOLD])


@pytest.mark.parametrize("seed", range(5))
def test_plausible_inputs_are_answered(seed):
    """What is hostile beside them reaches the deeper lines only if they themselves pass."""
    for _, recipe in ALL:
        call = plausible(recipe, np.random.default_rng([seed]))
        call()


def offered():
    """Name what takes arguments: public functions and classes, methods, and their parameters."""
    for room in (measures, learners, worlds):
        for _, thing in inspect.getmembers(room):
            if inspect.isfunction(thing) or inspect.isclass(thing):
                yield from _asked(thing)
    yield from _asked(Sample)


def _asked(thing):
    if getattr(thing, "_is_protocol", False):
        return
    yield thing.__qualname__
    yield from (f"{thing.__qualname__}({name})" for name in inspect.signature(thing).parameters)
    if inspect.isclass(thing):
        for name, method in inspect.getmembers(thing, inspect.isroutine):
            ours = getattr(method, "__module__", None) or ""
            if ours.startswith("bigcurves.") and (name == "__call__" or name[0] != "_"):
                told = f"{thing.__qualname__}.{name}"
                names = [*inspect.signature(method).parameters]
                yield from (f"{told}({parameter})" for parameter in names if parameter != "self")


def test_every_public_function_has_a_recipe_for_each_of_its_arguments():
    asked = set()
    for _, recipe in ALL:
        for seed in range(3):
            call = plausible(recipe, np.random.default_rng([seed]))
            call()
            asked |= call.asked
    lacking = sorted(set(offered()) - asked)
    assert not lacking, "each needs a recipe, in tests/hostile"
