"""The same points, different curves: fits that the reader ticks on and off."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from bigcurves.charts.marks import COLOURS, DASHES, DIAMOND, Layers
from bigcurves.charts.tables import require_columns, require_description
from bigcurves.charts.theme import AXIS, INK

HIGHEST = 2.0  # the frame of the fits; a curve that leaves it is cut off, and the caption says so


def fits_chart(
    fits: pd.DataFrame,
    points: pd.DataFrame,
    *,
    learners: Sequence[str],
    ticked: Sequence[str],
    description: str,
) -> Layers:
    """Draw curves through the same points; the reader lifts one, and ticks curves on and off.

    Parameters
    ----------
    fits
        A row for each `target`, `lift` and `x`: the target's `truth` and a column a learner.
    points
        `target`, `x`, `y` and `lifted` (whether the slider moves this one).
    learners, ticked
        The learners' columns, and those that are drawn at first.
    """
    require_columns("fits", fits, {"target", "lift", "x", "truth", *learners})
    require_columns("points", points, {"target", "x", "y", "lifted"})
    target, lift = _target_and_lift(fits)
    boxes = [_box(name, name in ticked) for name in learners]
    shown = ", ".join(f"'{name}': {box.name}" for name, box in zip(learners, boxes, strict=True))
    rows = alt.Chart(fits.round(3)).transform_filter(
        f"datum.target == {target.name} && abs(datum.lift - {lift.name}) < 0.001"
    )
    colour = alt.Scale(domain=list(learners), range=list(COLOURS[: len(learners)]))
    dashes = alt.Scale(domain=list(learners), range=list(DASHES[: len(learners)]))
    lines = (
        rows.transform_fold(list(learners), as_=["learner", "height"])
        .transform_filter(f"({{{shown}}})[datum.learner]")
        .mark_line(clip=True)
        .encode(
            x=_at_x(),
            y=_at_height("height"),
            color=alt.Color("learner:N", scale=colour, title=None, legend=alt.Legend(columns=3)),
            strokeDash=alt.StrokeDash("learner:N", scale=dashes, title=None),
        )
    )
    truth = rows.mark_line(color=AXIS, strokeWidth=9, opacity=0.35).encode(
        x=_at_x(), y=_at_height("truth")
    )
    return (
        alt.layer(truth, lines, *_points(points, target, lift))
        .add_params(target, lift, *boxes)
        .properties(width=520, height=340, description=require_description(description))
    )


def _target_and_lift(fits: pd.DataFrame) -> tuple[alt.Parameter, alt.Parameter]:
    """Offer the targets by drop-down, and the heights of the moving point by slider."""
    targets, lifts = list(fits["target"].unique()), sorted(fits["lift"].unique())
    menu = alt.binding_select(options=targets, name="Target")
    step = float(lifts[1] - lifts[0]) if len(lifts) > 1 else 1.0
    slider = alt.binding_range(
        min=float(lifts[0]), max=float(lifts[-1]), step=step, name="Lift the diamond by"
    )
    target = alt.param(name="target", value=targets[-1], bind=menu)
    return target, alt.param(name="lift", value=0.0, bind=slider)


def _box(learner: str, ticked: bool) -> alt.Parameter:
    """Offer one learner's curve as a box to tick."""
    name = "show_" + learner.replace(" ", "_")
    return alt.param(name=name, value=ticked, bind=alt.binding_checkbox(name=learner))


def _at_x() -> alt.X:
    axis = alt.Axis(tickCount=5)
    return alt.X("x:Q", title="Input x", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis)


def _at_height(field: str) -> alt.Y:
    frame = alt.Scale(domain=[-HIGHEST, HIGHEST], nice=False)
    return alt.Y(f"{field}:Q", title="Output y", scale=frame, axis=alt.Axis(tickCount=5))


def _points(
    points: pd.DataFrame, target: alt.Parameter, lift: alt.Parameter
) -> tuple[alt.Chart, alt.Chart]:
    """Draw the points that all curves share, and the one that the slider lifts."""
    rows = alt.Chart(points.round(4)).transform_filter(f"datum.target == {target.name}")
    still = rows.transform_filter("!datum.lifted").mark_point(color=INK, size=70, opacity=1)
    moved = (
        rows.transform_filter("datum.lifted")
        .transform_calculate(y=f"datum.y + {lift.name}")
        .mark_point(**DIAMOND)
    )
    return (
        still.encode(x=_at_x(), y=_at_height("y")),
        moved.encode(x=_at_x(), y=_at_height("y")),
    )


def describe_fits(fits: pd.DataFrame, learners: Sequence[str]) -> str:
    """Say what the chart shows, from its fits at rest: how far each leaves the target."""
    parts = []
    for target, rows in fits[fits["lift"] == 0].groupby("target", sort=False):
        off = {name: float(((rows[name] - rows["truth"]) ** 2).mean() ** 0.5) for name in learners}
        least, most = min(off, key=off.__getitem__), max(off, key=off.__getitem__)
        parts.append(
            f"on the {target} target the {least} strays least, by {off[least]:.2g} "
            f"(root mean square), and the {most} most, by {off[most]:.2g}"
        )
    return (
        f"{len(learners)} curves over x from 0 to 1, all through the same points, with a broad "
        f"pale band for the target. Between the points they differ: {'; '.join(parts)}. A list "
        "chooses the target, a slider lifts one point, and boxes tick curves on and off."
    )
