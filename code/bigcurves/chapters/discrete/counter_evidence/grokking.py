"""A table of sums is discrete, and yet a network finds the circle in it and fills in the rest.

A network of 128 hidden units with z^2 activation learns half of the table a + b mod 31, each
number a symbol without order. It soon knows every pair it was taught, and fewer of the others
than a guess would; some hundred steps of weight decay later it knows them all (Power et al.
2022). Its weights have then become waves over the numbers (Nanda et al. 2023): it discovered
a latent in which adding is turning.

Where there is nothing to discover, nothing is: a table of random answers stays at chance, and
a Latin square that is no group's table, in which, as in the sums, each answer stands once in
each row and column, stays below. The sums with every number renamed are learned as well as
the sums: what counts is the structure, not the names. (The waves are looked for in the order
of the names, so in the renamed table they do not show.)

Why below chance at first? In the table of sums no answer comes twice in a row or column. A
network that favours the answers it has seen beside a or beside b favours exactly those that
cannot be right.

What could fool us: our setting needs weight decay to come so far within 1,000 steps, and even
that hangs on how large the first weights are. Drawn with half the variance, 3 of 20 seeds find
four fifths of the sums or more without any decay; Gromov (2023) shows that plain gradient
descent can. Nor must memorising come first: 32 hidden units, too few to memorise, learn and
generalise together.
"""

from dataclasses import dataclass, field, replace

import pandas as pd

from bigcurves.chapters.discrete.counter_evidence.table_learning import Training, learn_table
from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.running.repeats import Rows, exact, trained
from bigcurves.worlds import ModularAddition
from bigcurves.worlds.modular import Kind

PAGE = "discrete/counter-evidence"
PARTS = ("sums", "renamed", "latin", "random")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which tables are learned, and how.

    Attributes
    ----------
    p
        How many numbers, a prime.
    training
        The network and its training.
    tables
        The table in the place of each of `PARTS`. A control puts another table there.
    """

    p: int = 31
    training: Training = field(default_factory=Training)
    tables: tuple[Kind, ...] = ("sum", "renamed", "latin", "random")


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each part and each tenth step: accuracies, and waves in the weights.

    The last part, "no decay", learns the table of "sums" without weight decay.
    """
    parts = dict(zip(PARTS, settings.tables, strict=True))
    rows: Rows = []
    for part, kind in (parts | {"no decay": parts["sums"]}).items():
        training = settings.training
        if part == "no decay":
            training = replace(training, weight_decay=0.0)
        world = ModularAddition(p=settings.p, kind=kind)
        known = {"seed": seed, "part": part}
        rows += [known | scores for scores in learn_table(world, training, seed)]
    return rows


def _at_end(run: pd.DataFrame, part: str, column: str) -> float:
    return float(mean_where(run, part=part, step=run["step"].max())[column])


def _when_fitted(run: pd.DataFrame) -> float:
    """Give test accuracy on the sums at the first step that knows 99 % of the training pairs."""
    sums = run[(run["part"] == "sums") & (run["train"] >= 0.99)]
    return float(sums.sort_values("step")["test"].iloc[0]) if len(sums) else 1.0


def narrow_the_network(settings: Settings) -> Settings:
    """Train 32 hidden units, too few to memorise."""
    return replace(settings, training=replace(settings.training, hidden=32))


def take_random_for_sums(settings: Settings) -> Settings:
    """Put random answers in place of the sums."""
    return replace(settings, tables=in_place_of(settings.tables, sum="random"))


def take_sums_for_random(settings: Settings) -> Settings:
    """Put sums in place of random answers."""
    return replace(settings, tables=in_place_of(settings.tables, random="sum"))


def take_renamed_for_latin(settings: Settings) -> Settings:
    """Put renamed sums in place of the Latin square."""
    return replace(settings, tables=in_place_of(settings.tables, latin="renamed"))


def take_latin_for_renamed(settings: Settings) -> Settings:
    """Put a Latin square in place of the renamed sums."""
    return replace(settings, tables=in_place_of(settings.tables, renamed="latin"))


OF_WORLD = "tables"
REPEATS = exact("part step") | trained("loss train test concentration")

CLAIMS = (
    Claim(
        id="grokking-memorised-first",
        sentence="When every pair taught is known, at most one in twenty of the others is.",
        thread=4,
        chapter=PAGE,
        figure=_when_fitted,
        threshold=at_most(0.05),
        mutation=narrow_the_network,
        about_learner=True,
    ),
    Claim(
        id="grokking-then-understood",
        sentence="A thousand steps in, at least 95 % of the sums never taught are right.",
        thread=4,
        chapter=PAGE,
        figure=lambda run: _at_end(run, "sums", "test"),
        threshold=at_least(0.95),
        mutation=take_random_for_sums,
    ),
    Claim(
        id="grokking-random-chance",
        sentence="Of a table of random answers, only what was taught is ever known.",
        thread=4,
        chapter=PAGE,
        figure=lambda run: _at_end(run, "random", "test"),
        threshold=at_most(0.1),
        mutation=take_sums_for_random,
        by_construction="labels independent of the inputs tell nothing of new ones",
    ),
    Claim(
        id="grokking-latin-not",
        sentence="A Latin square that is no group's table is not filled in.",
        thread=4,
        chapter=PAGE,
        figure=lambda run: _at_end(run, "latin", "test"),
        threshold=at_most(0.1),
        mutation=take_renamed_for_latin,
    ),
    Claim(
        id="grokking-names-do-not-matter",
        sentence="With every number renamed, the sums are filled in just as well.",
        thread=4,
        chapter=PAGE,
        figure=lambda run: _at_end(run, "renamed", "test"),
        threshold=at_least(0.95),
        mutation=take_latin_for_renamed,
        by_construction="one-hot inputs and outputs have no order that a name could change",
    ),
    Claim(
        id="grokking-circles",
        sentence="Nearly half the power of a hidden unit's weights, or more, is in one frequency.",
        thread=4,
        chapter=PAGE,
        figure=lambda run: _at_end(run, "sums", "concentration"),
        threshold=at_least(0.45),
        mutation=take_random_for_sums,
    ),
    Claim(
        id="grokking-random-no-circles",
        sentence="A network that learned random answers has no more waves than chance gives.",
        thread=4,
        chapter=PAGE,
        figure=lambda run: _at_end(run, "random", "concentration"),
        threshold=at_most(0.3),
        mutation=take_sums_for_random,
        by_construction="a random table gives its numbers no order to go round in",
    ),
)
