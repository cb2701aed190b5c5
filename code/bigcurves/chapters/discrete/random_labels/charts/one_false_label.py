"""A curve among liars, live: what it takes to obey a false label that stands among true ones."""

from typing import Any, TypeAlias

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from bigcurves.plotting.kernels import kernel_ridge
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, INK, VERMILLION

Floats: TypeAlias = npt.NDArray[Any]
WIDTH, LIES = -1.0, 18  # the bump's width at first, as a power of ten, and the liars
PENALTY = 0.3
FIT = kernel_ridge("datum.place", "xs", "ys", "pow(10, bump)", PENALTY)


def one_false_label_chart(
    points: pd.DataFrame, new: pd.DataFrame, *, most: int, description: str
) -> Layers:
    """Fit points of which some lie, and count who is believed as the bumps get narrower.

    The fit is computed where the chart is drawn, by the kernel `kernel_ridge`.

    Parameters
    ----------
    points
        `place` (0 to 1), `truth` (1 or -1) and `turn`, who lies first, from 0.
    new
        `place` and `truth` of places between them.
    most
        How many may lie.
    """
    require_columns("points", points, {"place", "truth", "turn"})
    require_columns("new", new, {"place", "truth"})
    slider = alt.binding_range(min=0, max=most, step=1, name="Labels that lie")
    lies = alt.param(name="lies", value=LIES, bind=slider)
    narrow = alt.binding_range(min=-2.2, max=-0.6, step=0.1, name="Width of a bump, power of ten")
    bump = alt.param(name="bump", value=WIDTH, bind=narrow)
    xs = alt.param(name="xs", value=[round(float(x), 5) for x in points["place"]])
    flags = ", ".join(
        f"lies > {turn} ? {-truth} : {truth}"
        for turn, truth in zip(points["turn"], points["truth"], strict=True)
    )
    ys = alt.param(name="ys", expr=f"[{flags}]")
    drawn = (
        alt.Chart(points)
        .transform_calculate(liar="lies > datum.turn")
        .transform_calculate(
            height="datum.liar ? -datum.truth : datum.truth",
            who="datum.liar ? 'a lie' : 'the truth'",
        )
    )
    curve = (
        alt.Chart(alt.sequence(0, 241, as_="step"))
        .transform_calculate(place="datum.step / 240")
        .transform_calculate(height=FIT)
    )
    style = ["the truth", "a lie"]
    hue = alt.Color("who:N", title=None, scale=alt.Scale(domain=style, range=[BLUE, VERMILLION]))
    shape = alt.Shape("who:N", title=None, scale=alt.Scale(domain=style, range=["circle", "cross"]))
    liars, between = alt.Chart(points).transform_filter("lies > datum.turn"), alt.Chart(new)
    return (
        alt.layer(
            alt.Chart(pd.DataFrame({"height": [0]})).mark_rule(color=AXIS).encode(y=_height()),
            drawn.mark_point(size=60, opacity=0.9).encode(
                x=_place(), y=_height(), color=hue, shape=shape
            ),
            curve.mark_line(color=INK, strokeWidth=2.2, clip=True).encode(x=_place(), y=_height()),
            _count(liars, f"({FIT} > 0) == (datum.truth < 0)", "fits the lie", 2),
            _count(liars, f"({FIT} > 0) == (datum.truth > 0)", "knows the truth", 22),
            _count(between, f"({FIT} > 0) == (datum.truth > 0)", "right in between", 42),
        )
        .add_params(lies, bump, xs, ys)
        .properties(width=520, height=360, description=require_description(description))
    )


def _count(rows: alt.Chart, test: str, name: str, top: float) -> alt.Chart:
    """Write above the curve on what share of some rows a test holds."""
    words: alt.Chart = (
        rows.transform_calculate(held=f"{test} ? 1 : 0")
        .transform_aggregate(share="mean(held)")
        .transform_calculate(word=f"'{name}: ' + format(datum.share, '.0%')")
        .mark_text(align="left", baseline="top", fontWeight="bold", fontSize=14, color=INK)
    )
    said: alt.Chart = words.encode(x=alt.value(4), y=alt.value(top), text="word:N").properties(
        name=f"spoken_{top:.0f}"
    )
    return said


def _place() -> alt.X:
    scale = alt.Scale(domain=[0, 1], nice=False)
    return alt.X("place:Q", title="Place", scale=scale, axis=alt.Axis(tickCount=5))


def _height() -> alt.Y:
    scale = alt.Scale(domain=[-1.6, 2.3], nice=False)
    axis = alt.Axis(values=[-1, 0, 1], grid=False)
    return alt.Y("height:Q", title="Label, and the curve", scale=scale, axis=axis)


def fit_shares(
    points: pd.DataFrame, new: pd.DataFrame, *, lies: int = LIES, width: float = WIDTH
) -> tuple[float, float, float]:
    """Return the shares that the chart counts: lies fitted, truths known, right in between."""
    x, truth = points["place"].to_numpy(), points["truth"].to_numpy(dtype=float)
    liar = points["turn"].to_numpy() < lies
    taught = np.where(liar, -truth, truth)

    def gram(at: pd.Series) -> Floats:
        gaps = at.to_numpy(dtype=float)[:, np.newaxis] - x
        return np.asarray(np.exp(-0.5 * (gaps / 10**width) ** 2))

    weights = np.linalg.solve(gram(points["place"]) + PENALTY * np.eye(len(x)), taught)
    said = gram(points["place"]) @ weights > 0
    between = (gram(new["place"]) @ weights > 0) == (new["truth"].to_numpy() > 0)
    fooled = float((said[liar] == (taught[liar] > 0)).mean())
    return fooled, 1 - fooled, float(between.mean())


def describe_one_false_label(points: pd.DataFrame, new: pd.DataFrame) -> str:
    """Say what is counted at first, and with narrow bumps."""
    parts = []
    for width in (WIDTH, -2.2):
        fooled, known, between = fit_shares(points, new, width=width)
        parts.append(
            f"with bumps of {10**width:.3f}: fits the lie {fooled:.0%}, knows the truth "
            f"{known:.0%}, right in between {between:.0%}"
        )
    return (
        f"A curve through {len(points)} labels of 1 and -1 along a line, {LIES} of them false, "
        "drawn as crosses. One slider sets how many lie, the other how narrow the bumps are that "
        f"the curve is made of; three shares are computed as they move. {'; '.join(parts)}."
    )
