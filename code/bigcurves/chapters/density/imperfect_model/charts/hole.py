"""A hole over the latents: drag it, and see where each model errs."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from bigcurves.plotting.kernels import field_values, hole_errors, probes, share_inside, shuffle
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.picture_kernels import bar_strip, draw_latents, error_picture
from bigcurves.plotting.tables import require_description
from bigcurves.plotting.theme import ORANGE, VERMILLION

MAP, PROBES = 158, 31  # px of a map's side; probes along it
SHOWN, SEED, SIDE = 400, 5, 8  # images, their stream, and pixels along an image's side
WHITE = 0.5  # error that is drawn white: half a standard deviation of the target
ONE = pd.DataFrame({"one": [1]})
LEARNERS = {"nearest": "nearest neighbour", "ridge": "kernel machine", "ideal": "ideal model"}
UNIT = alt.Scale(domain=[0, 1], nice=False)


def hole_chart(
    field: Mapping[str, Any], ideal: pd.DataFrame, *, description: str
) -> alt.HConcatChart:
    """Map the errors of three models over two latents, round a hole that the reader drags.

    Parameters
    ----------
    field
        The target: `frequencies`, rows of two, and `phases`.
    ideal
        What the ideal model makes of the probes: a `picture` of its errors, and its `worst` one.
    """
    if ideal.empty or not {"picture", "worst"} <= set(ideal.columns):
        raise ValueError(f"ideal must have the columns picture and worst, got {list(ideal)}")
    maps = [_map(name, ideal) for name in LEARNERS]
    return (
        alt.hconcat(*maps, spacing=16)
        .add_params(*_params(field))
        .properties(
            description=require_description(description),
            usermeta={
                "plots": [f"concat_{place}" for place in range(len(maps))],
                "drag": [{"x": "hx", "y": "hy"}],
            },
        )
    )


def _params(field: Mapping[str, Any]) -> list[alt.Parameter]:
    """Offer the hole's place and size, and the control; fit both learners live."""
    sliders = {
        "hx": (0.2, 0.8, 0.5, "Hole, across"),
        "hy": (0.2, 0.8, 0.5, "Hole, up"),
        "radius": (0, 0.3, 0.22, "Hole, radius"),
    }
    fits = {name: _errors(name) for name in ("nearest", "ridge")}
    words = "'The kernel machine has ' + format(share_ridge, '.0%') + ' of its error in the hole.'"
    return [
        *(
            alt.param(
                name=name,
                value=value,
                bind=alt.binding_range(min=low, max=high, step=0.02, name=label),
            )
            for name, (low, high, value, label) in sliders.items()
        ),
        alt.param(
            name="shuffled",
            value=False,
            bind=alt.binding_checkbox(name="Shuffle the labels (control)"),
        ),
        alt.param(name="field", value=dict(field)),
        alt.param(name="hole", expr="[hx, hy, radius]"),
        alt.param(name="asked", expr=probes(PROBES)),
        alt.param(name="truth", expr=field_values("field", "asked")),
        alt.param(name="drawn", expr=draw_latents(SEED, SHOWN, 2)),
        alt.param(name="right", expr=field_values("field", "drawn")),
        alt.param(name="taught", expr=f"shuffled ? {shuffle('right', 1)} : right"),
        *(alt.param(name=f"errors_{name}", expr=fit) for name, fit in fits.items()),
        *(
            alt.param(name=f"share_{name}", expr=share_inside(f"errors_{name}", "asked", "hole"))
            for name in fits
        ),
        alt.param(name="announce", expr=words),
    ]


def _errors(learner: str) -> str:
    return hole_errors(f"'{learner}'", "drawn", "taught", "hole", "asked", "truth", SIDE)


def _map(learner: str, ideal: pd.DataFrame) -> Layers:
    """Draw one model's errors as a picture, the images that it saw, and the hole."""
    rows = alt.Chart(ideal)
    if learner != "ideal":
        pixels = error_picture(f"errors_{learner}", WHITE)
        rows = alt.Chart(ONE).transform_calculate(picture=bar_strip([[pixels]], PROBES))
    picture = rows.mark_image(width=MAP, height=MAP, smooth=False).encode(
        x=alt.value(MAP / 2), y=alt.value(MAP / 2), url="picture:N"
    )
    share = f"format(share_{learner}, '.0%') + ' of its error inside'"
    text = "'errs ' + format(datum.worst, '.0e') + ' at worst'" if learner == "ideal" else share
    words = [
        rows.transform_calculate(text=line)
        .mark_text(align="left", fontSize=size)
        .encode(x=alt.value(0), y=alt.value(y), text="text:N")
        for line, y, size in (
            (f"'{LEARNERS[learner]}'", -26, 14),
            (text, -9, 12),
        )
    ]
    first = learner == "nearest"
    seen = [] if learner == "ideal" else [_images(first)]
    return alt.layer(picture, *seen, _ring(first), *words).properties(width=MAP, height=MAP)


def _at(first: bool) -> dict[str, Any]:
    """Give the first map both axes, and the others the one below."""
    axis = alt.Axis(values=[0, 0.5, 1], format="~g", grid=False)
    return {
        "x": alt.X("x:Q", scale=UNIT, title="First latent", axis=axis),
        "y": alt.Y("y:Q", scale=UNIT, title=None, axis=axis if first else None),
    }


def _images(first: bool) -> alt.Chart:
    """Mark every training image that is not in the hole."""
    seen: alt.Chart = (
        alt.Chart(ONE)
        .transform_calculate(at="drawn")
        .transform_flatten(["at"])
        .transform_calculate(x="datum.at[0]", y="datum.at[1]")
        .transform_filter("hypot(datum.x - hx, datum.y - hy) >= radius")
        .mark_circle(size=5, color=ORANGE, opacity=0.8)
        .encode(**_at(first))
    )
    return seen


def _ring(first: bool) -> alt.Chart:
    """Draw the hole's edge."""
    ring: alt.Chart = (
        alt.Chart(pd.DataFrame({"turn": range(49)}))
        .transform_calculate(
            x="hx + radius * cos(datum.turn * PI / 24)", y="hy + radius * sin(datum.turn * PI / 24)"
        )
        .mark_line(clip=True, color=VERMILLION, strokeWidth=2.5)
        .encode(**_at(first), order="turn:O")
    )
    return ring


def describe_hole(ideal: pd.DataFrame) -> str:
    """Say what the maps show at first."""
    return (
        f"Three square maps of error over two latents, black where there is none. {SHOWN} images "
        "were drawn, and those in a ring in the middle were left out. A nearest neighbour errs "
        "everywhere between its images, and most in the ring; a kernel machine is black outside "
        f"of it; the ideal model is black throughout, {ideal['worst'].iloc[0]:.0e} at worst. The "
        "ring can be dragged or set by sliders, and a box shuffles the labels: then the ring no "
        "longer matters."
    )
