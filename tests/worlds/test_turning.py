"""The turning bar: a loop, an arc and a torus, against symmetries and the bar of `BarWorld`."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bigcurves.worlds import BarWorld, TurningBar
from bigcurves.worlds.bar import HIGHEST, LOWEST


def test_half_a_turn_closes_the_loop_and_less_does_not():
    ends = np.array([[0.0], [1.0]])
    first, last = TurningBar().render(ends)
    assert_allclose(first, last, atol=1e-12)
    first, last = TurningBar(arc=0.75).render(ends)
    assert np.abs(first - last).max() > 0.5


def test_a_quarter_turn_of_the_bar_is_the_picture_transposed():
    """Across and down change places when the angle is measured from the other axis."""
    at = np.linspace(0, 0.5, 6)[:, np.newaxis]
    one = TurningBar().render(at).reshape(-1, 16, 16)
    other = TurningBar().render(0.5 - at).reshape(-1, 16, 16)
    assert_allclose(one.transpose(0, 2, 1), other, atol=1e-12)


def test_it_is_the_bar_world_s_bar():
    """BarWorld with three latents, x and y in the middle, draws the same from another formula."""
    angles = np.linspace(LOWEST[2], HIGHEST[2], 5)
    bars = BarWorld(d=3).render(np.stack([*np.full((2, 5), 0.5), np.linspace(0, 1, 5)], axis=1))
    assert_allclose(TurningBar().render(angles[:, np.newaxis] / np.pi), bars, atol=1e-12)


def test_the_orbit_moves_the_middle_of_the_bar():
    world = TurningBar(orbits=True, side=32)
    latents = np.stack([np.full(4, 0.3), [0, 0.25, 0.5, 0.75]], axis=1)
    brightest = world.render(latents).argmax(axis=1)
    down, across = (((place + 0.5) / 16 - 1) for place in np.unravel_index(brightest, (32, 32)))
    # The pixel nearest the middle has q below 2 (1/32)^2 / .24^2 = .034, so the brightest lies
    # within .7 sqrt(.034) = .13 of the middle, along the bar.
    assert_allclose(across, [0.35, 0, -0.35, 0], atol=0.13)
    assert_allclose(down, [0, 0.35, 0, -0.35], atol=0.13)


def test_both_numbers_go_round_without_a_seam():
    # Of three starts for each of these all lie across the seam, in the first number, in both.
    latents = np.array([[9.326329546259678e-05, 0.5500839817527662], [0.9996345, 0.9988666]])
    world = TurningBar(orbits=True, side=8)
    assert world.project(world.render(latents)).distances.max() < 1e-9


def test_an_arc_ends_at_its_ends():
    world, whole = TurningBar(arc=0.5), TurningBar()
    beyond = whole.render(np.array([[0.55], [0.7], [0.95]]))
    found = world.project(beyond)
    # Turned too far, the nearest picture of the arc is that of the nearer end.
    assert_allclose(found.latents[:, 0], [1, 1, 0], atol=1e-6)
    ends = world.render(np.array([[1.0], [1.0], [0.0]]))
    assert_allclose(found.distances, np.sqrt(((ends - beyond) ** 2).mean(axis=1)), atol=1e-9)


@pytest.mark.parametrize("arc", [0, 1.1])
def test_an_arc_out_of_range_is_named(arc):
    with pytest.raises(ValueError, match=r"arc must be between 0\.01 and 1 half-turns"):
        TurningBar(arc=arc)
