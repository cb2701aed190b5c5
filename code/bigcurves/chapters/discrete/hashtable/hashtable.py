"""What does a network cost as a hashtable? Bits for bits, beside the memories made for it.

Random bits under random keys: the smallest network that holds them all grows with their number,
while on keys from a smooth curve it stays as small as it was. Its bits are counted against the
entropy of the labels, a table that keeps no keys, a bitmap, and a Python dict.

The search behind "smallest": widths falling by fifths and then halved, five starts at each,
full-batch Adam, at most 2,000 steps. At the "reliable" width all five starts succeed.

What could fool us: a better search would find smaller networks. The dict costs more bits because
it keeps the keys, and so can say "never seen", where the network answers, and is sure of itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.random import Generator
from scipy.special import expit

from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.learners import BitStore, build_xor_table, min_width_search
from bigcurves.measures import bitmap_bits, bits_per_label, dict_bits, fewest_bits, label_entropy
from bigcurves.running.repeats import exact, trained
from bigcurves.sample import Floats, Targets
from bigcurves.worlds import Keys
from bigcurves.worlds.keys import Kind

KINDS: tuple[Kind, ...] = ("random", "curve")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How many keys are stored, and in which worlds.

    Attributes
    ----------
    sizes
        Counts of keys; bits are counted at the last.
    starts
        Networks tried at each width.
    strangers
        Keys never seen that the networks are asked for.
    kinds
        The keys in the place of each of `KINDS`. A control puts the others there.
    """

    sizes: tuple[int, ...] = (64, 128, 256, 512, 1024)
    starts: int = 5
    strangers: int = 4000
    kinds: tuple[Kind, ...] = KINDS


def run(settings: Settings, seed: int) -> list[dict[str, Any]]:
    """Return a row for each task and count `m` of keys, and one for each kind of memory.

    `part` "width": the `smallest` and the `reliable` width, and of the smallest network its
    `parameters`, its accuracy on `strangers`, and its mean `confidence` there. `part` "memory":
    `bits` per label at the largest `m`; a network's are float32 unless rounded.
    """
    rows: list[dict[str, Any]] = []
    for task, kind in zip(KINDS, settings.kinds, strict=True):
        for m in settings.sizes:
            X, y, places = _draw(settings, seed, kind, m)
            rng = np.random.default_rng([seed, m, 1])
            nets = min_width_search(X[:m], y[:m], rng, starts=settings.starts)
            rows.append({"part": "width", "task": task, "m": m, **_widths(*nets, X[m:], y[m:])})
            if task == "random" and m == settings.sizes[-1]:
                rows += _memories(X[:m], y[:m], places[:m], *nets, rng)
    return [{"seed": seed, **row} for row in rows]


def _draw(settings: Settings, seed: int, kind: Kind, m: int) -> tuple[Floats, Targets, Floats]:
    """Draw keys to be stored, and strangers after them: inputs, bits and places."""
    drawn = Keys(kind=kind).sample(m + settings.strangers, np.random.default_rng([seed, m]))
    assert drawn.targets is not None
    assert drawn.latents is not None
    return drawn.inputs, drawn.targets, drawn.latents[:, 0]


def _widths(smallest: BitStore, reliable: BitStore, X: Floats, y: Targets) -> dict[str, float]:
    """Count units and parameters, and ask for keys never seen: how often right, how sure."""
    log_odds = smallest.log_odds(X)
    return {
        "smallest": smallest.width,
        "reliable": reliable.width,
        "parameters": smallest.parameters,
        "strangers": float(((log_odds > 0) == y).mean()),
        "confidence": float(expit(np.abs(log_odds)).mean()),
    }


def _memories(
    X: Floats, y: Targets, places: Floats, smallest: BitStore, reliable: BitStore, rng: Generator
) -> list[dict[str, Any]]:
    """Count the bits per label of every kind of memory that answers all the random keys."""
    m, universe = len(y), Keys().universe
    table = dict(
        zip(np.rint(places * universe).astype(int).tolist(), (y > 0).tolist(), strict=True)
    )
    slots = build_xor_table(np.array(list(table)), np.array(list(table.values())), rng).slots

    def answers_all(arrays: list[Any]) -> bool:
        return bool((BitStore(arrays=tuple(arrays), steps=0).predict(X) == y).all())

    rounded = fewest_bits(smallest.arrays, answers_all)
    bits = {
        "entropy of the labels": label_entropy(y),
        "xor table": len(slots) / m,
        "rounded network": bits_per_label(smallest.parameters, m, bits_per_parameter=rounded),
        "smallest network": bits_per_label(smallest.parameters, m),
        "reliable network": bits_per_label(reliable.parameters, m),
        "bitmap": bitmap_bits(m, universe),
        "bitmap of known keys": bitmap_bits(m, universe, known=True),
        "Python dict": dict_bits(table),
    }
    about = {"part": "memory", "task": "random", "m": m}
    return [{**about, "memory": memory, "bits": count} for memory, count in bits.items()]


def _width(task: str, column: str, m: int = 1024) -> Callable[[pd.DataFrame], float]:
    return lambda run: float(mean_where(run, part="width", task=task, m=m)[column])


def _growth(task: str) -> Callable[[pd.DataFrame], float]:
    """Divide the smallest width at 1,024 keys by that at 128."""
    return lambda run: _width(task, "smallest")(run) / _width(task, "smallest", 128)(run)


def take_the_curve_for_random(settings: Settings) -> Settings:
    """Put labels on a smooth curve in place of random ones."""
    return replace(settings, kinds=in_place_of(settings.kinds, random="curve"))


def take_random_for_the_curve(settings: Settings) -> Settings:
    """Put random labels in place of those on a smooth curve."""
    return replace(settings, kinds=in_place_of(settings.kinds, curve="random"))


_claim = partial(Claim, thread=4, chapter="discrete/hashtable")

OF_WORLD = "kinds"
CALLED = {"smallest network": "", "width": ""}
REPEATS = exact("part task m memory") | trained(
    "smallest reliable parameters strangers confidence bits"
)

CLAIMS = (
    _claim(
        id="hashtable-random-bits-need-width",
        sentence="Eight times the random bits need a network several times as wide.",
        figure=_growth("random"),
        threshold=at_least(3),
        mutation=take_the_curve_for_random,
    ),
    _claim(
        id="hashtable-a-curve-does-not",
        sentence="Eight times the keys from a smooth curve need hardly more width than before.",
        figure=_growth("curve"),
        threshold=at_most(1.7),
        mutation=take_random_for_the_curve,
    ),
    _claim(
        id="hashtable-ten-bits-a-label",
        sentence="The smallest network spends more than ten bits on a label of one.",
        figure=lambda run: float(mean_where(run, memory="smallest network")["bits"]),
        threshold=at_least(10),
        mutation=take_the_curve_for_random,
    ),
    _claim(
        id="hashtable-answers-strangers",
        sentence="On keys that it never saw the network is sure of itself and right by chance.",
        figure=lambda run: _width("random", "confidence")(run) - _width("random", "strangers")(run),
        threshold=at_least(0.25),
        mutation=take_the_curve_for_random,
    ),
    _claim(
        id="hashtable-a-curve-carries-over",
        sentence="On the curve the smallest network answers keys that it never saw.",
        figure=_width("curve", "strangers"),
        threshold=at_least(0.95),
        mutation=take_random_for_the_curve,
    ),
)
