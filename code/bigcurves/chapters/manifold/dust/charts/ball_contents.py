"""What the balls about the samples hold: new images of their world, shuffled ones, noise."""

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE

ROW = 92  # px
PICTURES = 158  # px


def ball_contents_chart(
    pictures: pd.DataFrame, runs: pd.DataFrame, means: pd.DataFrame, *, description: str
) -> Layers:
    """Plot the share of each kind of picture that lies in a ball about some sample.

    Parameters
    ----------
    pictures
        For each `world` and `kind`, a `picture` of three side by side.
    runs
        `world`, `kind` and the share `covered`, one row a run.
    means
        The same with `mean`, `low`, `high` and a `text` to write beside them.
    """
    require_columns("pictures", pictures, {"world", "kind", "picture"})
    require_columns("runs", runs, {"world", "kind", "covered"})
    require_columns("means", means, {"world", "kind", "mean", "low", "high", "text"})
    worlds = list(means["world"].unique())
    menu = alt.binding_select(options=worlds, name="Balls about")
    world = alt.param(name="world", value=worlds[0], bind=menu)
    chosen = f"datum.world == {world.name}"
    row = alt.Y("kind:N", sort=list(means["kind"].unique()), axis=None)
    shown = alt.Chart(means).transform_filter(chosen)
    dots = shown.mark_point(color=BLUE, size=90, opacity=1, yOffset=26)
    single = alt.Chart(runs).transform_filter(chosen).mark_tick(height=14, opacity=0.3, yOffset=26)
    line = shown.mark_rule(color=BLUE, strokeWidth=3, yOffset=26, y2Offset=26)
    words = shown.mark_text(align="left", baseline="bottom", x=PICTURES + 16, dy=6)
    image = alt.Chart(pictures).transform_filter(chosen)
    return (
        alt.layer(
            _image(image, row),
            words.encode(y=row, text="text:N"),
            single.encode(x=_at_share("covered"), y=row),
            line.encode(x=_at_share("low"), x2="high", y=row),
            dots.encode(x=_at_share("mean"), y=row),
        )
        .add_params(world)
        .properties(width=520, height=alt.Step(ROW), description=require_description(description))
    )


def _image(rows: alt.Chart, row: alt.Y) -> alt.Chart:
    """Show three pictures of a kind at the left of its row."""
    image = rows.mark_image(
        width=PICTURES, height=52, smooth=False, aspect=False, align="left", yOffset=-12
    )
    shown: alt.Chart = image.encode(x=alt.value(0), y=row, url="picture:N")
    return shown


def _at_share(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format="%", grid=True, tickCount=5)
    return alt.X(f"{field}:Q", title="Share that lies in some ball", scale=scale, axis=axis)


def describe_ball_contents(means: pd.DataFrame) -> str:
    """Say what share of each kind is covered, world by world."""
    parts = []
    for world, rows in means.rename(columns={"mean": "mean_"}).groupby("world", sort=False):
        shares = ", ".join(f"{row.kind} {row.mean_:.1%}" for row in rows.itertuples())
        parts.append(f"{world}: {shares}")
    return (
        "For each kind of picture three examples, and below them the share that lies in a ball "
        f"about some sample, on an axis from 0 to 100%. {'; '.join(parts)}. A list chooses the "
        f"{means['world'].nunique()} worlds."
    )
