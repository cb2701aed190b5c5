"""The largest hole, against the corners of mirrored Voronoi cells; its law, read both ways."""

from itertools import product

import numpy as np
import pytest
from scipy.spatial import KDTree, Voronoi

from bigcurves.measures import HoleLaw, largest_hole


def exact_hole(points):
    """The deepest place is a Voronoi corner of the points and their mirror images."""
    mirrored = [
        np.where(sides == 0, points, np.where(sides < 0, -points, 2 - points))
        for sides in map(np.array, product((-1, 0, 1), repeat=points.shape[1]))
    ]
    corners = Voronoi(np.vstack(mirrored)).vertices
    inside = corners[((corners > -1e-9) & (corners < 1 + 1e-9)).all(axis=1)]
    cube = np.array(list(product((0.0, 1.0), repeat=points.shape[1])))
    return KDTree(points).query(np.vstack([np.clip(inside, 0, 1), cube]))[0].max()


@pytest.mark.parametrize(("d", "n"), [(2, 100), (2, 1600), (3, 50), (3, 400), (4, 30)])
def test_the_climb_reaches_the_exact_hole(d, n):
    points = np.random.default_rng([d, n]).random((n, d))
    found, exact = largest_hole(points, np.random.default_rng(0)), exact_hole(points)
    assert found <= exact + 1e-12, "no hole is deeper than the deepest"
    # The last moves are 2 % of the hole (0.75^11 / 2), 16 of them, and the depth is linear in
    # them: a shortfall of a few thousandths is the climb's own grain.
    assert found == pytest.approx(exact, rel=5e-3)


def test_on_a_line_holes_are_gaps_between_neighbours():
    places = np.sort(np.random.default_rng(3).random(500))
    between = np.diff(places).max() / 2
    exact = max(between, places[0], 1 - places[-1])
    found = largest_hole(places[:, np.newaxis], np.random.default_rng(0))
    assert found == pytest.approx(exact, rel=5e-3)


def test_one_point_in_a_corner_leaves_the_diagonal():
    found = largest_hole(np.zeros((1, 3)), np.random.default_rng(0))
    assert found == pytest.approx(np.sqrt(3), abs=1e-12)


def test_the_law_is_found_again_and_read_both_ways():
    sizes = np.array([100, 1000, 10_000])
    law = HoleLaw.fit(sizes, 0.8 * (sizes / np.log(sizes)) ** -0.5)
    assert law.power.slope == pytest.approx(-0.5, abs=1e-12)
    assert law.radius(500) == pytest.approx(0.8 * np.sqrt(np.log(500) / 500), rel=1e-12)
    for n in (5, 700, 10**7):
        assert law.samples(law.radius(n)) == pytest.approx(n, rel=1e-9)


def test_a_law_that_never_gets_there_asks_for_endless_samples():
    flat = HoleLaw.fit([100, 1000], [0.7, 0.7])
    assert flat.samples(0.1) == np.inf
    assert HoleLaw.fit([100, 1000], [0.7, 0.7 - 1e-6]).samples(0.1) == np.inf
    assert HoleLaw.fit([100, 1000], [0.5, 0.3]).samples(1e9) == pytest.approx(np.e)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: largest_hole(np.array([[1.5]]), RNG), "points must lie in .0, 1., got 1.5"),
        (lambda: largest_hole(np.zeros((0, 2)), RNG), r"points must have shape .* got \(0, 2\)"),
        (lambda: largest_hole(np.full((3, 2), np.nan), RNG), "points must be finite, got NaN"),
        (lambda: largest_hole(np.zeros((3, 2)), RNG, probes=9), "probes must be finite and in"),
        (lambda: HoleLaw.fit([2, 100], [0.5, 0.1]), "sizes must all be above 2.7"),
        (lambda: HoleLaw.fit([3, 100], [0.5, 0.1]).radius(2), r"n must be finite and in \[3, inf"),
        (lambda: HoleLaw.fit([3, 100], [0.5, 0.1]).samples(0), "radius must be finite and in"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


RNG = np.random.default_rng(0)
