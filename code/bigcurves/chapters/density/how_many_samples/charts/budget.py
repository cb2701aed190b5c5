"""How many samples? Two laws with their points, read backwards at a distance that one sets."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, VERMILLION

KINDS = {"gap": (BLUE, "circle", [1, 0]), "hole": (VERMILLION, "triangle-up", [7, 3])}
NAMES = {"gap": "\u25cf gap \u03c1", "hole": "\u25b2 largest hole h"}
FRAME, DISTANCES = [60, 45_000], [2e-5, 0.9]  # samples, and shares of a latent's range
ROUNDS = 12  # of n = c log n; its error shrinks by log n, 4.6 at least, in each


def budget_chart(runs: pd.DataFrame, laws: pd.DataFrame, *, description: str) -> Layers:
    """Read off how many samples bring the gap, and how many the largest hole, below r.

    Parameters
    ----------
    runs
        `d`, `n`, `kind` ("gap" or "hole"), `distance` and `role` ("fitted" or "checked").
    laws
        For each `d` and `kind` the `slope` and `prefactor`, the factors `low` and `high` round
        n, and the sizes `first` and `last` that were measured.
    """
    require_columns("runs", runs, {"d", "n", "kind", "distance", "role"})
    columns = {"d", "kind", "slope", "prefactor", "low", "high", "first", "last"}
    require_columns("laws", laws, columns)
    now = "datum.d == d"
    lines = alt.Chart(_lines(laws)).transform_filter(now).mark_line(clip=True, strokeWidth=2)
    dots = alt.Chart(runs.assign(distance=runs["distance"].round(5))).transform_filter(now)
    fitted = dots.transform_filter("datum.role == 'fitted'").mark_point(
        size=22, filled=True, opacity=0.35, clip=True
    )
    unseen = dots.transform_filter("datum.role == 'checked'").mark_point(
        size=26, filled=False, opacity=0.8, strokeWidth=1, clip=True
    )
    return (
        alt.layer(
            fitted.encode(**_at("distance"), shape=_shape()),
            unseen.encode(**_at("distance"), shape=_shape()),
            lines.encode(**_at("distance"), strokeDash=_dash()),
            *_answers(laws),
        )
        .add_params(*_params(laws))
        .properties(
            width=500,
            height=380,
            description=require_description(description),
            usermeta={"drag": [{"y": "r"}]},
        )
    )


def _params(laws: pd.DataFrame) -> list[alt.Parameter]:
    """Offer d and r."""
    most = int(laws["d"].max())
    d = alt.binding_range(min=int(laws["d"].min()), max=most, step=1, name="Latents d")
    r = alt.binding_range(min=0.005, max=0.5, step=0.005, name="Distance r, share of the range")
    return [alt.param(name="d", value=2, bind=d), alt.param(name="r", value=0.05, bind=r)]


def _lines(laws: pd.DataFrame) -> pd.DataFrame:
    """Draw both laws between the sizes that were measured."""
    rows = []
    for law in laws.to_dict("records"):
        n = np.geomspace(law["first"], law["last"], 40)
        crowd = n if law["kind"] == "gap" else n / np.log(n)
        distance = law["prefactor"] * crowd ** law["slope"]
        rows.append(
            pd.DataFrame({"n": n.round(), "distance": distance, "d": law["d"], "kind": law["kind"]})
        )
    return pd.concat(rows)


def _at(field: str) -> dict[str, Any]:
    scale: dict[str, Any] = {"type": "log", "nice": False}
    return {
        "x": alt.X(
            "n:Q",
            title="Number of samples n",
            scale=alt.Scale(domain=FRAME, **scale),
            axis=alt.Axis(values=[100, 400, 1600, 6400, 25_600], format=",d"),
        ),
        "y": alt.Y(
            f"{field}:Q",
            title="Distance (share of a latent's range)",
            scale=alt.Scale(domain=DISTANCES, **scale),
            axis=alt.Axis(values=[1e-4, 1e-3, 1e-2, 0.1, 0.5], format="~g"),
        ),
        "color": alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=list(KINDS), range=[kind[0] for kind in KINDS.values()]),
            legend=None,
        ),
    }


def _shape() -> alt.Shape:
    shapes = [kind[1] for kind in KINDS.values()]
    return alt.Shape("kind:N", scale=alt.Scale(domain=list(KINDS), range=shapes), legend=None)


def _dash() -> alt.StrokeDash:
    dashes = [kind[2] for kind in KINDS.values()]
    return alt.StrokeDash("kind:N", scale=alt.Scale(domain=list(KINDS), range=dashes), legend=None)


def _answers(laws: pd.DataFrame) -> list[alt.Chart]:
    """Mark where the laws cross r, with the reach of single draws, and say it above the frame."""
    crowd = "pow(r / datum.prefactor, 1 / datum.slope)"
    hole = "datum.crowd"
    for _ in range(ROUNDS):
        hole = (
            f"max(1, {hole}) * log(max(3, {hole}))"
            if hole == "datum.crowd"
            else (f"datum.crowd * log(max(3, {hole}))")
        )
    found = (
        alt.Chart(laws)
        .transform_filter("datum.d == d")
        .transform_calculate(crowd=crowd)
        .transform_calculate(n=f"datum.kind == 'gap' ? datum.crowd : {hole}")
        .transform_calculate(
            distance="r",
            least="datum.n * datum.low",
            most="datum.n * datum.high",
            known="datum.n >= datum.first && datum.n <= datum.last",
        )
    )
    known = found.transform_filter("datum.known")
    words = found.transform_calculate(
        text=f"({NAMES})[datum.kind] + ' below ' + format(r, '.3~f') + ': ' + (datum.known ? "
        "format(datum.n, ',.2r') + ' samples (' + format(datum.least, ',.2r') "
        "+ ' to ' + format(datum.most, ',.2r') + ')' : 'no answer')",
    )
    at = _at("distance")
    return [
        alt.Chart(pd.DataFrame({"one": [1]}))
        .transform_calculate(distance="r")
        .mark_rule(color=INK, strokeDash=[2, 3])
        .encode(y=at["y"]),
        known.mark_rule(strokeWidth=6, opacity=0.5).encode(
            x=alt.X("least:Q"), x2="most", y=at["y"], color=at["color"]
        ),
        known.mark_point(size=170, filled=True, opacity=1, stroke=INK, strokeWidth=1.5).encode(
            **at, shape=_shape()
        ),
        *(
            words.transform_filter(f"datum.kind == '{kind}'")
            .mark_text(align="left", fontWeight="bold", fontSize=13)
            .encode(x=alt.value(0), y=alt.value(line), text="text:N", color=at["color"])
            for kind, line in (("gap", -62), ("hole", -44))
        ),
    ]


def describe_budget(laws: pd.DataFrame) -> str:
    """Say what both laws are."""
    parts = []
    for d, rows in laws.groupby("d"):
        slopes = rows.set_index("kind")["slope"]
        parts.append(
            f"with d = {d} the gap falls with slope {slopes['gap']:.2f} in log n, the hole with "
            f"{slopes['hole']:.2f} in log (n / log n)"
        )
    return (
        "Two distances against the number of samples, on log axes: the sample gap below, and the "
        f"largest hole, several times as large, above. {'; '.join(parts)}. Filled marks are runs "
        "that the laws were fitted on, open ones runs that they were not. A line at a distance r "
        "can be dragged; where it crosses the laws stand the numbers of samples, and outside of "
        "the measured sizes the words: no answer."
    )
