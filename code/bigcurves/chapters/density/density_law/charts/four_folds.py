"""Four folds side by side: one that is built in, two that were found, and one that fails."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.chapters.density.density_law.charts.fold import dash, hue, short, theory_table
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import INK, PAPER

WIDTH, HEIGHT = 215, 190  # px


def four_folds_chart(
    runs: pd.DataFrame, means: pd.DataFrame, panels: pd.DataFrame, *, description: str
) -> alt.ConcatChart:
    """Draw errors against kappa rho in a panel for each case, with the theory in all.

    Parameters
    ----------
    runs
        `case`, `d`, `product` (kappa rho) and `error`, one row a run.
    means
        The same averaged over the runs, with `kappa`, and `mean` in place of `error`.
    panels
        A row for each `case`, in order: its `name` and its `text`, what kappa rho explains.
    """
    require_columns("runs", runs, {"case", "d", "product", "error"})
    require_columns("means", means, {"case", "d", "kappa", "product", "mean"})
    require_columns("panels", panels, {"case", "name", "text"})
    names = ["all", *(f"d = {d}" for d in sorted(means["d"].unique()))]
    menu = alt.binding_select(options=names, name="Single out")
    single = alt.param(name="only", value="all", bind=menu)
    drawn = [
        _panel(
            runs.loc[runs["case"] == panel.case, ["d", "product", "error"]],
            means.loc[means["case"] == panel.case, ["d", "kappa", "product", "mean"]],
            panels[panels["case"] == panel.case],
        )
        for panel in panels.itertuples()
    ]
    return (
        alt.concat(*drawn, columns=2, spacing=30)
        .add_params(single)
        .properties(description=require_description(description))
    )


def _panel(runs: pd.DataFrame, means: pd.DataFrame, panel: pd.DataFrame) -> Layers:
    """Draw one case."""
    shown = "only == 'all' || only == 'd = ' + datum.d"
    base = alt.Chart(short(means)).encode(x=_x(), color=_hue(), detail="kappa:O")
    dots = alt.Chart(short(runs)).mark_circle(size=4, clip=True)
    line = base.mark_line(clip=True, strokeWidth=1.6)
    words = alt.Chart(panel)
    return alt.layer(
        dots.encode(
            x=_x(),
            y=_y("error"),
            color=_hue(),
            opacity=alt.condition(shown, alt.value(0.25), alt.value(0.02)),
        ),
        line.encode(
            y=_y("mean"),
            strokeDash=_dash(),
            opacity=alt.condition(shown, alt.value(1), alt.value(0.08)),
        ),
        *_theory(),
        words.mark_text(align="left", fontWeight="bold").encode(
            x=alt.value(0), y=alt.value(-48), text="name:N"
        ),
        words.mark_text(align="left", fontSize=12).encode(
            x=alt.value(0), y=alt.value(-32), text="text:N"
        ),
    ).properties(width=WIDTH, height=HEIGHT)


def _key() -> alt.Legend:
    """Name the numbers of latents below the panels, each with a length of its line."""
    return alt.Legend(
        title="Latents d",
        orient="bottom",
        values=[2, 3, 4, 5],
        symbolType="stroke",
        symbolSize=500,
        symbolStrokeWidth=2,
        symbolOpacity=1,
    )


def _hue() -> alt.Color:
    return hue().legend(_key())


def _dash() -> alt.StrokeDash:
    return dash().legend(_key())


def _x() -> alt.X:
    scale = alt.Scale(type="log", domain=[5, 5e-3], nice=False)
    axis = alt.Axis(values=[3, 1, 0.3, 0.1, 0.03, 0.01], format="~g")
    return alt.X("product:Q", title="\u03ba\u03c1 (denser: right)", scale=scale, axis=axis)


def _y(field: str) -> alt.Y:
    scale = alt.Scale(type="log", domain=[2e-5, 4], nice=False)
    axis = alt.Axis(values=[1e-4, 1e-3, 1e-2, 1e-1, 1], format="~g")
    return alt.Y(f"{field}:Q", title="Mean squared error", scale=scale, axis=axis)


def _theory() -> list[alt.Chart]:
    """Lay the curve without parameters over each panel."""
    curve = alt.Chart(theory_table().rename(columns={"gap": "product"}))
    at: dict[str, Any] = {"x": _x(), "y": _y("mean")}
    return [
        curve.mark_line(clip=True, color=PAPER, strokeWidth=4.5).encode(**at),
        curve.mark_line(clip=True, color=INK, strokeWidth=1.8).encode(**at),
    ]


def describe_four_folds(panels: pd.DataFrame) -> str:
    """Say what each panel shows."""
    parts = "; ".join(f"{row.name_}: {row.text}" for row in _named(panels))
    return (
        "Mean squared error against frequency times sample gap, on log axes, denser sampling to "
        f"the right, in {len(panels)} panels, each with the theory's curve. {parts}. Where the "
        "target is stretched, lines run far above the curve and apart; elsewhere they keep near "
        "it. A list singles out one number of latents."
    )


def _named(panels: pd.DataFrame) -> Any:
    return panels.rename(columns={"name": "name_"}).itertuples()
