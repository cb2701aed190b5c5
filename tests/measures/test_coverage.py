"""Sample gap and covering radius against grids, gaps, Voronoi corners and Poisson points."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import KDTree, Voronoi
from scipy.special import gamma

from bigcurves.measures import covering_radius, sample_gap


def largest_of_probes(probes, points):
    return covering_radius(points, probes=probes)


def test_even_points_on_a_line_have_known_gaps():
    points = (np.arange(10)[:, np.newaxis] + 0.5) / 10
    probes = np.linspace(0, 1, 100_001)[:, np.newaxis]
    # Distances are uniform in [0, 1/20]: their largest is 1/20, their RMS 1/20 / sqrt(3).
    assert covering_radius(points, probes=probes) == pytest.approx(0.05, abs=1e-9)
    assert sample_gap(probes, points) == pytest.approx(0.05 / np.sqrt(3), rel=1e-4)


@pytest.mark.parametrize("d", [2, 3])
def test_the_corner_of_a_grid_cell_is_its_largest_hole(d):
    axes = [(np.arange(4) + 0.5) / 4] * d
    points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, d)
    fine = [np.linspace(0, 1, 33)] * d  # holds every cell corner
    probes = np.stack(np.meshgrid(*fine), axis=-1).reshape(-1, d)
    assert covering_radius(points, probes=probes) == pytest.approx(np.sqrt(d) / 8, abs=1e-12)


def test_random_points_on_a_line_leave_half_their_largest_gap():
    points = np.sort(np.random.default_rng(0).random(50))
    inner, ends = np.diff(points).max() / 2, max(points[0], 1 - points[-1])
    probes = np.linspace(0, 1, 200_001)[:, np.newaxis]
    # Probes lie 5e-6 apart, so they miss the hole's middle by at most half of that.
    assert covering_radius(points[:, np.newaxis], probes=probes) == pytest.approx(
        max(inner, ends), abs=3e-6
    )


@pytest.mark.parametrize("d", [1, 2, 3])
def test_sample_gap_of_uniform_points_follows_the_poisson_law(d):
    """On a torus the mean squared nearest distance is Gamma(1 + 2/d) (V n)^(-2/d)."""
    rng, n = np.random.default_rng(d), 2000
    points, probes = rng.random((n, d)), rng.random((4000, d)) * 0.4 + 0.3  # away from edges
    ball = np.pi ** (d / 2) / gamma(1 + d / 2)
    expected = np.sqrt(gamma(1 + 2 / d)) * (ball * n) ** (-1 / d)
    # Some 2000 x 0.4^d points decide; distances vary by about their mean: 4 standard errors.
    assert sample_gap(probes, points) == pytest.approx(expected, rel=4 / np.sqrt(n * 0.4**d))


@settings(max_examples=30)
@given(m=st.integers(1, 40), n=st.integers(1, 40), d=st.integers(1, 4), seed=st.integers(0, 2**31))
def test_both_follow_their_definition(m, n, d, seed):
    rng = np.random.default_rng(seed)
    probes, points = rng.random((m, d)), rng.random((n, d))
    nearest = [min(np.sqrt(((p - q) ** 2).sum()) for q in points) for p in probes]
    assert covering_radius(points, probes=probes) == pytest.approx(max(nearest))
    assert sample_gap(probes, points) == pytest.approx(np.sqrt(np.mean(np.square(nearest))))


@pytest.mark.parametrize("measure", [sample_gap, largest_of_probes])
@pytest.mark.parametrize(
    ("probes", "points", "message"),
    [
        (np.zeros((0, 2)), np.zeros((1, 2)), r"probes must have shape .* got \(0, 2\)"),
        (np.zeros((1, 2)), np.zeros(2), r"points must have shape .* got \(2,\)"),
        (np.full((1, 2), np.nan), np.zeros((1, 2)), "probes must be finite"),
        (np.zeros((1, 2)), np.zeros((1, 3)), "must have the same d, got 2 and 3"),
    ],
)
def test_bad_input_is_named(measure, probes, points, message):
    with pytest.raises(ValueError, match=message):
        measure(probes, points)


def test_answers_are_python_floats():
    ends = np.array([[0.0], [1.0]])
    assert type(sample_gap(ends, ends)) is float
    assert type(covering_radius(ends, probes=ends)) is float


def climbed(points, **asked):
    return covering_radius(points, method="climb", **({"rng": np.random.default_rng(0)} | asked))


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
    found, exact = climbed(points), exact_hole(points)
    assert found <= exact + 1e-12, "no hole is deeper than the deepest"
    # The last moves are 2 % of the hole (0.75^11 / 2), 16 of them, and the depth is linear in
    # them: a shortfall of a few thousandths is the climb's own grain.
    assert found == pytest.approx(exact, rel=5e-3)


def test_on_a_line_holes_are_gaps_between_neighbours():
    places = np.sort(np.random.default_rng(3).random(500))
    between = np.diff(places).max() / 2
    exact = max(between, places[0], 1 - places[-1])
    found = climbed(places[:, np.newaxis])
    assert found == pytest.approx(exact, rel=5e-3)


def test_one_point_in_a_corner_leaves_the_diagonal():
    found = climbed(np.zeros((1, 3)))
    assert found == pytest.approx(np.sqrt(3), abs=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: climbed(np.array([[1.5]])), "points must lie in .0, 1., got 1.5"),
        (lambda: climbed(np.zeros((0, 2))), r"points must have shape .* got \(0, 2\)"),
        (lambda: climbed(np.full((3, 2), np.nan)), "points must be finite, got NaN"),
        (lambda: climbed(np.zeros((3, 2)), tried=9), "tried must be between 200 and .*, got 9"),
        (lambda: climbed(np.zeros((3, 17))), "points must have at most 16 columns .*, got 17"),
        (lambda: climbed(np.zeros((3, 2)), rng=None), 'rng must be given for the method "climb"'),
        (lambda: covering_radius(np.zeros((3, 2))), 'probes must be given for the method "probes"'),
        (lambda: covering_radius(np.zeros((3, 2)), method="lp"), "probes, climb, got 'lp'"),
    ],
)
def test_a_radius_that_cannot_be_measured_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
