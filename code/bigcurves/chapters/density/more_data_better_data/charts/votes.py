"""Neighbours that vote with labels of which some are wrong: five cells of a plane, live."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.kernels import flip_labels, vote_at
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, INK, ORANGE, PAPER, PURPLE, VERMILLION

HUES = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE)
LETTERS = "ABCDE"
GRID = 26  # places along each side at which the neighbours vote
SIDE = 400  # px


@dataclass(frozen=True, kw_only=True)
class LivePoints:
    """Points of the unit square, and how their labels go wrong.

    Attributes
    ----------
    xs, ys
        Where they are.
    truth
        The number of the cell that each lies in.
    spread, next_one
        The wrong label that each may get: any other cell's, or the next cell's.
    chances
        Below which share of flips its label is still right.
    """

    xs: list[float]
    ys: list[float]
    truth: list[int]
    spread: list[int]
    next_one: list[int]
    chances: list[float]


def votes_chart(points: LivePoints, places: pd.DataFrame, *, description: str) -> Layers:
    """Colour each place of a square by its neighbours' vote, computed again at every move.

    Parameters
    ----------
    points
        The training points, in the order in which they are added.
    places
        The grid: `x` and `y` of each square's left upper corner, and `cell`, the number of the
        true cell in its middle.
    """
    require_columns("places", places, {"x", "y", "cell"})
    controls, half = _controls(len(points.xs)), 0.5 / GRID
    middle = f"datum.x + {half}", f"datum.y - {half}"
    cells = (
        alt.Chart(places)
        .transform_calculate(vote=vote_at(*middle, "xsNow", "ysNow", "labelsNow", "k"))
        .transform_calculate(wrong="datum.vote != datum.cell")
        .transform_calculate(named=f"'{LETTERS}'[datum.vote]")
    )
    squares = cells.transform_calculate(right=f"datum.x + {2 * half}", low=f"datum.y - {2 * half}")
    squares = squares.mark_rect(stroke=None).encode(
        x=_across(),
        x2="right",
        y=_up(),
        y2="low",
        color=_hue("named"),
        opacity=alt.condition("datum.wrong", alt.value(0.95), alt.value(0.28)),
    )
    return (
        alt.layer(squares, _dots(), *_letters(places), *_reading(cells))
        .add_params(*controls, *_given(points), *_now())
        .properties(width=SIDE, height=SIDE, description=require_description(description))
    )


def _controls(most: int) -> list[alt.Parameter]:
    flips = alt.binding_radio(options=["spread out", "all to the next class"], name="Wrong labels")
    share = alt.binding_range(min=0, max=0.8, step=0.05, name="Share of wrong labels")
    n = alt.binding_range(min=20, max=most, step=10, name="Training points n")
    k = alt.binding_range(min=1, max=61, step=2, name="Neighbours that vote, k")
    return [
        alt.param(name="flips", value="spread out", bind=flips),
        alt.param(name="share", value=0.4, bind=share),
        alt.param(name="n", value=200, bind=n),
        alt.param(name="k", value=1, bind=k),
    ]


def _given(points: LivePoints) -> list[alt.Parameter]:
    """Hand the points to the kernels."""
    names = {"xs": "xs", "ys": "ys", "truth": "truth", "chances": "chances"}
    names |= {"spread": "spread", "nextOne": "next_one"}
    return [alt.param(name=name, value=getattr(points, field)) for name, field in names.items()]


def _now() -> list[alt.Parameter]:
    """Give the points that take part their labels."""
    others = "flips == 'spread out' ? spread : nextOne"
    now = {
        "xsNow": "slice(xs, 0, n)",
        "ysNow": "slice(ys, 0, n)",
        "labelsNow": flip_labels("slice(truth, 0, n)", others, "chances", "share"),
    }
    return [alt.param(name=name, expr=expr) for name, expr in now.items()]


def _dots() -> Layers:
    """Draw the points in the colour of the label that they were given."""
    one = alt.Chart(pd.DataFrame({"first": [0]})).transform_calculate(point="sequence(n)")
    dots = one.transform_flatten(["point"]).transform_calculate(
        x="xsNow[datum.point]",
        y="ysNow[datum.point]",
        named=f"'{LETTERS}'[labelsNow[datum.point]]",
    )
    style: dict[str, Any] = {"size": 22, "opacity": 1, "stroke": PAPER, "strokeWidth": 0.7}
    return alt.layer(dots.mark_point(**style).encode(x=_across(), y=_up(), color=_hue("named")))


def _letters(places: pd.DataFrame) -> tuple[alt.Chart, alt.Chart]:
    """Name each true cell in its middle."""
    middles = places.groupby("cell", as_index=False)[["x", "y"]].mean()
    middles["name"] = [LETTERS[cell] for cell in middles["cell"]]
    base = alt.Chart(middles).encode(x=_across(), y=_up(), text="name:N")
    halo = base.mark_text(
        fontSize=26, fontWeight="bold", color=PAPER, stroke=PAPER, strokeWidth=5, strokeJoin="round"
    )
    return halo, base.mark_text(fontSize=26, fontWeight="bold", color=INK)


def _reading(cells: alt.Chart) -> tuple[alt.Chart, ...]:
    """Say what share of the square is voted wrong."""
    total = cells.transform_aggregate(wrong="mean(wrong)").transform_calculate(
        text="format(datum.wrong, '.0%') + ' of the square voted wrong'"
    )
    words = total.mark_text(align="left", baseline="bottom", fontWeight="bold", fontSize=15)
    return (words.encode(x=alt.value(0), y=alt.value(-26), text="text:N"),)


def _across(field: str = "x") -> alt.X:
    axis = alt.Axis(values=[0, 0.5, 1], grid=False)
    scale = alt.Scale(domain=[0, 1], nice=False)
    return alt.X(f"{field}:Q", title="Latent 1", scale=scale, axis=axis)


def _up(field: str = "y") -> alt.Y:
    axis = alt.Axis(values=[0, 0.5, 1], grid=False)
    scale = alt.Scale(domain=[0, 1], nice=False)
    return alt.Y(f"{field}:Q", title="Latent 2", scale=scale, axis=axis)


def _hue(field: str) -> alt.Color:
    scale = alt.Scale(domain=list(LETTERS), range=list(HUES))
    return alt.Color(f"{field}:N", scale=scale, legend=None)


def describe_votes(points: LivePoints) -> str:
    """Say what the square shows, and what moves it."""
    return (
        f"A square of two latents in five cells, A to E, with up to {len(points.xs)} training "
        "points in the colour of the label that they were given. Each place has the colour of its "
        "neighbours' vote, pale where that is the true cell and strong where it is not. A line "
        "above tells the share that is voted wrong. Controls set the kind and share of wrong "
        "labels, the number of points and of neighbours that vote; all is computed again."
    )
