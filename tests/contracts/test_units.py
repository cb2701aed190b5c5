"""What is measured does not depend on where the rows lie, nor on their unit.

Rows are multiples of 2^-20, so that a shift by 2^27 (as of milliseconds, or of metres on a map)
and a unit of a power of two round nothing: all that differs is what a measure loses by itself.
"""

from operator import attrgetter

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bigcurves import learners, measures

GRAIN = 2.0**-20
SHIFT = 2.0**27
UNITS = {"1e-12": 2.0**-40, "1": 1.0, "1e12": 2.0**40}


def rows(n, features, seed):
    drawn = np.random.default_rng(seed).random((n, features))
    return np.round(drawn / GRAIN) * GRAIN


def rng():
    return np.random.default_rng(0)


def coded(made):
    """Isomap's coordinates without their signs."""
    return np.abs(made[0])


def thirds(made):
    """Labels by the first column: the lowest third of the rows, the middle and the highest."""
    return made[:, 0].argsort().argsort() * 3 // len(made)


def labelled(p, q):
    return p, thirds(p), q, thirds(q)


# Each call with points and a few queries, and what a unit does to its answer: 0 nothing, 1 all.
CALLS = {
    "two_nn": (0, lambda p, _: measures.two_nn(p)),
    "levina_bickel": (0, lambda p, _: measures.levina_bickel(p)),
    "both at once": (0, lambda p, _: measures.two_nn_and_levina_bickel(p, asked=range(50))),
    "slope": (0, lambda p, _: measures.nearest_neighbour_slope(p, rng())),
    "slope of some": (0, lambda p, _: measures.nearest_neighbour_slope(p, rng(), asked=range(64))),
    "sample_gap": (1, lambda p, q: measures.sample_gap(q, p)),
    "covering_radius": (1, lambda p, q: measures.covering_radius(p, probes=q)),
    "inside_hull": (0, measures.inside_hull),
    "share_inside_hull": (0, measures.share_inside_hull),
    "hull_distance": (1, measures.hull_distance),
    "in_hull_lp": (0, lambda p, q: [measures.in_hull_lp(p, each) for each in q]),
    "separated": (0, lambda p, q: [measures.separating_direction(p, e) is None for e in q]),
    "picture_distance": (1, lambda p, q: measures.picture_distance(p[: len(q)], q)),
    "minimax_edges": (1, lambda p, _: learners.minimax_edges(p[:100])),
    "graph": (2, lambda p, _: learners.neighbour_graph(p, neighbours=4).toarray()),
    "path": (0, lambda p, _: learners.geodesic(learners.neighbour_graph(p), 0, 9)),
    "bridges": (
        2,
        lambda p, _: learners.connect_pieces(
            learners.neighbour_graph(p, neighbours=1), p
        ).toarray(),
    ),
    "weights of a blend": (0, lambda p, q: learners.blend_neighbours(p, q, neighbours=5).weights),
    "gap of a blend": (1, lambda p, q: learners.blend_neighbours(p, q, neighbours=5).residuals),
    "nested_nearest": (
        0,
        lambda p, q: [found for _, found in learners.nested_nearest(p, q, SIZES)],
    ),
    "nested_laplace_ridge": (
        0,
        lambda p, q: [found for _, found in learners.nested_laplace_ridge(p, LABELS, q, SIZES)],
    ),
    "isomap_coder": (1, lambda p, _: coded(learners.isomap_coder(p[:80], d=1))),
    "scatter_ratio": (0, lambda p, _: measures.scatter_ratio(p, thirds(p))),
    "linear_readability": (0, lambda p, q: measures.linear_readability(*labelled(p, q))),
    "hull_overlap": (0, lambda p, q: measures.hull_overlap(*labelled(p, q), components=2)),
    "neighbour_agreement": (0, lambda p, q: measures.neighbour_agreement(*labelled(p, q))),
    "kernel_decoder": (0, lambda p, q: learners.kernel_decoder(p[:, :2], LABELS)(q[:, :2])),
}
IN_FEW = {"inside_latent_hull": (0, measures.inside_latent_hull)}
LOSES = {"kernel_decoder": 1e-5}  # whose ridge of 1e-8 multiplies all rounding by its inverse
SIZES = (50, 120, 300)
LABELS = rows(300, 1, 9)
CASES = [(name, features) for name in CALLS for features in (2, 20)] + [
    (name, 2) for name in IN_FEW
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("shift", [0.0, SHIFT], ids=["here", "far away"])
@pytest.mark.parametrize(("name", "features"), CASES)
def test_neither_place_nor_unit_changes_what_is_measured(name, features, shift, unit):
    power, call = (CALLS | IN_FEW)[name]
    points, queries = rows(300, features, 1), rows(20, features, 2)
    expected = np.asarray(call(points, queries), dtype=float)
    scale = UNITS[unit]
    found = np.asarray(call(scale * (points + shift), scale * (queries + shift)), dtype=float)
    # The queries are far enough from the hull's border, and no two distances nearly alike.
    lost = LOSES.get(name, 1e-9)
    assert_allclose(found / scale**power, expected, rtol=1e-6 + lost, atol=lost)
    assert np.ptp(expected) > 0 or expected.size == 1 or "hull" in name or "separated" in name


ROWS, WIDE = rows(80, 3, 3), rows(30, 20, 4)
Y = rows(80, 1, 5).ravel()
X, HEIGHTS, GRID = np.sort(rows(7, 1, 6).ravel()), rows(7, 1, 7).ravel(), np.linspace(0.1, 0.9, 5)


def curve(name):
    return lambda x, grid: learners.draw_curve(name, x, HEIGHTS, grid, random_state=0)


@pytest.mark.parametrize("unit", [2.0**-30, 2.0**-10, 2.0**10, 2.0**40])
@pytest.mark.parametrize("name", learners.CURVES)
def test_a_curve_is_the_same_in_each_unit(name, unit):
    """Powers of two round nothing; what is trained, or of least norm, has units of its own near 1.

    Those two are therefore compared with themselves in one that is far from it.
    """
    far = 2.0**-40 if name in ("small MLP", "random ReLU") else 1.0
    expected = curve(name)(far * X, far * GRID)
    assert_allclose(curve(name)(unit * X, unit * GRID), expected, rtol=1e-6)
    expected = learners.draw_curve(name, X, far * HEIGHTS, GRID, random_state=0)
    scaled = learners.draw_curve(name, X, unit * HEIGHTS, GRID, random_state=0)
    assert_allclose(scaled / unit, expected / far, rtol=1e-6)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_laws_and_intervals_keep_their_exponents(unit):
    sizes, errors = np.array([10, 100, 1000.0]), np.array([0.5, 0.2, 0.03])
    law, scaled = measures.power_law(sizes, errors), measures.power_law(unit * sizes, unit * errors)
    for part in map(attrgetter, ("slope", "standard_error", "r_squared")):
        assert part(scaled) == pytest.approx(part(law), rel=1e-9)
    assert scaled.at(50 * unit) == pytest.approx(unit * law.at(50), rel=1e-9)
    assert scaled.size_for(0.1 * unit) == pytest.approx(unit * law.size_for(0.1), rel=1e-9)
    known = {"sizes": unit * sizes, "errors": unit * errors}
    found = measures.effective_sample_size(0.1 * unit, **known)
    assert found / unit == pytest.approx(
        measures.effective_sample_size(0.1, sizes=sizes, errors=errors), rel=1e-9
    )
    explained = measures.collapse_r_squared(unit * ROWS[:, :2], unit * Y)
    assert explained == pytest.approx(measures.collapse_r_squared(ROWS[:, :2], Y), rel=1e-9)
    assert measures.t_interval(unit * Y).low / unit == pytest.approx(measures.t_interval(Y).low)
    assert_allclose(measures.frequency_power(unit * WIDE), measures.frequency_power(WIDE))
    assert_allclose(measures.quantise(unit * Y, 5) / unit, measures.quantise(Y, 5), rtol=1e-9)
