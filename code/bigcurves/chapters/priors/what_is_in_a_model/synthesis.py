"""What each experiment of the book found, on one scale: how much was learned, and from what.

A case is one condition of one experiment. Its skill is 0 where the answers are as good as chance
and 1 where they are all right. Beside it stand the three things that it was given: whether the
answers have a structure that any learner could find, how many samples there were, and whether the
learner's prior works against the problem, is a general one, or was made for it. These three are our
reading of each experiment, as its chapter gives it; the skill is measured.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import pandas as pd

Samples: TypeAlias = Literal["few", "enough"]
Prior: TypeAlias = Literal["against it", "general", "made for it"]
Skill: TypeAlias = "Callable[[pd.DataFrame], pd.Series[float]]"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One condition of an experiment.

    Attributes
    ----------
    name
        What was learned, and how, in a few words.
    experiment
        The experiment's name.
    structure
        Whether a rule ties the answers to the inputs at all.
    samples, prior
        What the learner was given.
    skill
        Takes the experiment's rows of many seeds, indexed by seed, and gives a skill for each.
    """

    name: str
    experiment: str
    structure: bool
    samples: Samples
    prior: Prior
    skill: Skill


def scored(value: str, *, chance: float, **where: Any) -> Skill:
    """Take a share of right answers, 0 at `chance` and 1 where all are right.

    Parameters
    ----------
    value
        The column with the share.
    chance
        The share that guessing gets, below 1.
    where
        What other columns must hold, each a value.
    """
    return lambda run: (_chosen(run, where)[value] - chance) / (1 - chance)


def missed(value: str, *, chance: float = 1, **where: Any) -> Skill:
    """Take an error, skill 0 at `chance`, which saying the mean or guessing gets, and 1 at 0."""
    return lambda run: 1 - _chosen(run, where)[value] / chance


def _chosen(run: pd.DataFrame, where: Mapping[str, Any]) -> pd.DataFrame:
    chosen = run
    for column, value in where.items():
        chosen = chosen[chosen[column] == value]
    if chosen.empty or chosen.index.has_duplicates:
        raise ValueError(
            f"a case must choose one row of each seed, got {len(chosen)} rows for {where}"
        )
    return chosen


def skills(cases: tuple[Case, ...], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Measure every case on its experiment's runs.

    Parameters
    ----------
    cases
        What to measure.
    tables
        By experiment, the rows of its runs, with their `seed`.

    Returns
    -------
    A row for each case and seed: `case`, `experiment`, `structure`, `samples`, `prior`, `seed` and
    `skill`.

    Raises
    ------
    ValueError
        If a case chooses no row of its table, or several of one seed.
    """
    parts = []
    for case in cases:
        found = case.skill(tables[case.experiment].set_index("seed"))
        told = {"case": case.name, "experiment": case.experiment, "structure": case.structure}
        told |= {"samples": case.samples, "prior": case.prior}
        parts.append(pd.DataFrame({**told, "seed": found.index, "skill": found.to_numpy()}))
    return pd.concat(parts, ignore_index=True)
