"""The styles against matrices, one by one, and what none of them may change."""

from dataclasses import fields

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.sample import Floats
from bigcurves.worlds import GlyphWorld
from bigcurves.worlds.styles import STYLES, bend
from bigcurves.worlds.templates import POINTS

SQUARE = np.array([[[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]])


def test_styles_bend_as_matrices_do() -> None:
    rng = np.random.default_rng(5)
    style = {name: rng.uniform(-0.5, 0.5, 3) for name in STYLES} | {"turn": np.array([-40, 0, 130])}
    points = rng.uniform(-1, 1, (3, POINTS, 2))
    bent = bend(points, style)
    for row in range(3):
        s = {name: numbers[row] for name, numbers in style.items()}
        size = np.diag(np.exp([s["scale"] - s["aspect"], s["scale"] + s["aspect"]]))
        lean = np.array([[1, -s["slant"]], [0, 1]])
        cos, sin = np.cos(np.pi * s["turn"] / 180), np.sin(np.pi * s["turn"] / 180)
        turned = points[row] @ (np.array([[cos, -sin], [sin, cos]]) @ lean @ size).T
        assert_allclose(bent[row] - turned, [(s["x"], s["y"])] * POINTS, atol=1e-12)
    upright = dict.fromkeys(STYLES, np.zeros(1))
    top = bend(np.array([[[0.0, -1.0]]]), upright | {"slant": np.array([0.3])})
    assert_allclose(top, [[[0.3, -1]]], err_msg="the top leans to the right")


@pytest.mark.parametrize(
    ("style", "corner"),  # where the lower right corner, (1, 1), ends
    [
        ({}, (1, 1)),
        ({"x": 0.2, "y": -0.3}, (1.2, 0.7)),
        ({"turn": 90.0}, (-1, 1)),  # y points down: with the clock
        ({"turn": 90.0, "x": 0.5}, (-0.5, 1)),  # the shift comes last
        ({"slant": 0.25}, (0.75, 1)),
        ({"scale": np.log(2)}, (2, 2)),
        ({"aspect": np.log(2)}, (0.5, 2)),
        ({"thickness": 0.5, "dimming": 0.5}, (1, 1)),  # these are not the points' matter
    ],
)
def test_a_corner_goes_where_one_style_takes_it(
    style: dict[str, float], corner: tuple[float, float]
) -> None:
    assert_allclose(bend(SQUARE, styled(**style))[0, 2], corner, atol=1e-12)


def test_only_the_scale_changes_the_area() -> None:
    bent = bend(SQUARE, styled(x=0.3, turn=37.0, slant=0.6, scale=0.2, aspect=0.4))[0]
    x, y = bent.T
    area = np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) / 2  # Gauss's shoelaces
    assert area == pytest.approx(4 * np.exp(2 * 0.2))


def test_a_turn_back_undoes_a_turn() -> None:
    points = np.random.default_rng(0).uniform(-1, 1, (1, POINTS, 2))
    there = bend(points, styled(turn=123.0))
    assert_allclose(np.linalg.norm(there, axis=2), np.linalg.norm(points, axis=2))
    assert_allclose(bend(there, styled(turn=-123.0)), points, atol=1e-12)


def test_bending_leaves_the_points_as_they_were() -> None:
    before = SQUARE.copy()
    bend(SQUARE, styled(x=0.3, turn=20.0, scale=0.1))
    assert_array_equal(SQUARE, before)


def test_every_style_is_a_field_of_the_glyph_world_in_the_same_order() -> None:
    names = [field.name for field in fields(GlyphWorld)]
    assert [name for name in names if name in STYLES] == list(STYLES)


@pytest.mark.parametrize("name", STYLES)
def test_the_largest_reach_of_a_style_is_allowed_and_no_more(name: str) -> None:
    most, _ = STYLES[name]
    GlyphWorld(**{name: most})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=f"{name} must be between 0 and {most}"):
        GlyphWorld(**{name: most * 1.01})  # type: ignore[arg-type]


def styled(**style: float) -> dict[str, Floats]:
    """Write out one row's styles, those not named being none."""
    return {name: np.array([style.get(name, 0.0)]) for name in STYLES}
