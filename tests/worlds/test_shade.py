"""The soft edge against scipy's logistic and differences, and the grid of pixels by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import expit

from bigcurves.worlds.shade import pixel_grid, shade, shade_slope

RELATIVE = np.concatenate([np.linspace(0, 3, 61), [10.0, 25.0]])  # squared relative distances


def test_the_spine_is_one_and_the_edge_is_about_two_thirds() -> None:
    spine, edge, outside = shade(np.array([0.0, 1.0, 2.0]))
    assert spine == pytest.approx(1, abs=1e-15)
    assert edge == pytest.approx((1 + np.exp(-1)) / 2)
    assert outside == pytest.approx((1 + np.exp(-1)) / (1 + np.e))


def test_a_shape_fades_like_a_logistic() -> None:
    assert_allclose(shade(RELATIVE.copy()), expit(1 - RELATIVE) / expit(1), rtol=1e-12)


def test_what_is_far_away_is_dark_and_nothing_overflows() -> None:
    dark = shade(np.array([31.0, 40.0, 1e4, 1e300]))
    assert np.all((dark > 0) & (dark < 1.3e-13))


def test_values_take_the_place_of_the_distances() -> None:
    given = np.array([[0.0, 1.0], [2.0, 3.0]])
    assert shade(given) is given
    assert given[0, 0] == pytest.approx(1)


def test_slopes_are_those_of_the_values() -> None:
    step = 1e-5
    ahead, behind = shade(RELATIVE + step), shade(RELATIVE - step)
    values = shade(RELATIVE.copy())
    before = values.copy()
    # A central difference errs by step^2 / 6 and by rounding, 1e-16 / step.
    assert_allclose(shade_slope(values), (ahead - behind) / (2 * step), atol=1e-9)
    assert_array_equal(values, before)


def test_pixels_lie_row_by_row_with_y_pointing_down() -> None:
    across, down = pixel_grid(2)
    assert_array_equal(across, [-0.5, 0.5, -0.5, 0.5])
    assert_array_equal(down, [-0.5, -0.5, 0.5, 0.5])


@pytest.mark.parametrize("side", [1, 3, 10])
def test_pixels_are_the_middles_of_equal_cells_of_the_frame(side: int) -> None:
    across, down = pixel_grid(side)
    edges = np.linspace(-1, 1, side + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    assert_allclose(across.reshape(side, side), np.tile(middles, (side, 1)), atol=1e-15)
    assert_allclose(down.reshape(side, side).T, np.tile(middles, (side, 1)), atol=1e-15)
