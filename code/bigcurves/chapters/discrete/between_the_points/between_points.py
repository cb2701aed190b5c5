"""What lies between two points? Between two threes a three; between two primes, nothing special.

The average of a digit and its nearest neighbour of the same class keeps the class. The average
of two nearby primes is prime more rarely than any number near it, and among the candidates that
2, 3, 5 and 7 leave over about as often as any.

What could fool us: a judge trained on other people's digits says what class an average has, so
that its own faults count too ("base"). Two consecutive primes have no prime between them by
definition, and a pair with 20 primes between them feels less of that, so the 5 % depends on what
is near.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from sklearn.neighbors import NearestNeighbors
from sklearn.svm import SVC

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Digits, Integers
from bigcurves.worlds.digits import Form
from bigcurves.worlds.integers import HIGH, LOW, SMALL, Label, Numbers


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which points are averaged.

    Attributes
    ----------
    pairs
        Pairs of numbers averaged.
    reach
        The second number of a pair is one of so many next ones with the same label.
    label, twin
        The label on trial, and its positive control.
    digits
        The digits' form.
    """

    pairs: int = 4000
    reach: int = 20
    label: Label = "prime"
    twin: Label = "smooth"
    digits: Form = "raw"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each `task` ("label", "twin", "digits") and kind of `pairs`.

    `kept` is the share of averages with the pair's label, among `count`; `base` is that of all
    numbers, or of the digits themselves.
    """
    return [{"seed": seed, **row} for row in (*_numbers(settings, seed), *_digits(settings, seed))]


def _numbers(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    """Average pairs of near numbers that both have the label."""
    for task, label in (("label", settings.label), ("twin", settings.twin)):
        rng = np.random.default_rng([seed, 0])
        pool = Integers(label=label).numbers
        labelled = pool[_labels(label, pool) == 1]
        first = rng.integers(len(labelled) - settings.reach, size=settings.pairs)
        second = first + rng.integers(1, settings.reach + 1, size=settings.pairs)
        between = (labelled[first] + labelled[second]) // 2  # both are odd
        hard = np.gcd(between, np.prod(SMALL)) == 1
        for pairs, chosen, others in (
            ("all", between, np.arange(LOW, HIGH)),
            ("coprime", between[hard], pool),
        ):
            yield {
                "task": task,
                "pairs": pairs,
                "count": len(chosen),
                "kept": float(_labels(label, chosen).mean()),
                "base": float(_labels(label, others).mean()),
            }


def _digits(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    """Average digits of one class, and let a judge say what that is who saw neither writer."""
    rng = np.random.default_rng([seed, 1])
    averaged, others = Digits(form=settings.digits).split(rng, sheets=(7, 7))
    judge = SVC(C=10, random_state=seed).fit(others.inputs, others.targets)
    X, y = averaged.inputs, np.asarray(averaged.targets)
    for pairs in ("nearest of class", "any of class"):
        partners = X[_partners(X, y, pairs, rng)]
        yield {
            "task": "digits",
            "pairs": pairs,
            "count": len(X),
            "kept": float(judge.score((X + partners) / 2, y)),
            "base": float(judge.score(X, y)),
        }


def _partners(X: Floats, y: Targets, pairs: str, rng: np.random.Generator) -> Numbers:
    """Find for each row another of its class: the nearest, or any."""
    partners = np.empty(len(X), dtype=np.int64)
    for digit in np.unique(y):
        rows = np.flatnonzero(y == digit)
        if pairs == "nearest of class":
            near = NearestNeighbors(n_neighbors=2).fit(X[rows]).kneighbors(return_distance=False)
            partners[rows] = rows[near[:, 0]]
        else:
            order = rng.permutation(rows)
            partners[order] = np.roll(order, 1)
    return partners


def _labels(label: Label, numbers: Numbers) -> Targets:
    return Integers(label=label).labels((numbers / LOW - 1)[:, np.newaxis])


def _kept(task: str, pairs: str) -> Callable[[pd.DataFrame], float]:
    return lambda run: float(mean_where(run, task=task, pairs=pairs)["kept"])


def ask_for_a_smooth_label(settings: Settings) -> Settings:
    """Ask for a smooth label in place of the primes."""
    return replace(settings, label="smooth")


def ask_the_twin_for_primes(settings: Settings) -> Settings:
    """Ask for primes in place of the smooth label."""
    return replace(settings, twin="prime")


def scramble_digits(settings: Settings) -> Settings:
    """Permute each digit's pixels in its own way."""
    return replace(settings, digits="scrambled")


_claim = partial(Claim, thread=4, chapter="discrete/between-the-points")

OF_WORLD = "label twin digits"
CALLED = {"label": "prime"}
REPEATS = exact("task pairs count") | close("kept base")

CLAIMS = (
    _claim(
        id="between-primes-few-primes",
        sentence="The average of two nearby primes is prime less often than one number in ten.",
        figure=_kept("label", "all"),
        threshold=at_most(0.1),
        mutation=ask_for_a_smooth_label,
    ),
    _claim(
        id="between-primes-rarer-than-elsewhere",
        sentence="Halfway between two primes, primes are a quarter rarer than elsewhere.",
        figure=lambda run: (
            mean_where(run, task="label", pairs="all")["kept"]
            / mean_where(run, task="label", pairs="all")["base"]
        ),
        threshold=at_most(0.75),
        mutation=ask_for_a_smooth_label,
    ),
    _claim(
        id="between-primes-no-more-than-anywhere",
        sentence="Of candidates between two primes no more are prime than of candidates elsewhere.",
        figure=lambda run: (
            mean_where(run, task="label", pairs="coprime")["kept"]
            - mean_where(run, task="label", pairs="coprime")["base"]
        ),
        threshold=at_most(0.05),
        mutation=ask_for_a_smooth_label,
    ),
    _claim(
        id="between-numbers-with-a-smooth-label",
        sentence="The average of two nearby numbers with the same smooth label has that label.",
        figure=_kept("twin", "all"),
        threshold=at_least(0.95),
        mutation=ask_the_twin_for_primes,
    ),
    _claim(
        id="between-digits-a-digit",
        sentence="The average of a digit and its nearest in class stays in it, nine times in ten.",
        figure=_kept("digits", "nearest of class"),
        threshold=at_least(0.9),
        mutation=scramble_digits,
    ),
)
