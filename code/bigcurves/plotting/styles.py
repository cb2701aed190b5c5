"""Lines and points told apart by name, in colour, dash and mark at once: never by colour alone."""

from typing import TypeAlias

import altair as alt

from bigcurves.plotting.marks import OPAQUE

ChartStyle: TypeAlias = dict[str, tuple[str, list[int], str]]  # colour, dash and mark by name


def hue(field: str, style: ChartStyle, legend: alt.Legend = OPAQUE) -> alt.Color:
    """Colour lines by name."""
    scale = alt.Scale(domain=list(style), range=[colour for colour, _, _ in style.values()])
    return alt.Color(f"{field}:N", scale=scale, title=None, legend=legend)


def dash(field: str, style: ChartStyle) -> alt.StrokeDash:
    """Dash lines by name, outside the legend, whose marks would get dashed outlines."""
    # Legends of one domain are merged, even those that are switched off: so one name more.
    scale = alt.Scale(
        domain=[*style, "none"], range=[*(dashes for _, dashes, _ in style.values()), [1, 0]]
    )
    return alt.StrokeDash(f"{field}:N", scale=scale, legend=None)


def shape(field: str, style: ChartStyle, legend: alt.Legend = OPAQUE) -> alt.Shape:
    """Shape points by name, in the same legend."""
    scale = alt.Scale(domain=list(style), range=[mark for _, _, mark in style.values()])
    return alt.Shape(f"{field}:N", scale=scale, title=None, legend=legend)
