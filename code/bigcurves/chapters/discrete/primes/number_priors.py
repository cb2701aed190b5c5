"""What is a prior worth? Write the numbers in another way, or flag their small divisors.

A network that is at chance on binary digits begins to see primes in residues. Flags that say
"11 divides n", "13 divides n" and so on hand over the sieve itself, rung by rung, and buy what
counting says they are worth. Written as names, each unlike every other, the numbers lose even
the smooth label: what can be interpolated lives in the encoding.

What could fool us: flags are not learned, they are given. The network did not find division.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from sklearn.base import ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score

from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.learners import NetworkClassifier, memorise
from bigcurves.running.repeats import close, exact, trained
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Integers, is_prime
from bigcurves.worlds.integers import Encoding, Label

Task: TypeAlias = Literal["label", "twin"]
WRITTEN: tuple[Encoding, ...] = ("scalar", "bits", "decimal", "fourier", "residues", "flags")
PARTS = (*WRITTEN, "names")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which numbers are learned, and with which labels.

    Attributes
    ----------
    m, test
        Numbers learned and numbers asked for, drawn together without repeats.
    label, twin
        The label on trial and its positive control.
    encodings
        The encoding in the place of each of `PARTS`; "ids" are names without likeness. A control
        puts another encoding there.
    flags
        How many divisors, 11 the first, are flagged on each rung of the ladder.
    width, epochs
        Hidden ReLU units of the network, and the passes after which it stops if it has not
        stored every number before.
    """

    m: int = 1000
    test: int = 2000
    label: Label = "prime"
    twin: Label = "smooth"
    encodings: tuple[Encoding, ...] = (*WRITTEN, "ids")
    flags: tuple[int, ...] = (1, 2, 4, 8, 16, 32)
    width: int = 256
    epochs: int = 200


def run(settings: Settings, seed: int) -> list[dict[str, Any]]:
    """Return a row for each encoding and task, and one for each rung `flags` of the ladder.

    `part` is "encodings" or "ladder"; `train` and `test` are balanced accuracies; `theory` is
    what the rule "prime unless flagged" scores on all the numbers of the pool.
    """
    cells = [*_encodings(settings, seed), *_ladder(settings, seed)]
    return [{"seed": seed, "m": settings.m, **row} for row in cells]


def flag_accuracy(flags: int) -> float:
    """Count the balanced accuracy of "prime unless one of the first `flags` divisors divides".

    No prime of the range is flagged, so it is (1 + share of composites flagged) / 2.
    """
    world = Integers(primes=flags)
    composites = world.numbers[~is_prime(world.numbers)]
    flagged = (composites[:, np.newaxis] % world.divisors == 0).any(axis=1)
    return float(1 + flagged.mean()) / 2


def _encodings(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    for task, label in (("label", settings.label), ("twin", settings.twin)):
        for name, encoding in zip(PARTS, settings.encodings, strict=True):
            network = NetworkClassifier(
                hidden=(settings.width,), batch_size=100, epochs=settings.epochs, random_state=seed
            )
            world = Integers(encoding=encoding, label=label)
            about = {"part": "encodings", "task": task, "encoding": name, "learner": "network"}
            yield {**about, **_scores(settings, seed, world, network)}


def _ladder(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    for flags in settings.flags:
        world = Integers(encoding="flags", label=settings.label, primes=flags)
        learner = LogisticRegression(C=100, max_iter=1000)
        about = {"part": "ladder", "task": "label", "encoding": "flags", "learner": "logistic"}
        scores = _scores(settings, seed, world, learner)
        yield {**about, "flags": flags, "theory": flag_accuracy(flags), **scores}


def _scores(
    settings: Settings, seed: int, world: Integers, learner: ClassifierMixin
) -> dict[str, float]:
    """Draw the same numbers in every world, learn the first `m`, score them and the rest."""
    m = settings.m
    sample = world.sample(m + settings.test, np.random.default_rng([seed, m]))
    X, y = sample.inputs, sample.targets
    assert y is not None
    _learn(learner, X[:m], y[:m])
    told = learner.predict(X)
    return {
        "train": float(balanced_accuracy_score(y[:m], told[:m])),
        "test": float(balanced_accuracy_score(y[m:], told[m:])),
    }


def _learn(learner: ClassifierMixin, X: Floats, y: Targets) -> None:
    if isinstance(learner, NetworkClassifier):
        memorise(learner, X, y)
    else:
        learner.fit(X, y)


def _test(task: Task, encoding: str) -> Callable[[pd.DataFrame], float]:
    where = {"part": "encodings", "task": task, "encoding": encoding}
    return lambda run: float(mean_where(run, **where)["test"])


def _off_theory(run: pd.DataFrame) -> float:
    """Measure how far the rungs lie from theory, on average."""
    ladder = run[run["part"] == "ladder"]
    return float((ladder["test"] - ladder["theory"]).abs().mean())


def ask_for_a_smooth_label(settings: Settings) -> Settings:
    """Ask for a smooth label in place of the primes."""
    return replace(settings, label="smooth")


def write_bits_for_residues(settings: Settings) -> Settings:
    """Write the numbers in bits where they are residues."""
    return replace(settings, encodings=in_place_of(settings.encodings, residues="bits"))


def write_bits_for_names(settings: Settings) -> Settings:
    """Write the numbers in bits where they are names without likeness."""
    return replace(settings, encodings=in_place_of(settings.encodings, ids="bits"))


_claim = partial(Claim, thread=4, chapter="discrete/primes")

OF_WORLD = "label encodings"
CALLED = {"label": ""}
REPEATS = exact("m part task encoding learner flags") | close("theory") | trained("train test")

CLAIMS = (
    _claim(
        id="sieve-buys-what-theory-says",
        sentence="Flags for small divisors buy what counting says they are worth.",
        figure=_off_theory,
        threshold=at_most(0.02),
        mutation=ask_for_a_smooth_label,
        by_construction="what the flags tell can be counted, and they are handed over",
    ),
    _claim(
        id="residues-begin-to-show-primes",
        sentence="Written as residues, the same numbers let a network see some primes.",
        figure=_test("label", "residues"),
        threshold=at_least(0.6),
        mutation=write_bits_for_residues,
    ),
    _claim(
        id="names-hide-the-smooth-label",
        sentence="Where each number is a name of its own, even the smooth label is at chance.",
        figure=_test("twin", "names"),
        threshold=at_most(0.55),
        mutation=write_bits_for_names,
        by_construction="weights of a name that is never shown are never trained",
    ),
)
