"""Inside or outside: one bar that the reader moves, and the hulls of latents and of images."""

import altair as alt
import pandas as pd

from bigcurves.plotting.kernels import hull_corners, inside_hull, nearest_mixture, shown_latents
from bigcurves.plotting.marks import DIAMOND, Layers
from bigcurves.plotting.picture_kernels import bar_strip
from bigcurves.plotting.tables import require_columns, require_description
from bigcurves.plotting.theme import AXIS, BLUE, VERMILLION

SIDE = 16
IMAGE, STEP = 96, 104  # px of an image of 16 x 16, six to one, and from one to the next
TOP, HEIGHT = 222, 500  # px: where the square of latents begins and ends
MOST_CORNERS = 80  # of the hull of a thousand latents; it has about 30


def hull_chart(latents: pd.DataFrame, *, usual: float, description: str) -> Layers:
    """Let the reader move a bar, and say live whether it is inside either hull.

    Above, the bar, the mixture of images seen that comes nearest to it, and their difference;
    below, the square of latents with those seen, their hull, and the weights of the mixture.

    Parameters
    ----------
    latents
        `number` (0, 1, ...), `x` and `y`: the latents of the images seen, in [0, 1].
    usual
        The usual distance between two images, in RMS pixel values.
    """
    require_columns("latents", latents, {"number", "x", "y"})
    most = len(latents)
    px, py = _place("px", 0.4, "Bar, across"), _place("py", 0.66, "Bar, up")
    count = alt.binding_range(min=10, max=most, step=10, name="Pictures seen")
    n = alt.param(name="n", value=most, bind=count)
    wide = alt.binding_range(min=0.5, max=1, step=0.1, name="Part of the square seen")
    reach = alt.param(name="reach", value=1.0, bind=wide)
    rows = alt.Chart(latents.round(3))
    return (
        alt.layer(
            *_images(),
            *_verdict(usual),
            *_square(rows),
            *_found(rows),
        )
        .add_params(px, py, n, reach, *_live(latents))
        .properties(
            width=520,
            height=HEIGHT,
            description=require_description(description),
            usermeta={"drag": [{"x": "px", "y": "py"}]},
        )
    )


def _place(name: str, value: float, label: str) -> alt.Parameter:
    slider = alt.binding_range(min=0, max=1, step=0.01, name=label)
    return alt.param(name=name, value=value, bind=slider)


def _live(latents: pd.DataFrame) -> list[alt.Parameter]:
    """Compute both hulls on the page, each time that something moves."""
    live = {
        "shown": shown_latents("latents", "n", "reach"),
        "corners": hull_corners("shown"),
        "amongLatents": inside_hull(["px", "py"], "corners"),
        "found": nearest_mixture(["px", "py"], "shown", SIDE),
        "announce": "'Latents ' + (amongLatents ? 'inside' : 'outside') + ', pixels '"
        " + (found.outside ? 'outside' : 'inside')",
    }
    known = alt.param(name="latents", value=latents[["x", "y"]].round(3).to_numpy().tolist())
    return [known, *(alt.param(name=name, expr=expr) for name, expr in live.items())]


def _images() -> list[alt.Chart]:
    """Show the bar, its nearest mixture, and their difference."""
    one = alt.Chart(pd.DataFrame({"row": [0]}))
    parts = {
        "bar": "'new bar'",
        "mixture": "'nearest mixture'",
        "difference": "'gap, \N{MULTIPLICATION SIGN} ' + format(found.brighter, ',.0f')",
    }
    marks = []
    for place, (part, text) in enumerate(parts.items()):
        left = alt.value(STEP * place)
        image = one.transform_calculate(url=bar_strip([[f"found.{part}"]], SIDE))
        words = one.transform_calculate(text=text).mark_text(align="left", baseline="top")
        marks += [
            image.mark_image(
                width=IMAGE, height=IMAGE, smooth=False, align="left", baseline="top"
            ).encode(x=left, y=alt.value(18), url="url:N"),
            words.encode(x=left, y=alt.value(0), text="text:N"),
        ]
    return marks


