"""The charts of the architecture chapter: they draw, compute what they say, refuse bad tables."""

import pandas as pd
import pytest

from bigcurves.chapters.priors.architecture.charts.template import (
    ORDERS,
    describe_template,
    template_chart,
)
from bigcurves.chapters.priors.architecture.charts.what_where import (
    describe_learning,
    describe_what_where,
    learning_chart,
    what_where_chart,
)
from bookkit.charts.compile import compile_layouts, draw

ENDS = {"low": 0.4, "high": 0.6}
SHAPES = {"peak": (0.5, 1.0, 0.5), "dip": (1.0, 0.0, 1.0)}
SCORES = pd.DataFrame({"order": ["as drawn"] * 2, "learner": "network", "n": [5, 20]})
SCORES = SCORES.assign(mean=0.5, **ENDS)
FLIPS = pd.DataFrame({"asked": ["what", "where"], "learner": "line", "chance": [0.1, 0.25]})
FLIPS = FLIPS.assign(mean=[0.5, 0.9], **ENDS)


def template(description="Words.", dealt=(5, 2, 0, 7, 1, 4, 6, 3), **values):
    spec = template_chart(SHAPES, "peak", dealt, place=3, description=description).to_dict()
    for param in spec["params"]:
        param["value"] = values.get(param["name"], param.get("value"))
        if param["value"] is None:
            del param["value"]
    return spec


def picture(spec):
    return draw(compile_layouts(spec)["wide"]).picture


def test_the_template_finds_its_shape_wherever_it_stands():
    for place in (0, 3, 5):
        assert f"largest 1.00, at {place}" in picture(template(place=place))


def test_another_shape_as_bright_answers_less():
    # (1, 0, 1) with (.5, 1, .5), over the template's own 1.5: 1 in place, 1 beside it.
    drawn = picture(template(shape="dip"))
    assert "largest 0.67, at 3 places" in drawn
    assert "largest 1.00" not in drawn


def test_dealt_out_the_template_is_lost():
    # Pixels 3, 4, 5 of the shape go to where `dealt` holds them: 7, 5 and 0, no two neighbours.
    assert "largest 0.67" in picture(template(order=ORDERS[1]))


def test_pixels_must_be_dealt_out_once_each():
    with pytest.raises(ValueError, match="dealt must name each pixel once"):
        template(dealt=(0, 0, 1, 2))


@pytest.mark.parametrize("column", ["learner", "n"])
def test_learning_draws_and_needs_its_columns(column):
    runs = SCORES.rename(columns={"mean": "test"})
    assert picture(learning_chart(runs, SCORES, description="Words.").to_dict())
    with pytest.raises(ValueError, match=column):
        learning_chart(runs, SCORES.drop(columns=column), description="Words.")


def test_what_and_where_draws_and_needs_its_columns():
    assert "line: 90%" in picture(what_where_chart(FLIPS, description="Words.").to_dict())
    with pytest.raises(ValueError, match="chance"):
        what_where_chart(FLIPS.drop(columns="chance"), description="Words.")


def test_words_are_required_and_give_the_figures():
    with pytest.raises(ValueError, match="description"):
        template(description=" ")
    assert "With 20 pictures of each glyph, pixels as drawn: network 50%" in describe_learning(
        SCORES
    )
    assert "where: line 90%, chance 25%" in describe_what_where(FLIPS)
    assert "A line of 8 pixels" in describe_template(list(SHAPES), "peak", 8)
