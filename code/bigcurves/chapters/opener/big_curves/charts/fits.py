"""The same points, different curves: fits that the reader ticks on and off, and pulls at.

Learners with a closed form are fitted anew on the page while a point is lifted. The others are
fitted beforehand at a few lifts; between two of them their curves are mixed.
"""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting.kernels import curve_at
from bigcurves.plotting.marks import COLOURS, DASHES, DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, MUTED

LIVE = ("polynomial", "radial basis", "piecewise linear", "nearest neighbour")  # of `curve_at`
STEP = 0.05  # of the slider that lifts the point
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
    boxes = [_box(name, name in ticked) for name in learners]
    shown = ", ".join(f"'{name}': {box.name}" for name, box in zip(learners, boxes, strict=True))
    rows = fits[fits["lift"] == 0].drop(columns="lift")
    truth = _of_target(rows).mark_line(color=MUTED, strokeWidth=9, opacity=0.35)
    live = [name for name in learners if name in LIVE]
    made = [name for name in learners if name not in LIVE]
    curves = [part for part in (_anew(rows, live), _beforehand(fits, made)) if part is not None]
    lines = [
        part.transform_filter(f"({{{shown}}})[datum.learner]")
        .mark_line(clip=True)
        .encode(x=_at_x(), y=_at_height("height"), **_looks(learners))
        for part in curves
    ]
    return (
        alt.layer(truth.encode(x=_at_x(), y=_at_height("truth")), *lines, *_points(points))
        .add_params(*_target_and_lift(fits), *boxes, *_live(points))
        .properties(width=520, height=340, description=require_description(description))
    )


def _of_target(rows: pd.DataFrame) -> alt.Chart:
    """Keep the rows of the chosen target."""
    return alt.Chart(rows.round(4)).transform_filter("datum.target == target")


def _anew(rows: pd.DataFrame, learners: list[str]) -> alt.Chart | None:
    """Fit on the page: heights of the learners that have a closed form."""
    folded = _of_target(rows).transform_fold([*learners], as_=["learner", "height"])
    heights = folded.transform_calculate(height=curve_at("datum.learner", "datum.x", "xs", "ys"))
    return heights if learners else None


def _beforehand(fits: pd.DataFrame, learners: list[str]) -> alt.Chart | None:
    """Mix the curves that were fitted at the two lifts nearest to the slider's."""
    rows = _of_target(fits[["target", "lift", "x", *learners]])
    share = f"1 - abs(datum.lift - lift) / {_gap(fits)}"
    mixed = (
        rows.transform_calculate(share=share)
        .transform_filter("datum.share > 0")
        .transform_fold([*learners], as_=["learner", "at"])
        .transform_calculate(part="datum.at * datum.share")
        .transform_aggregate(height="sum(part)", groupby=["x", "learner"])
    )
    return mixed if learners else None


def _looks(learners: Sequence[str]) -> dict[str, alt.Color | alt.StrokeDash]:
    """Give each learner its colour and its dashes."""
    scales = [
        alt.Scale(domain=list(learners), range=list(looks[: len(learners)]))
        for looks in (COLOURS, DASHES)
    ]
    legend = alt.Legend(columns=alt.expr("width < 400 ? 2 : 3"), symbolSize=300)
    return {
        "color": alt.Color("learner:N", scale=scales[0], title=None, legend=legend),
        "strokeDash": alt.StrokeDash("learner:N", scale=scales[1], title=None),
    }


def _target_and_lift(fits: pd.DataFrame) -> tuple[alt.Parameter, alt.Parameter]:
    """Offer the targets by drop-down, and the heights of the moving point by slider."""
    targets, lifts = list(fits["target"].unique()), fits["lift"]
    menu = alt.binding_select(options=targets, name="Target")
    slider = alt.binding_range(
        min=float(lifts.min()), max=float(lifts.max()), step=STEP, name="Lift the diamond by"
    )
    target = alt.param(name="target", value=targets[-1], bind=menu)
    return target, alt.param(name="lift", value=0.0, bind=slider)


def _gap(fits: pd.DataFrame) -> float:
    """Give the step from one lift that was fitted beforehand to the next."""
    lifts = sorted(fits["lift"].unique())
    return float(lifts[1] - lifts[0]) if len(lifts) > 1 else 1.0


def _live(points: pd.DataFrame) -> list[alt.Parameter]:
    """Give the chosen target's points, the diamond where the slider has put it."""
    parts = {target: rows.round(6) for target, rows in points.groupby("target", sort=False)}
    places = {target: rows["x"].tolist() for target, rows in parts.items()}
    heights = {
        target: _sums(np.asarray(rows["y"], float).tolist(), rows["lifted"].tolist())
        for target, rows in parts.items()
    }
    ys = ", ".join(f"'{target!s}': [{row}]" for target, row in heights.items())
    return [
        alt.param(name="places", value=places),
        alt.param(name="xs", expr="places[target]"),
        alt.param(name="ys", expr=f"({{{ys}}})[target]"),
    ]


def _sums(heights: list[float], lifted: list[bool]) -> str:
    """Write the heights as an expression, the lift added to the diamond's."""
    return ", ".join(f"{y} + lift" if up else f"{y}" for y, up in zip(heights, lifted, strict=True))


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


def _points(points: pd.DataFrame) -> tuple[alt.Chart, alt.Chart]:
    """Draw the points that all curves share, and the one that the slider lifts."""
    rows = _of_target(points)
    still = rows.transform_filter("!datum.lifted").mark_point(color=INK, size=70, opacity=1)
    moved = (
        rows.transform_filter("datum.lifted")
        .transform_calculate(raised="datum.y + lift")  # a new field, or lifts would add up
        .mark_point(**DIAMOND)
    )
    return (
        still.encode(x=_at_x(), y=_at_height("y")),
        moved.encode(x=_at_x(), y=_at_height("raised")),
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
