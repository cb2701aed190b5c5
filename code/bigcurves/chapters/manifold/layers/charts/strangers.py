"""How sure networks are of pictures that are no digits."""

import altair as alt
import pandas as pd

from bigcurves.chapters.manifold.layers.charts.by_layer import LEGEND, NETWORKS
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.styles import hue, shape
from bigcurves.plotting.tables import require_columns, require_description

STRIP = (289, 48)  # px of six pictures of 28 x 28 with a gap of one
EVERY = "all"


def strangers_chart(
    shown: pd.DataFrame, runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> Layers:
    """Show pictures of each kind, and below them how often networks are sure of them.

    Parameters
    ----------
    shown
        A row a kind, from top to bottom: `name` and a `picture` of six.
    runs
        `name`, `network` and the `share` of pictures that it is sure of, one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `share`.
    """
    require_columns("shown", shown, {"name", "picture"})
    require_columns("runs", runs, {"name", "network", "share"})
    require_columns("means", means, {"name", "network", "mean", "low", "high"})
    menu = alt.binding_select(options=[EVERY, *NETWORKS], name="Networks")
    which = alt.param(name="network", value=EVERY, bind=menu)
    chosen = f"{which.name} == '{EVERY}' || datum.network == {which.name}"
    row = alt.Y("name:N", sort=list(shown["name"]), axis=None)
    single = alt.Chart(runs).transform_filter(chosen)
    mean = alt.Chart(means).transform_filter(chosen)
    colour = hue("network", NETWORKS, LEGEND)
    return (
        alt.layer(
            *_gallery(shown, row),
            single.mark_tick(yOffset=36, height=12, opacity=0.3).encode(
                x=_across("share"), y=row, color=colour
            ),
            mean.mark_rule(yOffset=36, y2Offset=36, strokeWidth=3).encode(
                x=_across("low"), x2="high", y=row, color=colour
            ),
            mean.mark_point(yOffset=36, size=80, opacity=1, filled=True).encode(
                x=_across("mean"), y=row, color=colour, shape=shape("network", NETWORKS, LEGEND)
            ),
        )
        .add_params(which)
        .properties(width=540, height=alt.Step(114), description=require_description(description))
    )


def _gallery(shown: pd.DataFrame, row: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    """Name each kind and show six pictures of it."""
    width, height = STRIP
    image = alt.Chart(shown).mark_image(width=width, height=height, align="left", yOffset=-4)
    name = alt.Chart(shown).mark_text(align="left", baseline="bottom", dy=-31)
    return (
        image.encode(x=alt.value(0), y=row, url="picture:N"),
        name.encode(x=alt.value(0), y=row, text="name:N"),
    )


def _across(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format=".0%", tickCount=6)
    title = "Pictures named with a probability of 90% or more"
    return alt.X(f"{field}:Q", title=title, scale=scale, axis=axis)


def describe_strangers(means: pd.DataFrame) -> str:
    """Say how often each network is sure of each kind."""
    parts = [
        f"{name}: {', '.join(f'{row.network} {row.average:.0%}' for row in rows.itertuples())}"
        for name, rows in means.rename(columns={"mean": "average"}).groupby("name", sort=False)
    ]
    return (
        "Rows of six small pictures each, and below each row how many of its kind networks name "
        f"with a probability of 90% or more. {'; '.join(parts)}. A list shows one network alone."
    )
