"""Colours, dashes, shapes and words that several charts share, so that a learner keeps its own."""

from typing import Any, TypeAlias

import altair as alt

from bigcurves.plotting.theme import BLUE, GREEN, INK, ORANGE, PAPER, PURPLE, VERMILLION

Layers: TypeAlias = alt.LayerChart | alt.FacetChart  # what Altair says that a layer may be
Figure: TypeAlias = (  # what stands on a page
    alt.Chart | Layers | alt.HConcatChart | alt.VConcatChart | alt.ConcatChart
)
COLOURS = (BLUE, GREEN, ORANGE, PURPLE, VERMILLION, INK)
DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [5, 8], [12, 4])  # a line never has colour alone
DIAMOND: dict[str, Any] = {"shape": "diamond", "size": 220, "color": PAPER, "stroke": INK}
DIAMOND |= {"strokeWidth": 3, "opacity": 1}  # what the reader moves
STROKES: dict[str, Any] = {"symbolType": "stroke", "symbolSize": 400}
HALO: dict[str, Any] = {"color": PAPER, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
OPAQUE = alt.Legend(symbolOpacity=1)  # a legend's symbols are not as pale as single runs
ESTIMATORS = {
    "TwoNN": (BLUE, "circle"),
    "Levina-Bickel": (GREEN, "square"),
    "slope": (ORANGE, "triangle-up"),
}
COIN_LABEL = "datum.value == 0.5 ? 'a coin, 50%' : datum.label"  # never below a mark
