"""The templates: even strokes inside the frame, corners by hand, arcs on their ellipses."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bigcurves.sample import Floats
from bigcurves.worlds.templates import MORPHS, POINTS, TEMPLATES

every_glyph = pytest.mark.parametrize("glyph", TEMPLATES)
every_morph = pytest.mark.parametrize(("first", "last"), MORPHS)


@every_glyph
def test_every_template_is_one_even_stroke_inside_the_frame(glyph: str) -> None:
    points = TEMPLATES[glyph]
    assert points.shape == (POINTS, 2)
    assert np.abs(points).max() <= 0.66
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    assert steps.max() < 2.5 * np.median(steps)  # no leap of the pen


@pytest.mark.parametrize(
    ("glyph", "corners"),
    [
        ("1", [(-0.28, -0.38), (0.05, -0.65), (0.05, 0.65)]),
        ("4", [(0.2, 0.65), (0.2, -0.65), (-0.45, 0.2), (0.5, 0.2)]),
        ("7", [(-0.42, -0.6), (0.42, -0.6), (-0.1, 0.65)]),
        ("L", [(-0.35, -0.65), (-0.35, 0.62), (0.42, 0.62)]),
    ],
)
def test_a_straight_stroke_keeps_its_corners_and_shares_its_points_by_length(
    glyph: str, corners: list[tuple[float, float]]
) -> None:
    lengths = [np.hypot(*np.subtract(b, a)) for a, b in pairwise(corners)]
    places = [int(np.linalg.norm(TEMPLATES[glyph] - corner, axis=1).argmin()) for corner in corners]
    for (a, b), (first, last), length in zip(
        pairwise(corners), pairwise(places), lengths, strict=True
    ):
        walked = TEMPLATES[glyph][first : last + 1]
        assert_allclose(walked, np.linspace(a, b, last - first + 1), atol=1e-12)
        assert abs(last - first - (POINTS - 1) * length / sum(lengths)) < 1
    assert (places[0], places[-1]) == (0, POINTS - 1)


@pytest.mark.parametrize(("glyph", "radii"), [("0", (0.42, 0.65)), ("O", (0.52, 0.52))])
def test_a_ring_goes_once_round_its_ellipse(glyph: str, radii: tuple[float, float]) -> None:
    x, y = (TEMPLATES[glyph] / radii).T
    # A point may lie between two of the 200 of which the arc is made: 1 - cos(.9 degrees) inside.
    assert_allclose(np.hypot(x, y), 1, atol=1.3e-4)
    assert_allclose(TEMPLATES[glyph][[0, -1]], [[0, -radii[1]]] * 2, atol=1e-12)
    # By the left: against the clock where y points down.
    angles = np.degrees(np.unwrap(np.arctan2(y, x)))
    assert angles[-1] - angles[0] == pytest.approx(-360)


def test_a_nine_is_a_six_after_half_a_turn() -> None:
    assert_array_equal(TEMPLATES["9"], -TEMPLATES["6"])


@every_morph
def test_no_morph_collapses_on_its_way(first: str, last: str) -> None:
    """A half-way shape keeps its size: each point's spread stays above 80 % of the ends'."""
    middle = (TEMPLATES[first] + TEMPLATES[last]) / 2
    smaller = min(TEMPLATES[first].std(axis=0).prod(), TEMPLATES[last].std(axis=0).prod())
    assert middle.std(axis=0).prod() > 0.64 * smaller


@every_morph
def test_both_glyphs_of_a_morph_turn_the_same_way(first: str, last: str) -> None:
    assert turning(TEMPLATES[first]) * turning(TEMPLATES[last]) > 0


def test_no_two_glyphs_are_the_same_and_none_can_be_exchanged() -> None:
    assert len({points.tobytes() for points in TEMPLATES.values()}) == len(TEMPLATES)
    with pytest.raises(TypeError, match="does not support item assignment"):
        TEMPLATES["0"] = TEMPLATES["O"]  # type: ignore[index]


def turning(points: Floats) -> float:
    """Add up by how many degrees the pen turns; with the clock is above 0, y pointing down."""
    ahead = np.diff(points, axis=0)
    angles = np.unwrap(np.arctan2(ahead[:, 1], ahead[:, 0]))
    return float(np.degrees(angles[-1] - angles[0]))
