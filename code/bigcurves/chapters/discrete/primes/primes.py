"""Can a learner tell primes from composites? It stores what it saw, and tosses a coin on the rest.

Four learners store 1,000 numbers without a fault and are at chance on new ones; on the same
numbers with a smooth label they are right nine times in ten. Thirty-two times the numbers change
nothing for the primes.

What could fool us: the numbers learned and asked for are drawn without repeats from one pool, so
that a large share of it learned leaves the other class over, and neighbouring candidates are
rarely both prime. Both push a score below a half without any skill, so the labels shuffled among
the same numbers ("permuted") stand beside it, and claims ask only "not above chance".
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import ClassifierMixin
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import balanced_accuracy_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from bigcurves.claims.claim import Claim, at_least, at_most, mean_where
from bigcurves.learners import NetworkClassifier, memorise
from bigcurves.running.repeats import exact, trained
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Integers
from bigcurves.worlds.integers import Encoding, Label


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Which numbers are learned, in which encoding, with which label.

    Attributes
    ----------
    m, test
        Numbers learned and numbers asked for, drawn together without repeats.
    sizes
        Counts of learned numbers in the sweep.
    encoding
        How the numbers are written.
    label, twin
        The label on trial and its positive control.
    width, epochs
        Hidden ReLU units of the network, and the most passes it may take to store its numbers.
    """

    m: int = 1000
    test: int = 2000
    sizes: tuple[int, ...] = (125, 250, 500, 1000, 2000, 4000)
    encoding: Encoding = "bits"
    label: Label = "prime"
    twin: Label = "smooth"
    width: int = 256
    epochs: int = 200


def run(settings: Settings, seed: int) -> list[dict[str, Any]]:
    """Return a row for each part of the figure ("learners", "sweep"), task, learner and size `m`.

    `task` tells the label on trial ("label") from its positive control ("twin") and from the
    same labels shuffled among the same numbers ("permuted"). `train` and `test` are
    balanced accuracies.
    """
    return [{"seed": seed, **row} for row in _cells(settings, seed)]


def _cells(settings: Settings, seed: int) -> Iterator[dict[str, Any]]:
    network = cache(partial(_network_scores, settings, seed))  # the parts share a cell
    for task in ("label", "twin", "permuted"):
        about = {"part": "learners", "task": task, "m": settings.m}
        yield {**about, "learner": "network", **network(task, settings.m)}
        X, y = _draw(settings, seed, task, settings.m)
        for name, learner in _others(seed).items():
            learner.fit(X[: settings.m], y[: settings.m])
            yield {**about, "learner": name, **_scores(learner, X, y, settings.m)}
        for m in settings.sizes:
            about = {"part": "sweep", "task": task, "m": m}
            yield {**about, "learner": "network", **network(task, m)}


def _draw(settings: Settings, seed: int, task: str, m: int) -> tuple[Floats, Targets]:
    """Draw the numbers, the same for every task."""
    label = settings.twin if task == "twin" else settings.label
    rng = np.random.default_rng([seed, m])
    sample = Integers(encoding=settings.encoding, label=label).sample(m + settings.test, rng)
    assert sample.targets is not None
    return sample.inputs, rng.permutation(sample.targets) if task == "permuted" else sample.targets


def _others(seed: int) -> dict[str, ClassifierMixin]:
    return {
        "1-NN": KNeighborsClassifier(1),
        "forest": RandomForestClassifier(100, random_state=seed),
        "SVC": SVC(C=100, random_state=seed),
    }


def _network_scores(settings: Settings, seed: int, task: str, m: int) -> dict[str, float]:
    """Train a network until it has stored the first `m` numbers, and score it."""
    X, y = _draw(settings, seed, task, m)
    network = NetworkClassifier(
        hidden=(settings.width,), batch_size=100, epochs=settings.epochs, random_state=seed
    )
    memorise(network, X[:m], y[:m])
    return _scores(network, X, y, m)


def _scores(learner: ClassifierMixin, X: Floats, y: Targets, m: int) -> dict[str, float]:
    told = learner.predict(X)
    return {
        "train": float(balanced_accuracy_score(y[:m], told[:m])),
        "test": float(balanced_accuracy_score(y[m:], told[m:])),
    }


def _test(part: str, task: str, **where: str) -> Callable[[pd.DataFrame], float]:
    return lambda run: float(mean_where(run, part=part, task=task, **where)["test"])


def _climb(run: pd.DataFrame) -> float:
    """Measure what the sweep's largest sample gains over its smallest, on the twin."""
    twin = run[(run["part"] == "sweep") & (run["task"] == "twin")].set_index("m")["test"]
    return float(twin[twin.index.max()] - twin[twin.index.min()])


def write_flags(settings: Settings) -> Settings:
    """Write the numbers as flags for small divisors, which many of them share."""
    return replace(settings, encoding="flags")


def ask_for_a_smooth_label(settings: Settings) -> Settings:
    """Ask for a smooth label in place of the primes."""
    return replace(settings, label="smooth")


def ask_the_twin_for_primes(settings: Settings) -> Settings:
    """Ask for primes in place of the smooth label."""
    return replace(settings, twin="prime")


_claim = partial(Claim, thread=4, chapter="discrete/primes")

OF_WORLD = "encoding label twin"
CALLED = {"label": "prime", "learners": ""}
REPEATS = exact("part task m learner") | trained("train test")

CLAIMS = (
    _claim(
        id="primes-stored",
        sentence="Each of four learners stores a thousand numbers without a fault.",
        figure=lambda run: run.loc[run["task"] == "label", "train"].min(),
        threshold=at_least(0.99),
        mutation=write_flags,
    ),
    _claim(
        id="primes-at-chance",
        sentence="On new numbers the four learners together do no better than a coin.",
        figure=_test("learners", "label"),
        threshold=at_most(0.53),
        mutation=ask_for_a_smooth_label,
    ),
    _claim(
        id="primes-smooth-twin",
        sentence="The same numbers with a smooth label the network does generalise.",
        figure=_test("learners", "twin", learner="network"),
        threshold=at_least(0.93),
        mutation=ask_the_twin_for_primes,
    ),
    _claim(
        id="primes-more-numbers-do-not-help",
        sentence="From 125 to 4,000 numbers the network's answers about primes stay at chance.",
        figure=_test("sweep", "label"),
        threshold=at_most(0.53),
        mutation=ask_for_a_smooth_label,
    ),
    _claim(
        id="primes-more-numbers-help-the-twin",
        sentence="The same growth lifts the network's score on the smooth label.",
        figure=_climb,
        threshold=at_least(0.1),
        mutation=ask_the_twin_for_primes,
    ),
)
