"""Styles: each name has its colour, its dash and its mark, and a legend no dashes."""

import pytest

from bigcurves.plotting.styles import dash, hue, shape
from bigcurves.plotting.theme import BLUE, GREEN

STYLE = {"one": (BLUE, [1, 0], "circle"), "two": (GREEN, [7, 3], "square")}


@pytest.mark.parametrize(
    ("channel", "look", "more"), [(hue, 0, []), (dash, 1, [[1, 0]]), (shape, 2, [])]
)
def test_names_are_told_apart_by_each_channel(channel, look, more):
    made = channel("line", STYLE).to_dict()
    assert made["field"] == "line"
    assert made["scale"]["domain"][:2] == ["one", "two"]
    assert made["scale"]["range"] == [*(each[look] for each in STYLE.values()), *more]


def test_dashes_stay_out_of_the_legend_of_colours_and_marks():
    made = dash("line", STYLE).to_dict()
    assert made["legend"] is None
    assert made["scale"]["domain"] != hue("line", STYLE).to_dict()["scale"]["domain"]
    assert hue("line", STYLE).to_dict()["legend"] == shape("line", STYLE).to_dict()["legend"]
