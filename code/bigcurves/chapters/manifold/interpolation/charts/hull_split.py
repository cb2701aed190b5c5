"""Through as many components: digits outside the hull beside those inside, named right."""

import altair as alt
import numpy as np
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import GREEN, VERMILLION

PARTS = {"outside": (GREEN, "circle"), "inside": (VERMILLION, "square")}


def hull_split_chart(runs: pd.DataFrame, means: pd.DataFrame, *, description: str) -> Layers:
    """Compare the digits outside the hull with those inside, at equal components.

    Parameters
    ----------
    runs
        `pixels`, `part` ("outside" or "inside") and `share` named right, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `share`.
    """
    require_columns("runs", runs, {"pixels", "part", "share"})
    require_columns("means", means, {"pixels", "part", "mean", "low", "high"})
    buttons = alt.binding_radio(options=["both", *PARTS], name="Show")
    which = alt.param(name="part", value="both", bind=buttons)
    shown = f"{which.name} == 'both' || datum.part == {which.name}"
    hue = alt.Scale(domain=list(PARTS), range=[hue for hue, _ in PARTS.values()])
    mark = alt.Scale(domain=list(PARTS), range=[shape for _, shape in PARTS.values()])
    legend = alt.Legend(symbolOpacity=1)
    at = {
        "x": alt.X("pixels:O", title="Principal components kept"),
        "xOffset": alt.XOffset("part:N", scale=alt.Scale(domain=list(PARTS), paddingOuter=1)),
        "color": alt.Color("part:N", scale=hue, title="The hull: digits", legend=legend),
    }
    least = np.floor(10 * runs["share"].min()) / 10
    single, mean = (alt.Chart(rows).transform_filter(shown) for rows in (runs, means))
    return (
        alt.layer(
            single.mark_tick(thickness=1, size=14, opacity=0.4).encode(
                y=_at_named("share", least), **at
            ),
            mean.mark_rule(strokeWidth=3).encode(y=_at_named("low", least), y2="high", **at),
            mean.mark_point(size=70, opacity=1).encode(
                y=_at_named("mean", least),
                shape=alt.Shape("part:N", scale=mark, title="The hull: digits", legend=legend),
                **at,
            ),
        )
        .add_params(which)
        .properties(width=520, height=300, description=require_description(description))
    )


def _at_named(field: str, least: float) -> alt.Y:
    scale = alt.Scale(domain=[least, 1], nice=False)
    axis = alt.Axis(format="%", tickCount=5)
    return alt.Y(f"{field}:Q", title="Named right", scale=scale, axis=axis)


def describe_hull_split(means: pd.DataFrame) -> str:
    """Say how often digits on either side of the hull are named right."""
    parts = "; ".join(
        f"{pixels} components: "
        + ", ".join(f"{row.part} {row.mean_:.1%}" for row in rows.itertuples())
        for pixels, rows in means.rename(columns={"mean": "mean_"}).groupby("pixels")
    )
    return (
        "Share of digits named right, outside the hull and inside it, for several numbers of "
        f"components. {parts}. Buttons show one side alone."
    )
