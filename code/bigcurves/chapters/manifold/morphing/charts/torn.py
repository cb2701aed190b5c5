"""Once round a loop, through an autoencoder of one unit and of two."""

from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.marks import DIAMOND, STROKES, Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, VERMILLION

PICTURES = (303, 96)  # px of three images of 16 x 16 with a gap of one, six to one
HEIGHT, ROOM = 380, 138  # px of the plot, and of it above the lines
UNITS = ("one unit", "two units")
HUES, DASHES = (VERMILLION, BLUE), ([1, 0], [6, 3])


def torn_chart(trip: pd.DataFrame, worst: pd.DataFrame, *, description: str) -> Layers:
    """Plot the error all the way round, and show the true picture beside what is drawn.

    Parameters
    ----------
    trip
        `step` (0, 1, ...), `turn` (half-turns), `units` ("one unit", "two units"), the `error`
        in standard deviations of the pictures, and a `picture` of three side by side: the true
        one and what each autoencoder draws.
    worst
        `units` and the largest `error` of each run.
    """
    require_columns("trip", trip, {"step", "turn", "units", "error", "picture"})
    require_columns("worst", worst, {"units", "error"})
    most = int(trip["step"].max())
    start = int(trip["step"].iloc[int(trip["error"].to_numpy().argmax())])
    slider = alt.binding_range(min=0, max=most, step=1, name="Turn the bar")
    step = alt.param(name="step", value=start, bind=slider)
    now = alt.Chart(trip).transform_filter(f"datum.step == {step.name}")
    y = _at_error(float(worst["error"].max()))
    scale, legend = alt.Scale(domain=list(UNITS), range=list(HUES)), alt.Legend(**STROKES)
    hue = alt.Color("units:N", scale=scale, title=None, legend=legend)
    dash = alt.StrokeDash(
        "units:N", scale=alt.Scale(domain=list(UNITS), range=list(DASHES)), title=None
    )
    lines = alt.Chart(trip.drop(columns="picture")).mark_line(strokeWidth=2)
    ticks = alt.Chart(worst.assign(turn=1.03)).mark_tick(width=12, opacity=0.5, orient="horizontal")
    return (
        alt.layer(
            lines.encode(x=_at_turn(), y=y, color=hue, strokeDash=dash, order="step:Q"),
            ticks.encode(x=_at_turn(), y=y, color=hue),
            now.mark_point(**DIAMOND).encode(x=_at_turn(), y=y),
            *_pictures(now),
        )
        .add_params(step, _said(trip))
        .properties(width=500, height=HEIGHT, description=require_description(description))
    )


def _said(trip: pd.DataFrame) -> alt.Parameter:
    """Read out how far off the two autoencoders are where the slider has come to."""
    errors = {
        name: rows.sort_values("step")["error"].round(2) for name, rows in trip.groupby("units")
    }
    parts = [f"'{name} off by ' + format({errors[name].tolist()}[step], '.2f')" for name in UNITS]
    return alt.param(name="announce", expr=" + ', ' + ".join(parts))


def _at_turn() -> alt.X:
    scale = alt.Scale(domain=[0, 1.05], nice=False)
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".2~f")
    return alt.X("turn:Q", title="Angle of the bar, half-turns", scale=scale, axis=axis)


def _at_error(most: float) -> alt.Y:
    scale = alt.Scale(domain=[0, 1.05 * most * HEIGHT / (HEIGHT - ROOM)], nice=False)
    axis = alt.Axis(values=[0, 0.5, 1, 1.5, 2], format=".1~f", grid=True)
    return alt.Y("error:Q", title="Error, standard deviations", scale=scale, axis=axis)


def _pictures(now: alt.Chart) -> list[alt.Chart]:
    """Show the true picture, what one unit draws and what two units draw."""
    width, height = PICTURES
    image: dict[str, Any] = {"smooth": False, "aspect": False, "align": "left", "baseline": "top"}
    names = pd.DataFrame({"name": ["true", *UNITS], "place": [4 + 102 * i for i in range(3)]})
    text = alt.Chart(names).mark_text(align="left", baseline="top")
    one = now.transform_filter(f"datum.units == '{UNITS[0]}'")
    return [
        one.mark_image(width=width, height=height, **image).encode(
            x=alt.value(4), y=alt.value(0), url="picture:N"
        ),
        text.encode(
            x=alt.X("place:Q", scale=None, axis=None), y=alt.value(height + 6), text="name:N"
        ),
    ]


def describe_torn(trip: pd.DataFrame, worst: pd.DataFrame) -> str:
    """Say where the loop tears and how badly, by the number of units."""
    parts = []
    for units, rows in trip.groupby("units", sort=False):
        bad = rows.iloc[int(rows["error"].to_numpy().argmax())]
        over = worst.loc[worst["units"] == units, "error"]
        parts.append(
            f"{units}: at worst {bad['error']:.2f} at {bad['turn']:.2f} half-turns, and over the "
            f"runs {over.min():.2f} to {over.max():.2f}"
        )
    return (
        "Error of an autoencoder against the angle of a bar that goes round, in standard "
        f"deviations of the pictures. {'; '.join(parts)}. Above, the true bar beside what one "
        "unit and two units draw of it. A slider turns the bar."
    )
