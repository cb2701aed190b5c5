"""The density law on real digits: errors against their number, and against the gap in pixels."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, ORANGE, PURPLE, VERMILLION

WIDTH, HEIGHT = 210, 250  # px
STYLES = {  # a guise's colour, its dashes and its mark
    "as they are": (BLUE, [1, 0], "circle"),
    "shifted by 1": (GREEN, [7, 3], "square"),
    "shifted by 2": (ORANGE, [2, 2], "diamond"),
    "shifted by 3": (PURPLE, [9, 3, 2, 3], "cross"),
    "with noise": (VERMILLION, [4, 2], "triangle-up"),
}
TITLES = {"number": "Number of digits n", "gap": "Gap in pixels (denser: right)"}
FIGURES = ["gap", "clean", "error", "mean"]
COLUMNS = {"guise", "shift", "noise", "n", "gap", "clean"}


def digits_by_gap_chart(
    runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> alt.HConcatChart:
    """Draw a learner's errors on digits against n, and against the gap that it can see.

    Parameters
    ----------
    runs
        `guise`, one of `STYLES`, its `shift` and `noise`, `n`, the `gap` and the `clean` gap, and
        `error`, one row a run.
    means
        The same averaged over the runs, with `mean` in place of `error`.
    """
    require_columns("runs", runs, {*COLUMNS, "error"})
    require_columns("means", means, {*COLUMNS, "mean"})
    box = alt.binding_checkbox(name="Take the noise off before measuring the gap")
    return (
        alt.hconcat(*(_panel(runs, means, across) for across in TITLES), spacing=34)
        .add_params(alt.param(name="off", value=False, bind=box))
        .properties(description=require_description(description))
    )


def guise_names(rows: pd.DataFrame) -> pd.Series:
    """Name the guise of each row of `digit_density`, by its shift and its noise."""
    names = dict(enumerate(STYLES))
    return rows["shift"].map(names).where(rows["noise"] == 0, "with noise")


def _panel(runs: pd.DataFrame, means: pd.DataFrame, across: str) -> Layers:
    """Draw every guise's single runs and its mean against one of the two axes."""
    x = _x(across)
    dots = _placed(alt.Chart(_short(runs)), across).mark_circle(size=5, clip=True, opacity=0.3)
    line = _placed(alt.Chart(_short(means)), across).mark_line(clip=True, strokeWidth=1.6)
    marks = _placed(alt.Chart(_short(means)), across).mark_point(clip=True, size=26, filled=True)
    every = {"color": _style(alt.Color, 0), "detail": "noise:O"}
    return alt.layer(
        dots.encode(x=x, y=_y("error"), **every),
        line.encode(x=x, y=_y("mean"), strokeDash=_dashes(), **every),
        marks.encode(x=x, y=_y("mean"), shape=_style(alt.Shape, 2), **every),
    ).properties(width=WIDTH, height=HEIGHT)


def _placed(chart: alt.Chart, across: str) -> alt.Chart:
    """Choose what stands on the axis; the box changes the gap's."""
    place = "datum.n" if across == "number" else "off ? datum.clean : datum.gap"
    placed: alt.Chart = chart.transform_calculate(across=place)
    return placed


def _x(across: str) -> alt.X:
    number = across == "number"
    scale = alt.Scale(type="log", domain=[17, 1500] if number else [4, 1], nice=False)
    ticks = [20, 80, 320, 1280] if number else [4, 3, 2, 1.5, 1]
    axis = alt.Axis(values=ticks, format="~g")
    return alt.X("across:Q", title=TITLES[across], scale=scale, axis=axis)


def _y(field: str) -> alt.Y:
    scale = alt.Scale(type="log", domain=[0.005, 1], nice=False)
    axis = alt.Axis(values=[0.01, 0.03, 0.1, 0.3, 1], format="~%")
    return alt.Y(f"{field}:Q", title="Share of wrong answers", scale=scale, axis=axis)


def _dashes() -> alt.StrokeDashValue:
    """Dash each guise's line by conditions: a scale would dash the legend's marks as well."""
    tests = [
        {"test": f"datum.guise == '{name}'", "value": style[1]} for name, style in STYLES.items()
    ]
    return alt.StrokeDashValue([1, 0], condition=tests)


def _style(kind: Any, place: int) -> Any:
    """Give each guise its colour or its mark; the legend shows both."""
    scale = alt.Scale(domain=list(STYLES), range=[style[place] for style in STYLES.values()])
    shown = alt.Legend(title=None, orient="bottom", columns=3, symbolOpacity=1, symbolStrokeWidth=0)
    return kind("guise:N", scale=scale, legend=shown)


def _short(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep what is drawn, with three digits."""
    short = rows.drop(columns=["shift"])
    for column in short.columns.intersection(FIGURES):
        short[column] = [float(f"{value:.3g}") for value in short[column]]
    return short


def describe_digits_by_gap(means: pd.DataFrame, shares: dict[str, float]) -> str:
    """Say how the error falls in each guise, and what explains it.

    `shares` holds what the number ("n") and the "gap" explain over all shifts, what the gap
    explains with noise on the pixels ("noisy"), and what the gap without it explains ("clean").
    """
    parts = [
        f"{name}: from {rows['mean'].iloc[0]:.0%} to {rows['mean'].iloc[-1]:.1%}"
        for name, rows in means[means["noise"] == 0].sort_values("n").groupby("guise", sort=False)
    ]
    first, last = int(means["n"].min()), int(means["n"].max())
    return (
        "Share of wrong answers of a nearest neighbour on real digits, on log axes, in two panels. "
        f"Left, against the number of digits, {first} to {last:,}, one line a guise: "
        f"{'; '.join(parts)}; the number explains {shares['n']:.0%} of the spread over the shifts. "
        f"Right, against the gap in pixels: the lines of the shifts lie on one another "
        f"({shares['gap']:.0%} explained), and three lines with noise leave them "
        f"({shares['noisy']:.0%}). A box takes the noise off the pictures before the gap is "
        f"measured: then all the lines come together ({shares['clean']:.0%})."
    )
