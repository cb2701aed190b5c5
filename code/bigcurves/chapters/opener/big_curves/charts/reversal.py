"""Best becomes worst: each learner's error, followed from target to target."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting.marks import COLOURS, DASHES, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import PAPER

LINE = 0.27  # height of one line of text on the error axis, in powers of ten
ALL = "all"


def error_chart(
    runs: pd.DataFrame,
    means: pd.DataFrame,
    *,
    targets: Sequence[str],
    learners: Sequence[str],
    description: str,
) -> Layers:
    """Follow each learner's error from target to target; the reader singles one out.

    Parameters
    ----------
    runs
        A row a run: `target`, `learner` and `error`, above 0.
    means
        A row for each target and learner: `mean`, and its interval from `low` to `high`.
    targets, learners
        The order from left to right, and the order of the colours.
    """
    require_columns("runs", runs, {"target", "learner", "error"})
    require_columns("means", means, {"target", "learner", "mean", "low", "high"})
    menu = alt.binding_select(options=[ALL, *learners], name="Single out")
    single = alt.param(name="single", value=ALL, bind=menu)
    chosen = f"{single.name} == '{ALL}' || datum.learner == {single.name}"
    bold, pale = alt.value(1), alt.value(0.12)
    marks = _error_marks(means, _at_target(targets), learners)
    ticks = (
        alt.Chart(runs.round(7))
        .mark_tick(thickness=1, size=9)
        .encode(
            x=_at_target(targets),
            xOffset=_beside(learners),
            y=_at_error("error"),
            color=_hue(learners),
            opacity=alt.condition(chosen, alt.value(0.45), alt.value(0.05)),
        )
    )
    followed = [mark.encode(opacity=alt.condition(chosen, bold, pale)) for mark in marks]
    return (
        alt.layer(ticks, *followed, *_names(means, targets[0], learners, chosen))
        .add_params(single)
        .properties(width=520, height=400, description=require_description(description))
    )


def _at_target(targets: Sequence[str]) -> alt.X:
    """Give each target its column, and room on the left for the learners' names."""
    axis = alt.Axis(labelAngle=0, labelFontSize=14, ticks=False, domain=False)
    scale = alt.Scale(domain=["", *targets], paddingOuter=0)
    return alt.X("target:N", sort=None, title=None, axis=axis, scale=scale)


def _at_error(field: str) -> alt.Y:
    axis = alt.Axis(values=[1e-4, 1e-3, 1e-2, 1e-1, 1, 10], format="~g")
    return alt.Y(f"{field}:Q", title="Error between the points (RMS of y)", axis=axis).scale(
        type="log"
    )


def _error_marks(
    means: pd.DataFrame, at: alt.X, learners: Sequence[str]
) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Draw the means' lines and dots, and a bar over each interval."""
    dashes = alt.Scale(domain=list(learners), range=list(DASHES[: len(learners)]))
    base = alt.Chart(means.round(7)).encode(x=at, xOffset=_beside(learners), color=_hue(learners))
    dash = alt.StrokeDash("learner:N", scale=dashes, legend=None)
    return (
        base.mark_line(strokeWidth=1.5).encode(y=_at_error("mean"), strokeDash=dash),
        base.mark_rule(strokeWidth=6, strokeCap="butt").encode(y=_at_error("low"), y2="high"),
        base.mark_point(size=46, opacity=1).encode(y=_at_error("mean")),
    )


def _beside(learners: Sequence[str]) -> alt.XOffset:
    """Set the learners of one target side by side, in the middle of its column."""
    middle = alt.Scale(domain=list(learners), paddingOuter=1)
    return alt.XOffset("learner:N", scale=middle)


def _hue(learners: Sequence[str]) -> alt.Color:
    """Give each learner its colour; names on the chart stand for a legend."""
    scale = alt.Scale(domain=list(learners), range=list(COLOURS[: len(learners)]))
    return alt.Color("learner:N", scale=scale, legend=None)


def _names(
    means: pd.DataFrame, first: str, learners: Sequence[str], chosen: str
) -> tuple[alt.Chart, alt.Chart]:
    """Write each learner's name beside its first dot, none over another."""
    rows = means[means["target"] == first].sort_values("mean")
    logs = np.log10(rows["mean"].to_numpy())
    for place in range(1, len(logs)):
        logs[place] = max(logs[place], logs[place - 1] + LINE)
    names = alt.Chart(rows.assign(height=10**logs)).encode(
        x=alt.value(0), y=_at_error("height"), text="learner:N"
    )
    style: dict[str, Any] = {"align": "left", "fontWeight": "bold", "strokeJoin": "round"}
    halo = names.mark_text(**style, color=PAPER, stroke=PAPER, strokeWidth=5)
    faded = alt.condition(chosen, alt.value(1), alt.value(0.25))
    return halo, names.mark_text(**style).encode(color=_hue(learners), opacity=faded)


def describe_errors(means: pd.DataFrame, targets: Sequence[str]) -> str:
    """Say which learner errs least and most on each target, from the means."""
    parts = []
    for target in targets:
        rows = means[means["target"] == target].sort_values("mean")
        best, worst = rows.iloc[0], rows.iloc[-1]
        parts.append(
            f"on the {target} target {best['learner']} errs least ({best['mean']:.2g}) and "
            f"{worst['learner']} most ({worst['mean']:.2g})"
        )
    return (
        f"Error on a log axis, one column for each of {len(targets)} targets, one line for each "
        f"of {means['learner'].nunique()} learners, and the lines cross: {'; '.join(parts)}. A "
        "list singles out one learner."
    )