def _verdict(usual: float) -> tuple[alt.Chart, alt.Chart]:
    """Say inside or outside, by the latents and by the pixels, and by how much."""
    off = f"format(100 * found.gap / {usual:.6g}, '.2~g') + '%'"
    lines = {
        "Latents: ": "amongLatents ? 'inside the hull' : 'outside the hull'",
        "Pixels: ": f"found.outside ? 'outside the hull, by ' + {off} : 'inside the hull'",
    }
    texts = [
        alt.Chart(pd.DataFrame({"row": [0]}))
        .transform_calculate(text=f"'{name}' + ({said})")
        .mark_text(align="left", baseline="top", fontSize=14, fontWeight="bold", color=hue)
        .encode(x=alt.value(0), y=alt.value(130 + 20 * place), text="text:N")
        for place, ((name, said), hue) in enumerate(
            zip(lines.items(), (BLUE, VERMILLION), strict=True)
        )
    ]
    return texts[0], texts[1]


def _square(rows: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Draw the latents seen and their hull."""
    seen = rows.transform_filter("datum.number < n").transform_calculate(across="datum.x * reach")
    corners = alt.Chart(pd.DataFrame({"number": range(MOST_CORNERS)})).transform_filter(
        "datum.number <= length(corners)"
    )
    edge = corners.transform_calculate(
        across="corners[datum.number % length(corners)][0]",
        y="corners[datum.number % length(corners)][1]",
    )
    return (
        seen.mark_point(size=9, color=AXIS, opacity=0.8).encode(x=_at("x"), y=_at("y")),
        edge.mark_line(color=BLUE, strokeWidth=2).encode(x=_at("x"), y=_at("y"), order="number:Q"),
    )


def _found(rows: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Mark the bar, and the images of its nearest mixture by their weights."""
    used = (
        rows.transform_calculate(weight="datum.number < n ? found.weights[datum.number] : 0")
        .transform_filter("datum.weight > 0")
        .transform_calculate(across="datum.x * reach")
    )
    size = alt.Size("weight:Q", scale=alt.Scale(domain=[0, 1], range=[20, 180]), legend=None)
    bar = alt.Chart(pd.DataFrame({"row": [0]})).transform_calculate(across="px", y="py")
    return (
        used.mark_point(color=VERMILLION, opacity=1).encode(x=_at("x"), y=_at("y"), size=size),
        bar.mark_point(**DIAMOND | {"size": 260, "filled": False, "strokeWidth": 2}).encode(
            x=_at("x"), y=_at("y")
        ),
    )


def _at(field: str) -> alt.X | alt.Y:
    """Put latents into the square below the images."""
    if field == "x":
        across = alt.Scale(domain=[0, 1], nice=False)
        axis = alt.Axis(values=[0, 0.5, 1])
        return alt.X("across:Q", title="Latent: place across", scale=across, axis=axis)
    up = alt.Scale(domain=[0, 1], nice=False, range=[HEIGHT, TOP])
    axis = alt.Axis(titleY=TOP - 12, values=[0, 0.5, 1])
    return alt.Y("y:Q", title="Latent: place up and down", scale=up, axis=axis)


def describe_hull(latents: pd.DataFrame, usual: float) -> str:
    """Say what the chart shows before anything is moved."""
    return (
        "Above, three images of 16 by 16 pixels: a bar, the mixture of images seen that comes "
        "nearest to it, and their difference. Below, the square of the two latents with the "
        f"{len(latents):,} seen as dots, a line round all of them, and the bar as a diamond that "
        "can be dragged. Its latents are inside that line, its pixels outside every mixture, by a "
        f"small part of the usual distance between images, {usual:.2g}. Larger dots, close about "
        "the diamond, are the images that the mixture is made of."
    )
