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


def _case(
    name: str, experiment: str, skill: Skill, samples: Samples, prior: Prior, *, rule: bool = True
) -> Case:
    return Case(
        name=name,
        experiment=experiment,
        structure=rule,
        samples=samples,
        prior=prior,
        skill=skill,
    )


_ONE_IN_TEN, _ONE_IN_31 = 0.1, 1 / 31

CASES = (
    _case(
        "digits, nearest neighbour",
        "data_not_model",
        scored("test", chance=_ONE_IN_TEN, data="real", model="nearest neighbour"),
        "enough",
        "general",
    ),
    _case(
        "digits, network",
        "data_not_model",
        scored("test", chance=_ONE_IN_TEN, data="real", model="network"),
        "enough",
        "general",
    ),
    _case(
        "digits, each scrambled",
        "data_not_model",
        scored("test", chance=_ONE_IN_TEN, data="scrambled", model="network"),
        "enough",
        "general",
        rule=False,
    ),
    _case(
        "digits, labels shuffled",
        "data_not_model",
        scored("test", chance=_ONE_IN_TEN, data="shuffled", model="network"),
        "enough",
        "general",
        rule=False,
    ),
    _case(
        "numbers, smooth label",
        "primes",
        scored("test", chance=0.5, part="sweep", task="twin", m=4000),
        "enough",
        "general",
    ),
    _case(
        "numbers, smooth label, 125",
        "primes",
        scored("test", chance=0.5, part="sweep", task="twin", m=125),
        "few",
        "general",
    ),
    _case(
        "primes from bits",
        "primes",
        scored("test", chance=0.5, part="sweep", task="label", m=4000),
        "enough",
        "against it",
    ),
    _case(
        "primes, sieve handed over",
        "number_priors",
        scored("test", chance=0.5, part="ladder", flags=32),
        "enough",
        "made for it",
    ),
    _case(
        "numbers, each a name",
        "number_priors",
        scored("test", chance=0.5, part="encodings", task="twin", encoding="names"),
        "enough",
        "against it",
    ),
    _case(
        "sums, half of the table",
        "grokking",
        scored("test", chance=_ONE_IN_31, part="sums", step=1000),
        "enough",
        "general",
    ),
    _case(
        "sums, a fifth of the table",
        "grokking_limits",
        scored("test", chance=_ONE_IN_31, sweep="share", share=0.2),
        "few",
        "general",
    ),
    _case(
        "random table",
        "grokking",
        scored("test", chance=_ONE_IN_31, part="random", step=1000),
        "enough",
        "general",
        rule=False,
    ),
    _case(
        "sums, circle handed over",
        "circle_prior",
        scored("test", chance=_ONE_IN_31, part="sums", pairs=48),
        "few",
        "made for it",
    ),
    _case(
        "sums renamed, circle handed over",
        "circle_prior",
        scored("test", chance=_ONE_IN_31, part="renamed", pairs=48),
        "few",
        "against it",
    ),
    _case(
        "random table, circle handed over",
        "circle_prior",
        scored("test", chance=_ONE_IN_31, part="random", pairs=48),
        "few",
        "made for it",
        rule=False,
    ),
    _case(
        "parity of 3 bits, 500 rows",
        "parity",
        scored("test", chance=0.5, task="sparse", learner="network", rows=500),
        "few",
        "general",
    ),
    _case(
        "parity of 3 bits, 2,000 rows",
        "parity",
        scored("test", chance=0.5, task="sparse", learner="network", rows=2000),
        "enough",
        "general",
    ),
    _case(
        "parity of 20 bits, network",
        "parity",
        scored("test", chance=0.5, task="full", learner="network", bits=20),
        "enough",
        "against it",
    ),
    _case(
        "parity of 20 bits, elimination",
        "parity",
        scored("test", chance=0.5, task="full", learner="elimination", bits=20),
        "few",
        "made for it",
    ),
    _case(
        "digit sums, least squares",
        "digit_sums",
        scored("exact", chance=0, task="sums", learner="least squares", m=60),
        "few",
        "made for it",
    ),
    _case(
        "digit sums, nearest neighbour",
        "digit_sums",
        scored("exact", chance=0, task="sums", learner="1-NN", m=200),
        "enough",
        "against it",
    ),
    _case(
        "turned glyphs, four drawings",
        "augmentation",
        missed("error", chance=7 / 8, set="copies"),
        "few",
        "general",
    ),
    _case(
        "turned glyphs, augmented",
        "augmentation",
        missed("error", chance=7 / 8, set="turned 180, darker"),
        "few",
        "made for it",
    ),
    _case(
        "shifted glyphs, network",
        "architecture",
        scored("test", chance=1 / 8, part="sizes", order="natural", learner="network", n=20),
        "few",
        "general",
    ),
    _case(
        "shifted glyphs, convolution",
        "architecture",
        scored("test", chance=1 / 8, part="sizes", order="natural", learner="convolution", n=20),
        "few",
        "made for it",
    ),
    _case(
        "shifted glyphs, pixels shuffled, convolution",
        "architecture",
        scored("test", chance=1 / 8, part="sizes", order="shuffled", learner="convolution", n=20),
        "few",
        "against it",
    ),
    _case(
        "points of a smooth curve",
        "curve_and_coins",
        missed("error", world="curve", n=32),
        "enough",
        "general",
    ),
    _case(
        "coins along a line",
        "curve_and_coins",
        missed("error", world="coins", n=32),
        "enough",
        "general",
        rule=False,
    ),
)
