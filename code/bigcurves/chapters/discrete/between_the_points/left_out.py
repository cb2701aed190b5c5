"""Does a smooth curve through all points but one know what is there? On a wave, not on primes.

A cubic spline through all primality flags but one does worse at that one than their mean would,
and no better than on coin flips. On a wave it is right to the last digits. On zeros and ones in
turn, where the rule could not be plainer, it is worst of all: it says the opposite each time.

What could fool us: primality is no coin. Candidates keep a distance that a spline cannot use,
and a learner that knows division can.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from bigcurves.claims.claim import Claim, at_least, at_most, in_place_of, mean_where
from bigcurves.learners import spline_left_out
from bigcurves.running.repeats import Rows, close, exact
from bigcurves.sample import Floats
from bigcurves.worlds import Integers, is_prime

Curve: TypeAlias = Literal["primes", "coins", "in turn", "wave"]
CURVES: tuple[Curve, ...] = ("primes", "coins", "in turn", "wave")  # the rows' names, in order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Through which points the splines go.

    Attributes
    ----------
    points
        Candidates (numbers that 2, 3, 5 and 7 do not divide) in a row, taken as evenly spaced.
    turns
        Turns of the wave along these points.
    curves
        The curve in the place of each of `CURVES`. A control puts another curve there.
    """

    points: int = 400
    turns: float = 3.3
    curves: tuple[Curve, ...] = CURVES


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each `curve`: "primes", "coins" of the same rate, "in turn" and "wave".

    `nrmse` is the root-mean-square error at the left-out points over the standard deviation of
    their heights: 1 is what predicting the mean would do.
    """
    drawn = _curves(settings, np.random.default_rng([seed, 0]))
    heights = np.column_stack([drawn[curve] for curve in settings.curves])
    inner = heights[1:-1]
    errors = spline_left_out(np.arange(settings.points), heights) - inner
    nrmses = np.sqrt(np.mean(errors**2, axis=0)) / inner.std(axis=0)
    return [
        {"seed": seed, "curve": part, "points": settings.points, "nrmse": float(nrmse)}
        for part, nrmse in zip(CURVES, nrmses, strict=True)
    ]


def _curves(settings: Settings, rng: np.random.Generator) -> dict[Curve, Floats]:
    """Give each curve's heights at a run of candidates, shape (points,)."""
    primes, n = is_prime(Integers().numbers).astype(float), settings.points
    start = rng.integers(len(primes) - n)
    places = np.arange(n)
    return {
        "primes": primes[start : start + n],
        "coins": (rng.random(n) < primes.mean()).astype(float),
        "in turn": (places % 2).astype(float),
        "wave": np.sin(2 * np.pi * settings.turns * places / n + 0.7),
    }


def _nrmse(curve: Curve) -> Callable[[pd.DataFrame], float]:
    return lambda run: float(mean_where(run, curve=curve)["nrmse"])


def take_the_wave_for_primes(settings: Settings) -> Settings:
    """Put the wave in place of the primes."""
    return replace(settings, curves=in_place_of(settings.curves, primes="wave"))


def take_turns_for_primes(settings: Settings) -> Settings:
    """Put zeros and ones in turn in place of the primes."""
    return replace(settings, curves=in_place_of(settings.curves, primes="in turn"))


def toss_what_alternates(settings: Settings) -> Settings:
    """Toss coins where zeros and ones alternate."""
    tossed: dict[Curve, Curve] = {"in turn": "coins"}
    return replace(settings, curves=tuple(tossed.get(each, each) for each in settings.curves))


def take_primes_for_the_wave(settings: Settings) -> Settings:
    """Put the primes in place of the wave."""
    return replace(settings, curves=in_place_of(settings.curves, wave="primes"))


_claim = partial(Claim, thread=4, chapter="discrete/between-the-points")

OF_WORLD = "curves"
REPEATS = exact("curve points") | close("nrmse")

CLAIMS = (
    _claim(
        id="left-out-prime-is-lost",
        sentence="A spline through its neighbours tells a prime worse than the mean would.",
        figure=_nrmse("primes"),
        threshold=at_least(1.1),
        mutation=take_the_wave_for_primes,
    ),
    _claim(
        id="left-out-prime-is-like-a-coin",
        sentence="Its error on primes is that on coin flips of the same rate.",
        figure=lambda run: abs(_nrmse("primes")(run) - _nrmse("coins")(run)),
        threshold=at_most(0.35),
        mutation=take_turns_for_primes,
    ),
    _claim(
        id="left-out-wave-is-found",
        sentence="On a wave the spline through the neighbours finds the point left out.",
        figure=_nrmse("wave"),
        threshold=at_most(0.05),
        mutation=take_primes_for_the_wave,
    ),
    _claim(
        id="left-out-turn-is-reversed",
        sentence="Where zeros and ones alternate, the spline is further off than on coins.",
        figure=lambda run: _nrmse("in turn")(run) - _nrmse("coins")(run),
        threshold=at_least(0.5),
        mutation=toss_what_alternates,
    ),
)
