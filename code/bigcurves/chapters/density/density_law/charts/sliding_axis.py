"""The two axes between which points fold: the number of images n, and kappa times the gap."""

import math

import altair as alt
import pandas as pd

from bigcurves.plotting.theme import AXIS, INK, MUTED

HEIGHT = 400  # px
FRAME = [3e-5, 4.0]  # errors that the frame shows
FEWEST, MOST = 32, 8192  # images
END = 0.88  # where the most images stand, as a share of the width: names need room
COARSE, FINE = 5.0, 5e-3  # kappa rho at the left and the right: denser sampling to the right
TICKS = {0: (32, 128, 512, 2048, 8192), 1: (3, 1, 0.3, 0.1, 0.03, 0.01)}
TITLES = {0: "Number of images n", 1: "\u03ba\u03c1, frequency \u00d7 sample gap (denser: right)"}


def place_of(chart: alt.Chart, *, fold: str = "fold") -> alt.Chart:
    """Work out `place`, 0 to 1 along the axis, from `n`, `kappa` and `gap`.

    `fold` is an expression from 0 (place by n) to 1 (place by kappa rho), both logarithmic.
    """
    by_n = f"{END / math.log(MOST / FEWEST):.9f} * log(datum.n / {FEWEST})"
    by_gap = f"log({COARSE} / (datum.kappa * datum.gap)) * {1 / math.log(COARSE / FINE):.9f}"
    placed: alt.Chart = chart.transform_calculate(
        place=f"(1 - {fold}) * {by_n} + {fold} * {by_gap}"
    )
    return placed


def at_error(field: str) -> alt.Y:
    """Put errors on a log axis; 1 is the variance of what is to be learnt."""
    axis = alt.Axis(values=[1e-4, 1e-3, 1e-2, 1e-1, 1], format="~g")
    scale = alt.Scale(type="log", domain=FRAME, nice=False)
    return alt.Y(f"{field}:Q", title="Mean squared error (1: the variance)", scale=scale, axis=axis)


def axis_marks(readings: pd.DataFrame) -> list[alt.Chart]:
    """Draw ticks and title of the axis that holds, and none on the way between the two."""
    return [*_one_axis(0), *_one_axis(1), _reading(readings)]


def _one_axis(end: int) -> list[alt.Chart]:
    light = {"expr": "folded" if end else "unfolded"}
    rows = pd.DataFrame({"tick": [f"{tick:,}" for tick in TICKS[end]]})
    rows["n"] = TICKS[end] if end == 0 else 1
    rows["gap"] = TICKS[end] if end == 1 else 1
    ticks = place_of(alt.Chart(rows.assign(kappa=1)), fold=str(end))
    at = alt.X("place:Q", scale=alt.Scale(domain=[0, 1], nice=False))
    title = alt.Chart(pd.DataFrame({"title": [TITLES[end]]})).mark_text(
        baseline="top", opacity=light, color=INK
    )
    return [
        ticks.mark_rule(color=AXIS, opacity=light).encode(
            x=at, y=alt.value(HEIGHT), y2=alt.value(HEIGHT + 5)
        ),
        ticks.mark_text(baseline="top", fontSize=12, color=MUTED, opacity=light).encode(
            x=at, y=alt.value(HEIGHT + 9), text="tick:N"
        ),
        title.encode(x=alt.value({"expr": "width / 2"}), y=alt.value(HEIGHT + 30), text="title:N"),
    ]


def _reading(readings: pd.DataFrame) -> alt.Chart:
    """Say above the frame what the axis that holds explains."""
    held = alt.Chart(readings).transform_filter("datum.end == round(fold)")
    words: alt.Chart = held.mark_text(
        align="left", fontSize=14, fontWeight="bold", color=INK
    ).encode(x=alt.value(0), y=alt.value(-42), text="text:N")
    return words
