"""Hold repeated runs against recorded ones, each column by how it repeats."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from bigcurves.claims.claim import Claim
from bigcurves.claims.judge import figure_of
from bigcurves.claims.mutations import mutated
from bigcurves.claims.specifications import specifications_of
from bigcurves.recording.asked import Ask, changes
from bigcurves.running.repeats import Rows

ROUNDING = 1e-12  # a figure below it is what rounding left of zero
SAME = 1e-9  # figures that differ by less, relative, do not differ
# What training spreads is drawn anew: a repeated figure may differ as far as one drawn again does
# but once in a thousand, by Student's t, or as far as half the recorded range beyond it, which is
# fairer to skewed ones. With another kernel of linear algebra, of 1,739 seeds five left the latter
# alone, three the former, none both; and of means of five seeds one lay 3.1 standard errors off.
RARE = 0.001
BEYOND = 0.5
# Where all seeds share one training its figure has no range: it may go half of the way to its
# threshold, on either side (`two_networks`: .6321 with one kernel, .6283 with another).
HALF_WAY = 0.5


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One seed's rows, as they were recorded and as they were repeated."""

    seed: int
    recorded: Rows
    repeated: Rows


def differences(ask: Ask, pairs: Sequence[Pair], every: Mapping[int, Rows]) -> list[str]:
    """Say where repeated runs of one setting differ from the record.

    Parameters
    ----------
    ask
        The experiment and its setting.
    pairs
        What was repeated.
    every
        All recorded runs of the setting by their seeds: the range that a trained figure has.
    """
    repeats = dict(getattr(ask.module, "REPEATS", {}))
    found = [line for pair in pairs for line in _in_rows(repeats, pair)]
    if any(math.isinf(tolerance) for tolerance in repeats.values()):
        for claim in _claims(ask):
            found += _in_figure(claim, pairs, every)
    return [f"{ask.name}{_under(ask)}, {line}" for line in found]


def _in_rows(repeats: Mapping[str, float], pair: Pair) -> Iterable[str]:
    """Compare the columns that are not trained, row by row."""
    told = {name for row in (*pair.recorded, *pair.repeated) for name in row} - {"seed"}
    for name in sorted(told - set(repeats)):
        yield f"{name}: REPEATS does not say how this column repeats"
    fixed = [name for name in repeats if not math.isinf(repeats[name])]
    old, new = len(pair.recorded), len(pair.repeated)
    if old != new:
        if fixed:
            yield f"seed {pair.seed}: {new} rows, recorded are {old}"
        return
    for name in fixed:
        rows = enumerate(zip(pair.recorded, pair.repeated, strict=True))
        apart = [
            (n, a.get(name), b.get(name))
            for n, (a, b) in rows
            if not _same(a.get(name), b.get(name), repeats[name])
        ]
        if apart:
            n, was, now = apart[0]
            yield (
                f"{name}, seed {pair.seed}: {len(apart)} of {old} values differ, "
                f"first in row {n}: {now!r}, recorded is {was!r}"
            )


def _same(was: Any, now: Any, tolerance: float) -> bool:
    if was == now:
        return type(was) is type(now) or {type(was), type(now)} == {int, float}
    numbers = all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in (was, now)
    )
    if not numbers or not tolerance:
        return False
    return bool(abs(was - now) <= max(tolerance * max(abs(was), abs(now)), ROUNDING))


def _in_figure(claim: Claim, pairs: Sequence[Pair], every: Mapping[int, Rows]) -> Iterable[str]:
    """Compare a claim's figure: its mean where all seeds were repeated, else each by itself."""
    was = {seed: _figure(claim, rows) for seed, rows in every.items()}
    now = {pair.seed: _figure(claim, pair.repeated) for pair in pairs}
    values, again = np.array(list(was.values())), np.array(list(now.values()))
    slack = SAME * float(np.abs(values).max(initial=0.0))
    n = len(values)
    if n > 1 and np.ptp(values) <= slack:
        slack += HALF_WAY * abs(claim.threshold.margin(float(values[0])))
    if set(now) == set(was) and n > 1:
        error = math.sqrt((values.var(ddof=1) + again.var(ddof=1)) / n)
        far = float(stdtrit(2 * n - 2, 1 - RARE / 2)) * error
        if not abs(again.mean() - values.mean()) <= far + slack:
            yield (
                f"{claim.id}: the mean is {again.mean():.6g}, recorded is {values.mean():.6g}: "
                f"two draws differ by {far:.2g} but once in a thousand"
            )
        return
    low, high = _as_far_as_drawn(values)
    for seed, figure in now.items():
        if not low - slack <= figure <= high + slack:
            recorded = f"{values.min():.6g} to {values.max():.6g}"
            yield f"{claim.id}, seed {seed}: {figure:.6g}, recorded are {recorded}"


def _as_far_as_drawn(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Give the ends between which one more draw lies, beside those recorded."""
    low, high = float(values.min()), float(values.max())
    more = BEYOND * (high - low)
    n, mean, far = len(values), float(values.mean()), 0.0
    if n > 1:
        far = float(stdtrit(n - 1, 1 - RARE / 2) * values.std(ddof=1) * math.sqrt(1 + 1 / n))
    return min(low - more, mean - far), max(high + more, mean + far)


def _figure(claim: Claim, rows: Rows) -> float:
    import pandas as pd

    return figure_of(claim, pd.DataFrame(rows))


def _claims(ask: Ask) -> list[Claim]:
    """List the claims that are judged on a setting: all of them, or those that are tried there."""
    defaults = ask.module.Settings()
    if ask.settings == defaults:
        return list(ask.module.CLAIMS)
    tried = {s.claim.id for s in specifications_of(ask.module) if s.settings == ask.settings}
    return [
        claim
        for claim in ask.module.CLAIMS
        if claim.id in tried or mutated(claim, defaults) == ask.settings
    ]


def _under(ask: Ask) -> str:
    return "".join(f" {name}={value!r}" for name, value in changes(ask).items())
