"""What several charts share: each learner can be told from every other, with and without colour."""

from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest

from bigcurves.plotting import marks, theme
from bookkit.charts.compile import compile_layouts
from bookkit.charts.draw import pictures_of

TABLE = pd.DataFrame({"n": [1.0, 2.0], "share": [0.5, 0.75], "who": ["a", "b"]})
BASE = alt.Chart(TABLE, description="Words.").encode(x="n:Q", y="share:Q")


def drawn(chart: marks.Figure) -> ElementTree.Element:
    """Compile a chart as the book does, and draw it."""
    (picture,) = pictures_of([compile_layouts(chart.to_dict())["wide"]])
    return ElementTree.fromstring(picture)


def test_every_colour_has_its_dark_twin_and_its_dash() -> None:
    assert len(set(marks.COLOURS)) == len(marks.COLOURS) == len(marks.DASHES)
    assert {theme.DARK[colour] for colour in marks.COLOURS}.isdisjoint(marks.COLOURS)


def test_no_two_lines_look_alike_even_without_colour() -> None:
    lines = [(hue, *dash) for hue, dash in zip(marks.COLOURS, marks.DASHES, strict=True)]
    assert len(set(lines)) == len(lines)
    assert all(one != other for one, other in combinations(marks.DASHES, 2))
    assert all(len(dash) % 2 == 0 for dash in marks.DASHES), "a stroke, then its gap"


def test_estimators_differ_in_colour_and_in_shape() -> None:
    for one, other in combinations(marks.ESTIMATORS.values(), 2):
        assert one[0] != other[0]
        assert one[1] != other[1]


def test_a_coin_has_its_name_on_the_axis_and_other_shares_their_number() -> None:
    axis = alt.Axis(values=[0.25, 0.5, 0.75], format=".0%", labelExpr=marks.COIN_LABEL)
    picture = drawn(BASE.mark_point().encode(y=alt.Y("share:Q", axis=axis)))
    labels = [text for text in picture.itertext() if "%" in text]
    assert sorted(labels) == ["25%", "75%", "a coin, 50%"]


@pytest.mark.parametrize(
    ("chart", "looks"),
    [
        (
            BASE.mark_point(**marks.DIAMOND),
            {"stroke": theme.INK, "fill": theme.PAPER, "stroke-width": "3", "opacity": "1"},
        ),
        (
            BASE.mark_text(**marks.HALO, text="word"),
            {"stroke": theme.PAPER, "fill": theme.PAPER, "stroke-width": "4"},
        ),
    ],
    ids=["diamond", "halo"],
)
def test_what_the_reader_moves_and_a_words_halo_are_drawn_as_said(
    chart: alt.Chart, looks: dict[str, str]
) -> None:
    found = [part.attrib for part in drawn(chart).iter() if part.get("stroke") == looks["stroke"]]
    assert len(found) == len(TABLE)
    for each in found:
        assert {name: each.get(name, "1") for name in looks} == looks


def test_in_a_legend_pale_marks_are_opaque_and_lines_are_strokes() -> None:
    pale = BASE.mark_point(opacity=0.25).encode(color=alt.Color("who:N", legend=marks.OPAQUE))
    lines = BASE.mark_line().encode(color=alt.Color("who:N", legend=alt.Legend(**marks.STROKES)))
    assert {float(symbol.get("opacity", 1)) for symbol in symbols(drawn(pale))} == {1.0}
    paths = {symbol.get("d") for symbol in symbols(drawn(lines))}
    assert paths == {"M-10,0L10,0"}, "20 pixels, the side of a square of 400"


def test_a_figure_is_any_chart_that_stands_on_a_page() -> None:
    one = BASE.mark_point()
    charts: list[Any] = [one, one + one, one | one, one & one, alt.concat(one), one.facet("who:N")]
    assert all(isinstance(chart, marks.Figure) for chart in charts)
    assert [isinstance(chart, marks.Layers) for chart in charts] == [False, True] + 3 * [False] + [
        True
    ]


def symbols(picture: ElementTree.Element) -> list[ElementTree.Element]:
    """List the marks of a picture's legends."""
    groups = [part for part in picture.iter() if "role-legend-symbol" in part.get("class", "")]
    return [path for group in groups for path in group.iter() if path.tag.endswith("path")]
