"""Architecture: rows as promised, orders of pixels, a template computed as its chart says."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

from bigcurves.chapters.priors.architecture import architecture, figures
from bigcurves.chapters.priors.architecture.charts.template import (
    ORDERS,
    describe_template,
    template_chart,
)
from bigcurves.chapters.priors.architecture.charts.what_where import (
    describe_learning,
    describe_what_where,
    what_where_chart,
)
from bigcurves.running import runs
from bookkit.charts.compile import compile_layouts, draw

TINY = architecture.Settings(sizes=(2,), test=40, n=2)
ENDS = {"low": 0.4, "high": 0.6}
SHAPES = {"peak": (0.5, 1.0, 0.5), "dip": (1.0, 0.0, 1.0)}
SCORES = pd.DataFrame({"order": ["as drawn"] * 2, "learner": "network", "n": [5, 20]})
SCORES = SCORES.assign(mean=0.5, **ENDS)
FLIPS = pd.DataFrame({"asked": ["what", "where"], "learner": "line", "chance": [0.1, 0.25]})
FLIPS = FLIPS.assign(mean=[0.5, 0.9], **ENDS)


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


# The experiment


def test_rows_are_tidy_and_repeatable():
    table = pd.DataFrame(architecture.run(TINY, 3))
    assert (table["seed"] == 3).all()
    assert not table.duplicated(["part", "order", "task", "learner", "n"]).any()
    assert table.groupby("part").size().to_dict() == {"sizes": 6, "what and where": 4}
    assert table["test"].between(0, 1).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(architecture.run(TINY, 3)))


@pytest.mark.parametrize("order", ["shuffled", "scrambled"])
def test_orders_move_pixels_and_keep_them_all(order):
    natural, what, where = architecture._draw(TINY, 1, 2, "natural")
    moved, *same = architecture._draw(TINY, 1, 2, order)
    assert_array_equal(np.sort(moved, axis=1), np.sort(natural, axis=1))
    assert not (moved == natural).all()
    for before, after in zip((what, where), same, strict=True):
        assert_array_equal(before, after)
    gaps = [np.linalg.norm(X[0] - X[1]) for X in (natural, moved)]
    if order == "shuffled":  # every distance stays
        assert gaps[0] == pytest.approx(gaps[1], rel=1e-12)
    else:
        assert gaps[0] != pytest.approx(gaps[1], rel=1e-3)


def test_the_quarter_is_read_from_where_the_ink_lies():
    X, _, where = architecture._draw(architecture.Settings(test=400), 2, 1, "natural")
    pictures = X.reshape(-1, 20, 20)
    across = pictures.mean(axis=1) @ np.linspace(-1, 1, 20)
    right = where % 2 == 1
    # the ink of a glyph leans to one side at most, its place tells the rest
    assert across[right].mean() > across[~right].mean() + 0.3


# Charts


def template(order_of_pixels=(5, 2, 0, 7, 1, 4, 6, 3), **values):
    spec = template_chart(SHAPES, "peak", order_of_pixels, place=3, description="Words.").to_dict()
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


def test_shuffled_the_template_is_lost():
    # Pixels 3, 4, 5 of the shape go to where the order holds them: 7, 5 and 0, no two neighbours.
    assert "largest 0.67" in picture(template(order=ORDERS[1]))


def test_pixels_must_be_shuffled_once_each():
    with pytest.raises(ValueError, match="order_of_pixels must name each pixel once"):
        template(order_of_pixels=(0, 0, 1, 2))


def test_what_and_where_names_its_bars():
    assert "line: 90%" in picture(what_where_chart(FLIPS, description="Words.").to_dict())


def test_words_give_the_figures():
    assert "With 20 pictures of each glyph, pixels as drawn: network 50%" in describe_learning(
        SCORES
    )
    assert "where: line 90%, chance 25%" in describe_what_where(FLIPS)
    assert "A line of 8 pixels" in describe_template(list(SHAPES), "peak", 8)


# What the page says


def recorded(**where):
    table = runs.run(architecture, seeds=range(3))
    for name, value in where.items():
        table = table[table[name] == value]
    assert len(table) == 3
    return 100 * table["test"]


def test_scores_are_in_percent_with_students_interval(page):
    told = page.numbers
    scores = recorded(part="sizes", order="shuffled", learner="convolution", n=20)
    assert told.conv_shuffled.mean == pytest.approx(scores.mean())
    # Student's t with 2 degrees of freedom: 95% lie within 4.3027.
    reach = 4.3027 * scores.std() / 3**0.5
    assert told.conv_shuffled.high - told.conv_shuffled.mean == pytest.approx(reach, rel=1e-4)
    network = recorded(part="sizes", order="shuffled", learner="network", n=20)
    assert told.lead_shuffled == pytest.approx((scores - network.to_numpy()).mean())
    line = recorded(part="what and where", task="where", learner="linear")
    assert told.where_line == pytest.approx(line.mean())


def test_the_ranking_runs_down_the_scores(page):
    asked = [("natural", "convolution"), ("natural", "network"), ("shuffled", "convolution")]
    asked += [("natural", "1-NN")]  # as the guess lists them
    scores = [
        recorded(part="sizes", order=order, learner=learner, n=20).mean()
        for order, learner in asked
    ]
    ranked = [scores[place - 1] for place in page.numbers.ranking]
    assert sorted(page.numbers.ranking) == [1, 2, 3, 4]
    assert ranked == sorted(scores, reverse=True)


def test_the_network_catches_up_at_the_first_size_that_is_enough(page):
    asked = recorded(part="sizes", order="natural", learner="convolution", n=20).mean()
    reached = [
        recorded(part="sizes", order="natural", learner="network", n=n).mean() >= asked
        for n in (5, 10, 20, 50, 200)
    ]
    assert page.numbers.catch_up == (5, 10, 20, 50, 200)[reached.index(True)]
