"""A film of three classes of digits, layer by layer and epoch by epoch, in the plane."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from bigcurves.plotting.marks import Layers
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import BLUE, GREEN, VERMILLION

HUES = (BLUE, VERMILLION, GREEN)
DECIMALS = 2


def film_chart(
    frames: npt.NDArray[np.float64],
    digits: pd.DataFrame,
    layers: pd.DataFrame,
    epochs: pd.DataFrame,
    *,
    description: str,
) -> Layers:
    """Show where digits lie, at the layer and after the epochs that the reader chooses.

    Parameters
    ----------
    frames
        Places of the digits, shape (epochs, layers, digits, 2).
    digits
        The `name` of each digit, one row a digit.
    layers
        The `name` of each layer.
    epochs
        For each: `epoch`, how many are done, and `wrong`, the share of errors then.
    """
    require_columns("digits", digits, {"name"})
    require_columns("layers", layers, {"name"})
    require_columns("epochs", epochs, {"epoch", "wrong"})
    reach = float(np.abs(frames).max()) * 1.04
    depth = alt.binding_range(min=0, max=len(layers) - 1, step=1, name="Layer")
    layer = alt.param(name="layer", value=len(layers) - 2, bind=depth)
    time = alt.binding_range(min=0, max=len(epochs) - 1, step=1, name="Training, step by step")
    when = alt.param(name="when", value=len(epochs) - 1, bind=time)
    heads = [[_head(name, row) for name in layers["name"]] for row in epochs.to_dict("records")]
    given = alt.param(name="film", value=np.round(frames, DECIMALS).tolist())
    words = alt.param(name="words", value=heads)
    said = alt.param(name="announce", expr="words[when][layer]")
    places = alt.Chart(digits.assign(i=range(len(digits)))).transform_calculate(
        x="film[when][layer][datum.i][0]", y="film[when][layer][datum.i][1]"
    )
    head = alt.Chart(pd.DataFrame({"head": [0]})).transform_calculate(text="words[when][layer]")
    names = list(digits["name"].unique())
    hue = alt.Color("name:N", scale=alt.Scale(domain=names, range=list(HUES)), legend=None)
    return (
        alt.layer(
            places.mark_text(fontSize=13, fontWeight="bold", opacity=0.9).encode(
                x=_along("x", alt.X, reach), y=_along("y", alt.Y, reach), text="name:N", color=hue
            ),
            head.mark_text(align="left", baseline="bottom", fontWeight="bold", fontSize=14).encode(
                x=alt.value(0), y=alt.value(-8), text="text:N"
            ),
        )
        .add_params(layer, when, given, words, said)
        .properties(width=440, height=440, description=require_description(description))
    )


def _head(name: str, row: Mapping[Any, Any]) -> str:
    """Say what a frame shows."""
    epochs = int(row["epoch"])
    trained = "untrained" if not epochs else f"{epochs} epoch{'s' if epochs > 1 else ''}"
    return f"{name}, {trained}: test error {row['wrong']:.0%}"


def _along(field: str, channel: Any, reach: float) -> alt.X | alt.Y:
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    made: alt.X | alt.Y = channel(f"{field}:Q", scale=scale, axis=None)
    return made


def describe_film(
    digits: pd.DataFrame,
    layers: pd.DataFrame,
    epochs: pd.DataFrame,
    apart: npt.NDArray[np.float64],
) -> str:
    """Say what the film shows: `apart` is between over within, shape (epochs, layers)."""
    names = ", ".join(digits["name"].unique())
    first, last = (
        ", ".join(f"{name} {ratio:.1f}" for name, ratio in zip(layers["name"], row, strict=True))
        for row in (apart[0], apart[-1])
    )
    return (
        f"{len(digits)} new digits of the classes {names}, as points in a plane through a layer: "
        "the one in which the three classes lie furthest apart. Between the classes over within "
        f"them, in this plane: untrained, {first}; after {int(epochs['epoch'].iloc[-1])} epochs, "
        f"{last}. Sliders choose the layer and the epoch."
    )
