"""The square of the film lab: where A and B are, and the nearest bars on the ways between."""

import altair as alt
import pandas as pd

from bigcurves.chapters.manifold.morphing.charts.path_strips import FRAMES, at, hue
from bigcurves.plotting.marks import DIAMOND
from bigcurves.plotting.theme import AXIS

SQUARE = 180  # px


def latent_square(known: pd.DataFrame, rows: pd.DataFrame) -> list[alt.Chart]:
    """Draw the known bars' latents, the nearest bars on each way, and the two ends."""
    scale = alt.Scale(domain=[0, 1], range=[0, SQUARE])
    axis = alt.Axis(values=[], domain=False, title=None, grid=False)
    place = {
        "x": alt.X("across:Q", scale=scale, axis=axis),
        "y": alt.Y("down:Q", scale=scale, axis=axis),
    }
    frame = alt.Chart(pd.DataFrame({"across": [0.0], "down": [0.0], "right": [1.0], "low": [1.0]}))
    dots = alt.Chart(known).mark_point(color=AXIS, size=9, opacity=0.7)
    order = pd.DataFrame({"frame": range(FRAMES[0])})
    steps = rows.merge(order, how="cross")
    places = (
        alt.Chart(steps)
        .transform_filter("datum.frame < frames")
        .transform_calculate(
            across="film.places[datum.row][datum.frame][0]",
            down="film.places[datum.row][datum.frame][1]",
            off="film.distances[datum.row][datum.frame]",
        )
    )
    ends = alt.Chart(pd.DataFrame({"name": ["A", "B"]})).transform_calculate(
        across="datum.name == 'A' ? ax : bx", down="datum.name == 'A' ? ay : by"
    )
    name = ends.mark_text(fontWeight="bold", dx=0, dy=1)
    return [
        frame.mark_rect(fillOpacity=0, stroke=AXIS).encode(**place, x2="right", y2="low"),
        dots.encode(**place),
        places.mark_line(strokeWidth=2, opacity=0.9).encode(
            **place, color=hue(), order="frame:Q", detail="way:N"
        ),
        ends.mark_point(**(DIAMOND | {"shape": "circle", "size": 320})).encode(**place),
        name.encode(**place, text="name:N"),
        *readings(rows),
    ]


def readings(rows: pd.DataFrame) -> list[alt.Chart]:
    """Write beside the square how far each way's chosen frame is off the world."""
    left = SQUARE + 22
    lines = alt.Chart(rows).transform_calculate(
        namex=f"{left + 14}",
        namey="34 + 30 * datum.row",
        dotx=f"{left}",
        doty="34 + 30 * datum.row",
        text="format(film.distances[datum.row][frame], '.3f') + ' ' + datum.way",
    )
    head = alt.Chart(pd.DataFrame({"text": ["This frame's distance"]})).transform_calculate(
        headx=f"{left - 6}", heady="8"
    )
    return [
        head.mark_text(align="left", fontWeight="bold").encode(**at("head"), text="text:N"),
        lines.mark_point(shape="square", size=90, opacity=1).encode(**at("dot"), color=hue()),
        lines.mark_text(align="left", baseline="middle").encode(**at("name"), text="text:N"),
    ]
