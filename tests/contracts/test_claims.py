"""What every claim promises: a mutation of the world alone, and a figure that is its sentence's."""

import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from bigcurves.claims.claim import Claim
from bigcurves.claims.doubts import Doubts, doubts_of
from bigcurves.claims.mutations import mutated
from bigcurves.recording.asked import asked
from bigcurves.running import catalogue
from bigcurves.running.record import recorded

every_experiment = pytest.mark.parametrize("name", catalogue.titles())


@every_experiment
def test_a_mutation_changes_the_world_or_says_that_the_sentence_is_about_the_learner(name):
    module = catalogue.load(name)
    defaults = module.Settings()
    of_world = set(module.OF_WORLD.split())
    assert of_world <= set(vars(defaults)), "OF_WORLD names fields of Settings"
    for claim in module.CLAIMS:
        world = mutated(claim, defaults)
        moved = {field for field, value in vars(world).items() if value != vars(defaults)[field]}
        learner = moved - of_world
        said = (
            "changes the learner, which is" if learner else "changes the world alone, which is not"
        )
        assert claim.about_learner == bool(learner), f"{claim.id} {said} what it says: {moved}"


@every_experiment
def test_a_sentence_names_no_kind_of_row_that_its_figure_does_not_read(name):
    module = catalogue.load(name)
    ask = next(asked(name))
    run = pd.DataFrame(recorded(name).run(ask.key, 0).rows)
    called = getattr(module, "CALLED", {})
    for claim in module.CLAIMS:
        for column, kind in kinds_of(run):
            if says(claim.sentence, called.get(kind, kind)):
                assert reads(claim, run, column, kind), f"{claim.id} says {kind} and reads it not"


def test_every_finding_is_doubted_but_those_that_still_wait_for_it():
    waiting = set((Path(__file__).parent / "undoubted.txt").read_text("utf-8").split())
    without = {claim.id for name in catalogue.titles() for claim in undoubted(catalogue.load(name))}
    assert not without - waiting, "a new claim declares a rival and choices in doubts.py"
    assert not waiting - without, "what is doubted now leaves the list, which only shrinks"


def undoubted(module: ModuleType) -> list[Claim]:
    """List the claims that could fail and have no rival, or no choice."""
    doubts = doubts_of(module)
    return [
        claim
        for claim in module.CLAIMS
        if not claim.by_construction
        and not ((found := doubts.get(claim.id, Doubts())).rival and found.choices)
    ]


def kinds_of(run: pd.DataFrame) -> list[tuple[str, str]]:
    """List the kinds of rows of a run: the texts in its columns."""
    return [
        (column, kind)
        for column in run.columns
        for kind in run[column].dropna().unique()
        if isinstance(kind, str)
    ]


def says(sentence: str, words: str) -> bool:
    """Tell whether a sentence holds some words one after the other, in the singular or plural."""
    text = " ".join(word.rstrip("s") for word in re.findall(r"[\w']+", sentence.lower()))
    sought = " ".join(word.rstrip("s") for word in re.findall(r"[\w']+", words.lower()))
    return bool(sought) and f" {sought} " in f" {text} "


def reads(claim: Claim, run: pd.DataFrame, column: str, kind: str) -> bool:
    """Tell whether a claim's figure is another one where the numbers of some rows are others."""
    other = run.copy()
    rows = (run[column] == kind).to_numpy()
    factors = np.random.default_rng(0).uniform(1.1, 1.9, len(run))
    for name in run.columns.drop("seed"):
        numbers = pd.to_numeric(run[name], errors="coerce").to_numpy(float)
        if run[name].dtype.kind in "if" and np.isfinite(numbers[rows]).any():
            other[name] = np.where(rows, factors * numbers + 0.1, numbers)
    try:
        return bool(claim.figure(other) != claim.figure(run))
    except (ValueError, KeyError, IndexError, ZeroDivisionError):
        return True  # it looks for these rows by a number, and does not find them


def test_a_sentence_that_names_another_kind_is_found():
    run = pd.DataFrame({"seed": 0, "side": ["heads", "tails"], "share": [0.4, 0.6]})
    claim = type("Claim", (), {"figure": lambda run: run["share"].iloc[0]})
    assert reads(claim, run, "side", "heads")
    assert not reads(claim, run, "side", "tails")
    assert says("It falls on Heads.", "heads")
    assert says("One tail is enough.", "tails")
    assert not says("It falls on heads.", "head first")
    assert not says("It falls.", "")
