"""How far outside: a picture, its nearest mixture and the gap, by kind of picture."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

IMAGE, STEP = 48, 56  # px of an image, and from one to the next
HEADS = ("new", "mixture", "gap")
KINDS = {"bars": BLUE, "digits": VERMILLION}


def outside_chart(
    kinds: pd.DataFrame, runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> Layers:
    """Show for each kind of picture how far outside the hull it is.

    Parameters
    ----------
    kinds
        A row a kind, from top to bottom: `name`, `family` ("bars" or "digits"), the pictures
        `new`, `mixture` and `gap`, and `brighter`, how many times the gap is enlarged.
    runs
        `name`, `family` and `off_hull` (a share of the usual distance), one row a run.
    means
        The same with `mean`, `low` and `high` over the runs in place of `off_hull`.
    """
    require_columns("kinds", kinds, {"name", "family", "brighter", *HEADS})
    require_columns("runs", runs, {"name", "family", "off_hull"})
    require_columns("means", means, {"name", "family", "mean", "low", "high"})
    row = alt.Y("name:N", sort=list(kinds["name"]), axis=None)
    hue = alt.Color(
        "family:N",
        scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())),
        legend=None,
    )
    return alt.layer(
        *_pictures(kinds, row),
        alt.Chart(runs)
        .mark_tick(yOffset=36, height=12, opacity=0.3)
        .encode(x=_at_share("off_hull"), y=row, color=hue),
        alt.Chart(means)
        .mark_rule(yOffset=36, y2Offset=36, strokeWidth=3)
        .encode(x=_at_share("low"), x2="high", y=row, color=hue),
        alt.Chart(means)
        .mark_point(yOffset=36, size=80, opacity=1)
        .encode(x=_at_share("mean"), y=row, color=hue),
    ).properties(width=520, height=alt.Step(112), description=require_description(description))


def _pictures(kinds: pd.DataFrame, row: alt.Y) -> list[alt.Chart]:
    """Name each kind, and show a picture, its nearest mixture, and the gap."""
    base = alt.Chart(kinds)
    name = base.mark_text(align="left", baseline="bottom", dy=-38, color=INK, fontWeight="bold")
    times = base.transform_calculate(text="'gap, \N{MULTIPLICATION SIGN} ' + datum.brighter")
    images = [
        base.mark_image(width=IMAGE, height=IMAGE, smooth=False, align="left", yOffset=-8).encode(
            x=alt.value(STEP * place), y=row, url=f"{head}:N"
        )
        for place, head in enumerate(HEADS)
    ]
    return [
        *images,
        name.encode(x=alt.value(0), y=row, text="name:N"),
        times.mark_text(align="left", dy=-8, color=MUTED).encode(
            x=alt.value(3 * STEP), y=row, text="text:N"
        ),
    ]


def _at_share(field: str) -> alt.X:
    scale = alt.Scale(type="log", domain=[3e-4, 1], nice=False)
    axis = alt.Axis(values=[0.001, 0.01, 0.1, 1], format="~%", grid=True)
    title = "Distance to the hull, of the usual distance between two pictures"
    return alt.X(f"{field}:Q", title=title, scale=scale, axis=axis)


def describe_outside(means: pd.DataFrame) -> str:
    """Say how far outside each kind of picture is."""
    parts = "; ".join(
        f"{row.name_}: {row.mean_:.2%}"
        for row in means.rename(columns={"name": "name_", "mean": "mean_"}).itertuples()
    )
    return (
        "For each kind of picture a new one, the mixture of pictures seen that comes nearest to "
        "it, and their difference enlarged; below, on a log axis, the distance to the hull as a "
        f"share of the usual distance between two pictures. {parts}."
    )
