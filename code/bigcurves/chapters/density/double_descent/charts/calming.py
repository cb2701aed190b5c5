"""A curve through ten points that calms down as it is given more cosines: drawn live."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from bigcurves.plotting.kernels import least_norm
from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED

HIGHEST = 3.0  # the frame; a curve that leaves it is cut off, and its reading says how far it goes


@dataclass(frozen=True, kw_only=True)
class LiveCosines:
    """The points, and the cosines that may be summed to meet them.

    Attributes
    ----------
    xs, ys
        The points, from left to right.
    frequencies, phases
        Of the cosines, in the order in which they are added: radians per unit of x, radians.
    dragged
        Which point the reader moves.
    """

    xs: list[float]
    ys: list[float]
    frequencies: list[float]
    phases: list[float]
    dragged: int


def calming_chart(live: LiveCosines, truth: pd.DataFrame, *, description: str) -> Layers:
    """Draw the smallest sum of cosines through the points, again at every move.

    Parameters
    ----------
    live
        Points and cosines.
    truth
        The curve that the points come from: `x` and `y`.
    """
    require_columns("truth", truth, {"x", "y"})
    most = len(live.frequencies)
    slider = alt.binding_range(min=1, max=most, step=1, name="Cosines in the sum")
    features = alt.param(name="features", value=len(live.xs), bind=slider)
    band = alt.Chart(truth).mark_line(color=MUTED, strokeWidth=9, opacity=0.35)
    curve = alt.Chart(alt.sequence(live.xs[0], live.xs[-1], 0.004, as_="x")).transform_calculate(
        y=least_norm("datum.x", "xsNow", "ysNow", "used", "usedPhases")
    )
    swing = curve.transform_aggregate(low="min(y)", high="max(y)").transform_calculate(
        text="features + (features == 1 ? ' cosine' : ' cosines')"
        " + ': from ' + format(datum.low, '.1f') + ' to ' + format(datum.high, '.1f')"
    )
    return (
        alt.layer(
            band.encode(x=_across(), y=_up()),
            curve.mark_line(color=BLUE, clip=True).encode(x=_across(), y=_up()),
            *_points(live),
            swing.mark_text(align="left", baseline="bottom", fontWeight="bold", fontSize=14).encode(
                x=alt.value(0), y=alt.value(-28), text="text:N"
            ),
        )
        .add_params(features, *_moved(live), *_given(live))
        .properties(
            width=520,
            height=340,
            description=require_description(description),
            usermeta={"drag": [{"x": "px", "y": "py"}]},
        )
    )


def _moved(live: LiveCosines) -> list[alt.Parameter]:
    """Let the reader move one point, between its neighbours and up and down."""
    i = live.dragged
    left, right = live.xs[i - 1] + 0.02, live.xs[i + 1] - 0.02
    across = alt.binding_range(min=round(left, 2), max=round(right, 2), step=0.01, name="Its x")
    up = alt.binding_range(min=-2, max=2, step=0.05, name="The diamond's y")
    x, y = round(live.xs[i], 2), round(round(live.ys[i] / 0.05) * 0.05, 2)
    return [alt.param(name="py", value=y, bind=up), alt.param(name="px", value=x, bind=across)]


def _given(live: LiveCosines) -> list[alt.Parameter]:
    """Hand points and cosines to the kernel."""
    i = live.dragged
    xs, ys = (
        [*values[:i], name, *values[i + 1 :]] for values, name in ((live.xs, "px"), (live.ys, "py"))
    )
    return [
        alt.param(name="frequencies", value=live.frequencies),
        alt.param(name="phases", value=live.phases),
        alt.param(name="used", expr="slice(frequencies, 0, features)"),
        alt.param(name="usedPhases", expr="slice(phases, 0, features)"),
        alt.param(name="xsNow", expr=f"[{', '.join(map(str, xs))}]"),
        alt.param(name="ysNow", expr=f"[{', '.join(map(str, ys))}]"),
    ]


def _points(live: LiveCosines) -> tuple[alt.Chart, alt.Chart]:
    """Draw the points that stay, and the one that moves."""
    still = pd.DataFrame({"x": live.xs, "y": live.ys}).drop(index=live.dragged)
    moving = alt.Chart(pd.DataFrame({"point": ["yours"]})).transform_calculate(x="px", y="py")
    return (
        alt.Chart(still).mark_point(color=INK, size=70, opacity=1).encode(x=_across(), y=_up()),
        moving.mark_point(**DIAMOND).encode(x=_across(), y=_up()),
    )


def _across() -> alt.X:
    axis = alt.Axis(tickCount=5)
    return alt.X("x:Q", title="Input x", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis)


def _up() -> alt.Y:
    frame = alt.Scale(domain=[-HIGHEST, HIGHEST], nice=False)
    return alt.Y("y:Q", title="Output y", scale=frame, axis=alt.Axis(tickCount=6))


def describe_calming(live: LiveCosines) -> str:
    """Say what is drawn, and what moves it."""
    n, most = len(live.xs), len(live.frequencies)
    return (
        f"{n} noisy points of a smooth curve, which is a broad pale band, and the smallest sum of "
        f"cosines that comes as close to them as can be. With {n} cosines it passes through every "
        f"point and swings far between them; with {most} it passes through every point and stays "
        "close to their own heights. A slider sets the number of cosines, two more move a diamond, "
        "one of the points; the curve is computed again at each move."
    )
