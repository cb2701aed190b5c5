"""A template that slides along a line: what it finds anywhere, and what it loses in a shuffle."""

from collections.abc import Sequence

import altair as alt

from bigcurves.plotting.tables import require_description
from bigcurves.plotting.theme import BLUE, INK, MUTED, VERMILLION

ORDERS = ("as drawn", "shuffled")


def template_chart(
    shapes: dict[str, tuple[float, float, float]],
    template: str,
    order_of_pixels: Sequence[int],
    *,
    place: int = 4,
    description: str,
) -> alt.VConcatChart:
    """Move a shape of three pixels along a line, and see a template's responses follow.

    Everything is computed where the chart is drawn.

    Parameters
    ----------
    shapes
        Brightness of the three pixels of each shape, by its name.
    template
        The shape that is looked for.
    order_of_pixels
        For each pixel of the line, which pixel stands there once they are shuffled.
    place
        Where the shape begins, at first.
    """
    pixels = len(order_of_pixels)
    if sorted(order_of_pixels) != list(range(pixels)):
        raise ValueError(f"order_of_pixels must name each pixel once, got {list(order_of_pixels)}")
    slider = alt.binding_range(min=0, max=pixels - 3, step=1, name="Place of the shape")
    kind = alt.binding_radio(options=list(shapes), name="Shape")
    order = alt.binding_radio(options=list(ORDERS), name="Pixels")
    params = [
        alt.param(name="place", value=place, bind=slider),
        alt.param(name="shape", value=template, bind=kind),
        alt.param(name="order", value=ORDERS[0], bind=order),
        alt.param(name="order_of_pixels", value=list(order_of_pixels)),
        alt.param(
            name="drawn", expr=f"({ ({name: list(s) for name, s in shapes.items()}) })[shape]"
        ),
        alt.param(name="announce", expr="'A ' + shape + ' at ' + place + ', pixels ' + order"),
    ]
    weights = shapes[template]
    norm = sum(w * w for w in weights)
    parts = " + ".join(
        f"{w / norm} * ({_pixel(f'(datum.at + {i})')})" for i, w in enumerate(weights)
    )
    line = alt.Chart(alt.sequence(0, pixels, as_="at")).transform_calculate(
        brightness=_pixel("datum.at"), end="datum.at + 1"
    )
    found = alt.Chart(alt.sequence(0, pixels - 2, as_="at")).transform_calculate(response=parts)
    best = (
        found.transform_window(rank="rank()", sort=[alt.SortField("response", order="descending")])
        .transform_filter("datum.rank == 1")
        .transform_joinaggregate(ties="count()", first="min(at)")
    )
    told = best.transform_filter("datum.at == datum.first").transform_calculate(
        word="'largest ' + format(datum.response, '.2f') + ', at ' + "
        "(datum.ties == 1 ? datum.at : datum.ties + ' places')"
    )
    upper = line.mark_rect(stroke=MUTED, strokeWidth=0.5).encode(
        x=alt.X("at:Q", title=None, axis=None, scale=alt.Scale(domain=[0, pixels], nice=False)),
        x2="end:Q",
        color=alt.Color(
            "brightness:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=["black", "white"])
        ),
    )
    lower = alt.layer(
        found.mark_bar(color=BLUE, width=14).encode(x=_at(pixels), y=_response()),
        best.mark_bar(color=VERMILLION, width=14).encode(x=_at(pixels), y=_response()),
        told.mark_text(align="right", baseline="top", fontWeight="bold", color=INK).encode(
            x=alt.value("width"), y=alt.value(2), text="word:N"
        ),
    )
    both: alt.VConcatChart = (
        alt.vconcat(
            upper.properties(width=500, height=34),
            lower.properties(width=500, height=150),
            spacing=8,
        )
        .resolve_scale(x="independent")
        .add_params(*params)
        .properties(description=require_description(description))
    )
    return both


def _pixel(at: str) -> str:
    """Give the brightness of a pixel of the line, in the order that the reader chose."""
    source = f"(order == '{ORDERS[0]}' ? {at} : order_of_pixels[{at}]) - place"
    return f"({source}) >= 0 && ({source}) < 3 ? drawn[{source}] : 0"


def _at(pixels: int) -> alt.X:
    scale = alt.Scale(domain=[0, pixels], nice=False)
    axis = alt.Axis(tickMinStep=2, grid=False)
    return alt.X("at:Q", title="Where the template is laid", scale=scale, axis=axis)


def _response() -> alt.Y:
    scale = alt.Scale(domain=[-0.2, 1.25], nice=False)
    return alt.Y("response:Q", title="Response", scale=scale, axis=alt.Axis(values=[0, 0.5, 1]))


def describe_template(shapes: Sequence[str], template: str, pixels: int) -> str:
    """Say what the chart holds and what it does."""
    return (
        f"A line of {pixels} pixels with a shape of three on it, and below it the response of a "
        f"template, a {template}, laid at every place. The largest response is marked. Controls "
        f"move the shape, choose it ({', '.join(shapes)}), and shuffle the pixels: as drawn "
        "the largest response is 1 wherever the template's own shape stands; shuffled it is not."
    )
