"""The book's argument as one figure: the same learner fills in a curve, and not coins."""

import altair as alt
import pandas as pd

from bigcurves.plotting.kernels import curve_at
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, MUTED, VERMILLION

FRAME = (-3.4, 2.6)  # room for what both curves swing to, and for the words below them


def argument_chart(
    points: pd.DataFrame, places: pd.DataFrame, *, n: int = 20, description: str
) -> alt.VConcatChart:
    """Lay a curve through n points of each world, and let the reader choose n.

    The curve is computed where the chart is drawn, by the kernel `curve_at`.

    Parameters
    ----------
    points
        `place`, and the heights there on the `curve` and of the `coins`, in the order in which
        points are added.
    places
        The same columns, from left to right: new places, and the truth at each.
    n
        How many points are known at first.
    """
    require_columns("points", points, {"place", "curve", "coins"})
    require_columns("places", places, {"place", "curve", "coins"})
    slider = alt.binding_range(min=4, max=len(points), step=1, name="Points known")
    known = alt.param(name="n", value=n, bind=slider)
    at = alt.param(name="xs", expr=f"slice({points['place'].round(6).tolist()}, 0, n)")
    plots = [
        _plot(points, places, "curve", "A curve: near places have near heights", BLUE),
        _plot(points, places, "coins", "Coins: each place has its own, tossed once", VERMILLION),
    ]
    return (
        alt.vconcat(*plots, spacing=14)
        .add_params(known, at)
        .properties(description=require_description(description))
    )


def _plot(
    points: pd.DataFrame, places: pd.DataFrame, world: str, title: str, colour: str
) -> Layers:
    """Draw one world: its truth, the points known, and the curve through them."""
    heights = points[world].round(6).tolist()
    guess = curve_at("'radial basis'", "datum.place", "xs", f"slice({heights}, 0, n)")
    rows = alt.Chart(places[["place", world]].rename(columns={world: "truth"}))
    rows = rows.transform_calculate(guess=guess)
    seen = points[["place", world]].rename(columns={world: "height"})
    seen["order"] = range(len(seen))
    truth = (
        rows.mark_line(color=MUTED, strokeWidth=9, opacity=0.35, clip=True)
        if world == "curve"
        else rows.mark_point(color=AXIS, size=14, opacity=0.7, filled=True)
    )
    named = world.capitalize()  # the words are read out too, where no plot stands around them
    off = "datum.guess - datum.truth"
    inside = "datum.place > extent(xs)[0] && datum.place < extent(xs)[1]"
    told = (
        rows.transform_filter(inside)
        .transform_calculate(square=f"({off}) * ({off})")
        .transform_aggregate(square="mean(square)", spread="stdevp(truth)")
        .transform_calculate(
            word=f"'{named}, error at new places: '"
            " + format(sqrt(datum.square) / datum.spread, '.2~f')"
        )
    )
    return alt.layer(
        truth.encode(x=_x(), y=_y("truth")),
        rows.mark_line(color=colour, strokeWidth=2, clip=True).encode(x=_x(), y=_y("guess")),
        alt.Chart(seen)
        .transform_filter("datum.order < n")
        .mark_point(color=INK, size=45, opacity=1, filled=True)
        .encode(x=_x(), y=_y("height")),
        told.mark_text(
            align="right", baseline="bottom", fontWeight="bold", fontSize=14, color=colour
        ).encode(x=alt.value("width"), y=alt.value(166), text="word:N"),
    ).properties(
        width=520,
        height=170,
        title=alt.Title(title, anchor="start", fontSize=14, fontWeight="normal", color=INK),
    )


def _x() -> alt.X:
    scale = alt.Scale(domain=[0, 1], nice=False)
    return alt.X("place:Q", title=None, scale=scale, axis=alt.Axis(values=[0, 0.5, 1], grid=False))


def _y(field: str) -> alt.Y:
    scale = alt.Scale(domain=list(FRAME), nice=False)
    return alt.Y(
        f"{field}:Q", title="Height", scale=scale, axis=alt.Axis(values=[-2, 0, 2], grid=False)
    )


def describe_argument(errors: pd.DataFrame) -> str:
    """Say what the chart holds, and how the errors go over seeds: `world`, `n` and `mean`."""
    require_columns("errors", errors, {"world", "n", "mean"})
    parts = []
    for world, rows in errors.sort_values("n").groupby("world", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        parts.append(
            f"on the {world} from {first['mean']:.2g} with {first['n']:.0f} points "
            f"to {last['mean']:.1g} with {last['n']:.0f}"
        )
    return (
        "Two plots, one above the other, of heights along a line. In the upper one the truth is a "
        "smooth curve, in the lower one each place has a coin of its own. In both a smooth curve "
        "runs through all the points known, as many as a slider says. The error at new places, "
        f"over seeds, goes {' and '.join(parts)}, where saying the mean would err by 1."
    )
