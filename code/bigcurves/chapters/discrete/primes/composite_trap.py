"""How does one look clever about primes without knowing any? Let even numbers count.

Drawn from all numbers as they come, a network is right nearly nine times in ten, and worse than
the rule "always composite". Asked only about numbers that 2, 3, 5 and 7 do not divide, it tosses
a coin. Rules that a child knows score as published recalls do: "2, 3 and 5 do not divide it"
finds every prime, and 79 % of the composites between one and three million.

What could fool us: each of these is a true figure. Only the comparison was missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import balanced_accuracy_score

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.learners import NetworkClassifier, memorise
from bigcurves.running.repeats import exact, trained
from bigcurves.worlds import Integers, sieve
from bigcurves.worlds.integers import SMALL, Label, numbers_at


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which numbers are learned, and which rules recall composites.

    Attributes
    ----------
    m, test
        Numbers learned and numbers asked for, drawn together without repeats.
    label
        What is asked of each number.
    width, epochs
        Hidden ReLU units of the network, and the passes after which it stops if it has not
        stored every number before.
    low, high
        The rules are counted on the numbers from `low` to `high` - 1.
    divisors
        The rules: "composite if one of the first 1, 2, 3 ... of these divides it".
    """

    m: int = 1000
    test: int = 20_000
    label: Label = "prime"
    width: int = 256
    epochs: int = 200
    low: int = 1_000_000
    high: int = 3_000_000
    divisors: tuple[int, ...] = SMALL


def run(settings: Settings, seed: int) -> list[dict[str, Any]]:
    """Return a row for the network (`part` "network") and one for each rule ("rules").

    The network's `raw` accuracy stands beside `always`, that of its most common answer;
    `balanced` is its balanced accuracy, and `hard` the same on the numbers that share no factor
    with 210. A rule's `recall_primes` and `recall_composites` are shares that it gets right.
    """
    return [{"seed": seed, **row} for row in (_network(settings, seed), *_rules(settings))]


def _network(settings: Settings, seed: int) -> dict[str, Any]:
    m = settings.m
    world = Integers(label=settings.label, pool="all", balanced=False)
    sample = world.sample(m + settings.test, np.random.default_rng([seed, m]))
    assert sample.latents is not None
    assert sample.targets is not None
    network = NetworkClassifier(
        hidden=(settings.width,), batch_size=100, epochs=settings.epochs, random_state=seed
    )
    memorise(network, sample.inputs[:m], sample.targets[:m])
    told, truth = network.predict(sample.inputs[m:]), sample.targets[m:]
    hard = np.gcd(numbers_at(sample.latents[m:]), np.prod(SMALL)) == 1
    return {
        "part": "network",
        "m": m,
        "raw": float((told == truth).mean()),
        "always": float(max(truth.mean(), 1 - truth.mean())),
        "balanced": float(balanced_accuracy_score(truth, told)),
        "hard": float(balanced_accuracy_score(truth[hard], told[hard])),
    }


def _rules(settings: Settings) -> Iterator[dict[str, Any]]:
    prime = sieve(settings.high)[settings.low :]
    caught = np.zeros(len(prime), dtype=bool)
    for count, divisor in enumerate(settings.divisors, start=1):
        caught[-settings.low % divisor :: divisor] = True
        yield {
            "part": "rules",
            "rule": "not divisible by " + ", ".join(map(str, settings.divisors[:count])),
            "divisors": count,
            "recall_primes": float((~caught[prime]).mean()),
            "recall_composites": float(caught[~prime].mean()),
        }


def _gain(run: pd.DataFrame) -> float:
    """Measure what the network gains over giving its most common answer to everything."""
    row = mean_where(run, part="network")
    return float(row["raw"] - row["always"])


def ask_for_a_smooth_label(settings: Settings) -> Settings:
    """Ask for a smooth label in place of the primes."""
    return replace(settings, label="smooth")


def skip_small_divisors(settings: Settings) -> Settings:
    """Divide by 7, 11 and 13 alone."""
    return replace(settings, divisors=(7, 11, 13))


_claim = partial(Claim, thread=4, chapter="discrete/primes")

OF_WORLD = "label"
CALLED = {"rules": ""}
REPEATS = exact("part m rule divisors") | trained(
    "raw always balanced hard recall_primes recall_composites"
)

CLAIMS = (
    _claim(
        id="trap-worse-than-always-composite",
        sentence="On all numbers the network is right less often than the rule 'always composite'.",
        figure=_gain,
        threshold=at_most(0.0),
        mutation=ask_for_a_smooth_label,
    ),
    _claim(
        id="trap-at-chance-where-it-counts",
        sentence="Where 2, 3, 5 and 7 do not help, the network tosses a coin.",
        figure=lambda run: float(mean_where(run, part="network")["hard"]),
        threshold=at_most(0.53),
        mutation=ask_for_a_smooth_label,
    ),
    _claim(
        id="trap-three-divisors-recall-most-composites",
        sentence="Three divisions find every prime and more than three composites in four.",
        figure=lambda run: float(mean_where(run, part="rules", divisors=3)["recall_composites"]),
        threshold=at_least(0.75),
        mutation=skip_small_divisors,
        by_construction="it is counted",
        about_learner=True,
    ),
)
