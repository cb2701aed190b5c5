"""Cover a square with points: the largest hole, the gap and the error follow at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from bigcurves.chapters.density.density_law.charts.fold import theory_table
from bigcurves.plotting.kernels import cover_error, coverage
from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.picture_kernels import bar_strip, cover_picture
from bigcurves.plotting.tables import require_description
from bigcurves.plotting.theme import AXIS, INK, VERMILLION

SIDE, PROBES, WHITE = 280, 41, 0.5  # px, along a side, and in latent units
MOST = 120  # points
ONE = pd.DataFrame({"one": [1]})
UNIT = alt.Scale(domain=[0, 1], nice=False)


def covered_square_chart(
    points: Sequence[Sequence[float]],
    fields: Sequence[Mapping[str, Any]],
    *,
    kappa: float,
    description: str,
) -> alt.HConcatChart:
    """Let the reader set points in a square of latents, and follow hole, gap and error.

    Parameters
    ----------
    points
        Where the first points are, [x, y] each, 0 to 1.
    fields
        The targets, averaged over: `frequencies`, rows of two, and `phases`.
    kappa
        The frequency that they were drawn with.
    """
    if not points or not fields:
        raise ValueError(
            f"points and fields must not be empty, got {len(points)} and {len(fields)}"
        )
    return (
        alt.hconcat(_square(), _law(), spacing=40)
        .add_params(*_params(points, fields, kappa))
        .properties(
            description=require_description(description),
            usermeta={
                "plots": ["concat_0"],
                "place": {"points": "placed", "x": "px", "y": "py", "most": MOST},
            },
        )
    )


def _params(
    points: Sequence[Sequence[float]], fields: Sequence[Mapping[str, Any]], kappa: float
) -> list[alt.Parameter]:
    """Keep points and targets, and work out what they come to."""
    where = [
        alt.param(
            name=name,
            value=0.5,
            bind=alt.binding_range(min=0, max=1, step=0.01, name=f"Next point, {way}"),
        )
        for name, way in (("px", "across"), ("py", "up"))
    ]
    words = (
        "length(placed) + ' points. Largest hole ' + format(covered.hole, '.2f') + ', sample gap ' "
        "+ format(covered.gap, '.2f') + ', error ' + format(error, '.2f') + '.'"
    )
    return [
        *where,
        alt.param(name="placed", value=[list(point) for point in points]),
        alt.param(name="fields", value=list(fields)),
        alt.param(name="covered", expr=coverage("placed", PROBES)),
        alt.param(name="error", expr=cover_error("placed", PROBES, "fields")),
        alt.param(name="product", expr=f"{kappa} * covered.gap"),
        alt.param(name="announce", expr=words),
    ]


def _at(x: str, y: str) -> dict[str, Any]:
    return {
        "x": alt.X(f"{x}:Q", scale=UNIT, title="First latent", axis=alt.Axis(tickCount=3)),
        "y": alt.Y(f"{y}:Q", scale=UNIT, title="Second latent", axis=alt.Axis(tickCount=3)),
    }


def _square() -> Layers:
    """Shade the square by the distance to the nearest point, and ring the largest hole."""
    one = alt.Chart(ONE)
    shade = one.transform_calculate(
        picture=bar_strip([[cover_picture("placed", PROBES, WHITE)]], PROBES)
    ).mark_image(aspect=False, smooth=False, width=SIDE, height=SIDE)
    image = shade.encode(x=alt.value(SIDE / 2), y=alt.value(SIDE / 2), url="picture:N")
    ring = (
        alt.Chart(pd.DataFrame({"turn": range(49)}))
        .transform_calculate(
            x="covered.x + covered.hole * cos(datum.turn * PI / 24)",
            y="covered.y + covered.hole * sin(datum.turn * PI / 24)",
        )
        .mark_line(clip=True, color=VERMILLION, strokeWidth=3, strokeDash=[6, 3])
        .encode(**_at("x", "y"), order="turn:O")
    )
    points = (
        one.transform_calculate(point="placed")
        .transform_flatten(["point"])
        .transform_calculate(x="datum.point[0]", y="datum.point[1]")
        .mark_circle(size=60, color=VERMILLION, stroke="white", strokeWidth=1.5, opacity=1)
    )
    next_one = one.transform_calculate(x="px", y="py").mark_point(
        **DIAMOND | {"size": 110, "strokeWidth": 2}
    )
    lines = [
        "length(placed) + ' points: largest hole h = ' + format(covered.hole, '.2f')",
        "'sample gap \u03c1 = ' + format(covered.gap, '.2f') + ', error ' + format(error, '.2f')",
    ]
    words = [
        one.transform_calculate(text=line)
        .mark_text(align="left", fontSize=14, fontWeight="bold")
        .encode(x=alt.value(0), y=alt.value(-60 + 20 * row), text="text:N")
        for row, line in enumerate(lines)
    ]
    return alt.layer(
        image, ring, points.encode(**_at("x", "y")), next_one.encode(**_at("x", "y")), *words
    ).properties(width=SIDE, height=SIDE)


def _law() -> Layers:
    """Put the reader's own error beside the curve of the theory."""
    x = alt.X(
        "gap:Q",
        title="\u03ba\u03c1 (denser: right)",
        scale=alt.Scale(type="log", domain=[5, 0.2], nice=False),
        axis=alt.Axis(values=[3, 1, 0.3], format="~g"),
    )
    y = alt.Y(
        "mean:Q",
        title="Mean squared error",
        scale=alt.Scale(type="log", domain=[0.015, 4], nice=False),
        axis=alt.Axis(values=[0.03, 0.1, 0.3, 1, 3], format="~g"),
    )
    theory = theory_table().query("gap >= 0.2")
    curve = alt.Chart(theory).mark_line(clip=True, color=INK, strokeWidth=2.5)
    name = alt.Chart(theory.iloc[[8]]).mark_text(align="right", dx=-8, dy=10, text="theory")
    yours = alt.Chart(ONE).transform_calculate(gap="product", mean="error")
    cross = yours.mark_point(
        clip=True, size=170, color=VERMILLION, stroke=INK, strokeWidth=1.5, opacity=1
    )
    # Past the middle the words go to the left and below, where the frame has room for them.
    far = "product < 1.2 ? "
    side: dict[str, Any] = {
        "align": {"expr": far + "'right' : 'left'"},
        "dx": {"expr": far + "-12 : 12"},
    }
    label = yours.mark_text(clip=True, dy={"expr": far + "12 : -8"}, text="your points", **side)
    rule = alt.Chart(pd.DataFrame({"mean": [1]})).mark_rule(color=AXIS, strokeDash=[3, 3])
    return alt.layer(
        rule.encode(y=y),
        curve.encode(x=x, y=y),
        name.encode(x=x, y=y),
        cross.encode(x=x, y=y, shape=alt.value("circle")),
        label.encode(x=x, y=y),
    ).properties(width=150, height=SIDE)


def describe_covered_square(points: Sequence[Sequence[float]], kappa: float) -> str:
    """Say what the chart shows at first."""
    return (
        f"Left, a square of two latents with {len(points)} points; it is dark near a point and "
        "pale far from all of them, and a dashed ring marks the largest circle without a point. "
        f"Right, the theory's curve of error against frequency {kappa:g} times the sample gap, and "
        "a dot for these points. Each click on the square, or the sliders and a button, adds a "
        "point; ring, numbers and dot follow."
    )
