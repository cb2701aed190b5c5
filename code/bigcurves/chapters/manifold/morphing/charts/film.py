"""The film strip lab: two bars dragged in latent space, and five ways from one to the other."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from bigcurves.chapters.manifold.morphing.charts.latent_square import latent_square
from bigcurves.chapters.manifold.morphing.charts.path_strips import (
    FRAMES,
    PITCH,
    SIDE,
    TOP,
    WAYS,
    WIDE,
    guessed_height,
    path_strips,
    profiles,
)
from bigcurves.plotting.marks import Layers
from bigcurves.plotting.picture_kernels import bar_film
from bigcurves.plotting.tables import require_columns, require_description

ENDS = {"ax": 0.05, "ay": 0.95, "bx": 0.95, "by": 0.05}
LABELS = ("A across", "A down", "B across", "B down")


def film_chart(known: pd.DataFrame, model: Mapping[str, Any], *, description: str) -> Layers:
    """Draw five ways from bar A to bar B as film strips, each above its distance to the world.

    Parameters
    ----------
    known
        `across` and `down`, the latents of the bars that the learners have seen.
    model
        What they have learned, from `shipped_model`.

    A page may set the parameter `guess`: how far off the reader thinks the middle of the pixel
    line is, in per cent of the way from A to B.
    """
    require_columns("known", known, {"across", "down"})
    ends = [
        alt.param(name=name, value=value, bind=_slider(label))
        for (name, value), label in zip(ENDS.items(), LABELS, strict=True)
    ]
    last = FRAMES[0] - 1
    step = alt.param(
        name="step",
        value=last // 2,
        bind=alt.binding_range(min=0, max=last, step=1, name=f"Along the way, 0 (A) to {last} (B)"),
    )
    frames = alt.param(name="frames", expr=f"{WIDE} ? {FRAMES[0]} : {FRAMES[1]}")
    walked = bar_film(["ax", "ay"], ["bx", "by"], "frames", SIDE, "learned")
    computed = [
        alt.param(name="learned", value=dict(model)),
        frames,
        alt.param(name="film", expr=walked),
        alt.param(name="frame", expr=f"round(step * (frames - 1) / {last})"),
        alt.param(name="announce", expr=_said()),
    ]
    rows = pd.DataFrame({"way": WAYS, "row": range(len(WAYS))})
    drag = {"drag": [{"x": "ax", "y": "ay"}, {"x": "bx", "y": "by"}]}
    return (
        alt.layer(
            *latent_square(known, rows), *path_strips(rows), *profiles(rows), *guessed_height()
        )
        .add_params(*ends, step, *computed, alt.param(name="guess", value=0))
        .properties(
            width=516,
            height=TOP + PITCH * len(WAYS),
            description=require_description(description),
            usermeta=drag,
        )
    )


def _slider(label: str) -> alt.BindRange:
    return alt.binding_range(min=0, max=1, step=0.05, name=label)


def _said() -> str:
    parts = [
        f"'{way} ' + format(film.distances[{row}][frame], '.3f')" for row, way in enumerate(WAYS)
    ]
    return "'Off the world: ' + " + " + ', ' + ".join(parts)


def describe_film(distances: Mapping[str, float]) -> str:
    """Say what the strips show, from how far off the world each way's middle is."""
    parts = ", ".join(f"{way} {off:.3f}" for way, off in distances.items())
    return (
        "Above, the square of two latents with known bars as dots and two handles, A and B. Below, "
        f"{len(WAYS)} film strips from bar A to bar B, and under each a small bar for every "
        "frame: its distance to the nearest bar that the world can draw, in RMS pixel value. "
        f"Half-way that is, way by way: {parts}. On the pixel line bar A fades out while bar B "
        "fades in; on the ways that stay, one bar moves across. Sliders move A and B and choose "
        "a frame."
    )
