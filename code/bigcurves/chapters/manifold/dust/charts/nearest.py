"""How far pictures lie from the nearest sample, and which sample that is."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, INK, ORANGE

HUES = (BLUE, ORANGE, GREEN)
DASHES = ([1, 0], [7, 3], [2, 2])
PAIR = (153, 72)  # px of two pictures of 8 x 8 with a gap of one, nine to one
HEIGHT, ROOM = 330, 92  # px of the plot, and of it above the lines


def nearest_chart(
    counts: pd.DataFrame, pairs: pd.DataFrame, *, radius: float, description: str
) -> Layers:
    """Plot how far pictures of each kind are from the nearest sample; show some of the pairs.

    Parameters
    ----------
    counts
        For each `kind` and `distance` (RMS pixel value, a bin's middle) the `share` of pictures.
    pairs
        For each `kind` and `number` (1, 2, ... from the nearest on) the `distance` and a
        `picture` of two side by side: the one tried, and its nearest sample.
    radius
        Of the samples' balls, in RMS pixel value.
    """
    require_columns("counts", counts, {"kind", "distance", "share"})
    require_columns("pairs", pairs, {"kind", "number", "distance", "picture"})
    kinds, most = list(counts["kind"].unique()), int(pairs["number"].max())
    buttons = alt.binding_radio(options=kinds, name="Picture tried")
    kind = alt.param(name="kind", value=kinds[0], bind=buttons)
    slider = alt.binding_range(min=1, max=most, step=1, name="Which, nearest (1) to farthest")
    number = alt.param(name="number", value=most // 2, bind=slider)
    now = alt.Chart(pairs).transform_filter(
        f"datum.kind == {kind.name} && datum.number == {number.name}"
    )
    hue = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=list(HUES)), title=None)
    dash = alt.StrokeDash("kind:N", scale=alt.Scale(domain=kinds, range=list(DASHES)), title=None)
    lines = alt.Chart(counts).mark_line(interpolate="monotone", strokeWidth=2.5)
    y = _at_share(float(counts["share"].max()))
    return (
        alt.layer(
            lines.encode(x=_at_distance(), y=y, color=hue, strokeDash=dash),
            *_edge(radius),
            now.mark_point(**DIAMOND).encode(x=_at_distance(), y=alt.value(HEIGHT)),
            *_pair(now),
        )
        .add_params(kind, number)
        .properties(width=520, height=HEIGHT, description=require_description(description))
    )


def _at_share(most: float) -> alt.Y:
    """Leave room for the pictures above the lines."""
    ticks = [share for share in (0, 0.1, 0.2, 0.3, 0.4, 0.5) if share <= most]
    axis = alt.Axis(format="%", values=ticks, grid=True)
    scale = alt.Scale(domain=[0, most * HEIGHT / (HEIGHT - ROOM)], nice=False)
    return alt.Y("share:Q", title="Share of pictures at this distance", scale=scale, axis=axis)


def _at_distance() -> alt.X:
    title = "Distance to the nearest sample (RMS pixel value)"
    scale = alt.Scale(domainMin=0, nice=False)
    return alt.X("distance:Q", title=title, scale=scale)


def _edge(radius: float) -> tuple[alt.Chart, alt.Chart]:
    """Mark how wide the samples' balls are."""
    edge = alt.Chart(pd.DataFrame({"distance": [radius], "text": ["edge of a ball"]}))
    words = edge.mark_text(align="left", baseline="top", dx=5)
    return (
        edge.mark_rule(color=INK, strokeDash=[5, 4]).encode(
            x=_at_distance(), y=alt.value(ROOM - 6), y2=alt.value(HEIGHT)
        ),
        words.encode(x=_at_distance(), y=alt.value(ROOM - 6), text="text:N"),
    )


def _pair(now: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Show a picture beside its nearest sample, and say how far apart they are."""
    width, height = PAIR
    image = now.mark_image(
        width=width, height=height, smooth=False, aspect=False, align="left", baseline="top"
    )
    words = now.transform_calculate(
        text="[datum.kind + ', and beside it', 'the nearest sample:',"
        " format(datum.distance, '.2f') + ' away']"
    )
    text = words.mark_text(align="left", baseline="top", dx=width + 12, dy=8, lineHeight=18)
    return (
        image.encode(x=alt.value(0), y=alt.value(0), url="picture:N"),
        text.encode(x=alt.value(0), y=alt.value(0), text="text:N"),
    )


def describe_nearest(pairs: pd.DataFrame, radius: float) -> str:
    """Say how far each kind of picture lies from the samples, against the size of a ball."""
    parts = [
        f"{kind} from {rows['distance'].min():.2f} to {rows['distance'].max():.2f}"
        for kind, rows in pairs.groupby("kind", sort=False)
    ]
    return (
        "Three humps: how many pictures of each kind lie at each distance from the nearest sample. "
        f"Of those shown one by one above, {'; '.join(parts)}. A dashed line at {radius:.2f} is "
        "the edge of a ball: the first hump lies left of it, the others right of it. Buttons and "
        "a slider choose a picture, shown beside its nearest sample."
    )
