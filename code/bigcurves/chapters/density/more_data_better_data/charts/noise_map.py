"""A map of noise: rows across, wrong labels up, and lines along which the error is the same."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, PAPER

FIRST = 100  # rows at the left of the map, doubled to the right


def equal_error_lines(means: pd.DataFrame, levels: tuple[float, ...]) -> pd.DataFrame:
    """Find at which share of wrong labels each number of rows has a given error.

    Between two measured shares error is taken as straight; where the error is beyond the level at
    every share, or below it at every one, there is no point.

    Parameters
    ----------
    means
        `flips`, `share`, `n` and the `mean` error.
    levels
        The errors to draw lines at.
    """
    require_columns("means", means, {"flips", "share", "n", "mean"})
    rows = []
    for (flips, n), found in means.groupby(["flips", "n"], sort=False):
        found = found.sort_values("share")
        errors = np.maximum.accumulate(found["mean"].to_numpy())
        for level in levels:
            if errors[0] <= level <= errors[-1]:
                share = float(np.interp(level, errors, found["share"]))
                rows.append({"flips": flips, "n": n, "level": level, "share": share})
    return pd.DataFrame(rows)


def noise_map(means: pd.DataFrame, lines: pd.DataFrame, *, description: str) -> Layers:
    """Colour a map of rows by wrong labels with the error there; a point reads it off.

    Parameters
    ----------
    means
        `flips` ("spread out", "all to the next class"), `share`, `n` (100, doubled) and the
        `mean` error with its interval from `low` to `high`.
    lines
        `flips`, `level`, `n` and `share`: the lines of equal error.
    """
    require_columns("means", means, {"flips", "share", "n", "mean", "low", "high"})
    require_columns("lines", lines, {"flips", "level", "n", "share"})
    table = means.assign(step=np.log2(means["n"] / FIRST).round().astype(int))
    steps, shares = int(table["step"].max()), sorted(float(s) for s in means["share"].unique())
    kinds = alt.binding_radio(options=list(means["flips"].unique()), name="Wrong labels")
    flips = alt.param(name="flips", value=str(means["flips"].iloc[0]), bind=kinds)
    across = alt.binding_range(min=0, max=steps, step=1, name="Doublings of 100 training rows")
    step = alt.param(name="step", value=4, bind=across)
    up = alt.binding_range(min=0, max=shares[-1], step=0.1, name="Share of wrong labels")
    share = alt.param(name="share", value=0.4, bind=up)
    rows = alt.Chart(table).transform_filter(f"datum.flips == {flips.name}")
    here = rows.transform_filter(
        f"datum.step == {step.name} && abs(datum.share - {share.name}) < 0.001"
    )
    return (
        alt.layer(_tiles(rows), *_contours(lines, flips.name), *_point(here))
        .add_params(flips, step, share)
        .properties(
            width=500,
            height=380,
            description=require_description(description),
            usermeta={"drag": [{"x": "step", "y": "share"}]},
        )
    )


def _tiles(rows: alt.Chart) -> Layers:
    scale = alt.Scale(type="log", scheme="cividis", reverse=True, domain=[0.005, 1])
    levels = [0.01, 0.1, 1]
    ramp = alt.Legend(format="%", gradientLength=200, title="Error", values=levels, orient="bottom")
    tiles = rows.transform_calculate(
        left="datum.step - 0.5",
        right="datum.step + 0.5",
        low="datum.share - 0.05",
        high="datum.share + 0.05",
    )
    squares = tiles.mark_rect(stroke=None).encode(
        x=_at_step("left"),
        x2="right",
        y=_at_flipped("low"),
        y2="high",
        color=alt.Color("mean:Q", scale=scale, legend=ramp),
    )
    return alt.layer(squares)


def _contours(lines: pd.DataFrame, flips: str) -> tuple[alt.Chart, ...]:
    """Draw lines of equal error, each named where it begins."""
    table = lines.assign(step=np.log2(lines["n"] / FIRST))
    rows = alt.Chart(table).transform_filter(f"datum.flips == {flips}")
    at = {"x": _at_step("step"), "y": _at_flipped("share"), "detail": "level:N"}
    starts = rows.transform_joinaggregate(first="min(step)", groupby=["level"]).transform_filter(
        "datum.step == datum.first"
    )
    text = starts.transform_calculate(text="format(datum.level, '~%')")
    style: dict[str, Any] = {"align": "left", "dx": 7, "dy": 11, "fontWeight": "bold"}
    halo = text.mark_text(**style, color=PAPER, stroke=PAPER, strokeWidth=4, strokeJoin="round")
    return (
        rows.mark_line(color=PAPER, strokeWidth=4).encode(**at),
        rows.mark_line(color=INK, strokeWidth=1.5).encode(**at),
        halo.encode(**at, text="text:N"),
        text.mark_text(**style, color=INK).encode(**at, text="text:N"),
    )


def _point(here: alt.Chart) -> tuple[alt.Chart, ...]:
    text = here.transform_calculate(
        text="format(datum.n, ',d') + ' rows, ' + format(datum.share, '.0%') + ' wrong: error '"
        " + format(datum.mean, '.1%') + ' (' + format(datum.low, '.1%') + ' to '"
        " + format(datum.high, '.1%') + ')'"
    )
    words = text.mark_text(align="left", baseline="bottom", fontWeight="bold", fontSize=14)
    return (
        here.mark_point(**DIAMOND).encode(x=_at_step("step"), y=_at_flipped("share")),
        words.encode(x=alt.value(0), y=alt.value(-28), text="text:N"),
    )


def _at_step(field: str) -> alt.X:
    labels = "format(100 * pow(2, datum.value), ',d')"
    axis = alt.Axis(values=[0, 1, 2, 3, 4, 5, 6, 7], labelExpr=labels, grid=False)
    scale = alt.Scale(domain=[-0.5, 7.5], nice=False)
    return alt.X(f"{field}:Q", title="Training rows n", scale=scale, axis=axis)


def _at_flipped(field: str) -> alt.Y:
    axis = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8], format="%", grid=False)
    scale = alt.Scale(domain=[-0.05, 0.85], nice=False)
    return alt.Y(f"{field}:Q", title="Labels that are wrong", scale=scale, axis=axis)


def describe_map(means: pd.DataFrame) -> str:
    """Say how the map's corners differ for each kind of flips."""
    few, many = means["n"].min(), means["n"].max()
    parts = []
    for flips, rows in means.groupby("flips", sort=False):
        error = rows.assign(share=rows["share"].round(2)).set_index(["share", "n"])["mean"]
        told = [
            f"at {100 * share:.0f}% wrong {100 * error[share, few]:.0f}% to "
            f"{100 * error[share, many]:.1f}%"
            for share in (0.0, 0.4, 0.6)
        ]
        parts.append(f"{flips}, from {few:,} rows to {many:,}: {', '.join(told)}")
    return (
        "A map with training rows across, doubled from step to step, and the share of wrong "
        f"labels up, coloured by error, with lines of equal error. {'; '.join(parts)}. Buttons "
        "choose the kind of wrong labels; a diamond that two sliders move reads the error off."
    )
