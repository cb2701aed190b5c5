"""Strokes against distances walked out anew, a capsule's closed form, and differences."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bigcurves.sample import Floats
from bigcurves.worlds.shade import pixel_grid, shade
from bigcurves.worlds.strokes import draw_strokes, stroke_slopes
from bigcurves.worlds.templates import POINTS


def draw_slowly(points: Floats, half_width: float, side: int) -> Floats:
    """Walk densely along the stroke and take each pixel's nearest step."""
    walk = np.concatenate(
        [a + np.linspace(0, 1, 400)[:, np.newaxis] * (b - a) for a, b in pairwise(points)]
    )
    centres = (np.arange(side) + 0.5) * 2 / side - 1
    image = np.empty((side, side))
    for row, down in enumerate(centres):
        for column, across in enumerate(centres):
            image[row, column] = np.min((walk[:, 0] - across) ** 2 + (walk[:, 1] - down) ** 2)
    q = image.ravel() / half_width**2
    return np.asarray((1 + np.exp(-1)) / (1 + np.exp(np.minimum(q - 1, 30))))


@pytest.mark.parametrize("seed", range(4))
def test_strokes_follow_the_distance_to_a_dense_walk(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.uniform(-0.8, 0.8, (3, POINTS, 2))
    images = draw_strokes(points, np.array([0.08, 0.1, 0.12]), 10)
    # Steps lie at most 2.3 / 400 apart, so a distance errs by below (.003)^2 / 2 / distance;
    # its square by 1e-5, which the narrowest pen magnifies by 1 / .08^2 and the edge by 1/3.
    assert_allclose(images[0], draw_slowly(points[0], 0.08, 10), atol=1e-3)
    assert_allclose(images[2], draw_slowly(points[2], 0.12, 10), atol=1e-3)


def test_a_single_piece_is_a_capsule() -> None:
    """One long straight piece: the closed form of the distance to a segment."""
    points = np.linspace([-0.5, 0.1], [0.5, 0.1], POINTS)[np.newaxis]
    centres = (np.arange(16) + 0.5) / 8 - 1
    across = np.maximum(np.abs(centres) - 0.5, 0)
    squared = across[np.newaxis, :] ** 2 + (centres[:, np.newaxis] - 0.1) ** 2
    expected = shade(squared.ravel() / 0.1**2)
    assert_allclose(draw_strokes(points, np.array([0.1]), 16)[0], expected, atol=1e-12)


def test_a_stroke_looks_the_same_written_backwards() -> None:
    points, pens = scrawl(5)
    assert_allclose(
        draw_strokes(points[:, ::-1], pens, 12), draw_strokes(points, pens, 12), atol=1e-12
    )


@pytest.mark.parametrize("side", [40, 200])  # some rows to a block, and fewer pixels than a row
def test_images_do_not_depend_on_how_many_are_drawn_at_once(side: int) -> None:
    points, pens = scrawl(45 if side == 40 else 3)
    one_by_one = [draw_strokes(points[[i]], pens[[i]], side)[0] for i in range(len(points))]
    # A matrix product may add in another order for another shape: rounding only.
    assert_allclose(draw_strokes(points, pens, side), one_by_one, atol=1e-11)


def test_slopes_match_central_differences() -> None:
    rng, step, side = np.random.default_rng(7), 1e-6, 12
    points, pens = scrawl(6)
    moves, widenings = rng.standard_normal((6, 5, 2, 3)), 0.1 * rng.standard_normal((6, 3))
    slopes = stroke_slopes(points, moves, pens, widenings, side)
    assert slopes.shape == (6, side * side, 3)
    for latent in range(3):
        move, widening = step * moves[..., latent], step * widenings[:, latent]
        ahead = draw_strokes(points + move, pens + widening, side)
        behind = draw_strokes(points - move, pens - widening, side)
        # Where two pieces are equally near a pixel the slope has a kink: rare, seen by few.
        wrong = np.abs(slopes[:, :, latent] - (ahead - behind) / (2 * step)) > 1e-5
        assert wrong.mean() < 2e-3


def test_a_wider_pen_alone_brightens_by_the_closed_form() -> None:
    """By the chain rule with q = (distance / r)^2, dq/dr = -2 q / r, one piece and no move."""
    points = np.array([[[-0.4, 0.0], [0.4, 0.0]]])
    slopes = stroke_slopes(points, np.zeros((1, 2, 2, 1)), np.array([0.2]), np.ones((1, 1)), 9)
    centres = (np.arange(9) + 0.5) * 2 / 9 - 1
    beyond = np.maximum(np.abs(centres) - 0.4, 0)
    q = (beyond**2 + centres[:, np.newaxis] ** 2).ravel() / 0.2**2
    logistic = 1 / (1 + np.exp(q - 1))
    expected = (1 + np.exp(-1)) * logistic * (1 - logistic) * 2 * q / 0.2
    # Nothing is darker than shade's floor, 1e-13, whose slope is that of the floor.
    assert_allclose(slopes[0, :, 0], expected, atol=1e-9)


def scrawl(n: int) -> tuple[Floats, Floats]:
    """Draw control points and pens of n strokes of four pieces."""
    rng = np.random.default_rng(n)
    return rng.uniform(-0.8, 0.8, (n, 5, 2)), rng.uniform(0.07, 0.15, n)


def test_a_point_that_comes_twice_changes_nothing() -> None:
    """The piece between the two has no direction, and used to paint the whole picture."""
    points, pens = scrawl(4)
    twice = np.insert(points, 3, points[:, 3], axis=1)
    images = draw_strokes(points, pens, 12)
    assert images.min() < 1e-6
    assert_allclose(draw_strokes(twice, pens, 12), images, atol=1e-12)
    moves, widenings = np.ones((4, points.shape[1], 2, 1)), np.full((4, 1), 0.1)
    assert_allclose(
        stroke_slopes(twice, np.insert(moves, 3, moves[:, 3], axis=1), pens, widenings, 12),
        stroke_slopes(points, moves, pens, widenings, 12),
        atol=1e-12,
    )


def test_a_stroke_that_goes_nowhere_is_a_dot() -> None:
    across, down = pixel_grid(16)
    dot = shade(((across - 0.2) ** 2 + (down + 0.1) ** 2) / 0.3**2)
    points = np.tile([0.2, -0.1], (1, POINTS, 1))
    assert_allclose(draw_strokes(points, np.array([0.3]), 16), [dot], atol=1e-12)
