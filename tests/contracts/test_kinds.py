"""Rows of a narrow kind, as pictures of bytes, are measured as their copy in double precision."""

import tracemalloc

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves import distances, measures

KINDS = ("uint8", "int8", "uint32", "float16", "float32", "bool")
CASES = (
    [(kind, 40) for kind in KINDS]
    + [
        (kind, 3)  # where the nearest are asked of a tree, and rows of truth values are all alike
        for kind in KINDS[:-1]
    ]
)


def rng():
    return np.random.default_rng(0)


# Each call with points and a few queries.
CALLS = {
    "two_nn": lambda p, _: measures.two_nn(p),
    "levina_bickel": lambda p, _: measures.levina_bickel(p, k=5),
    "both at once": lambda p, _: measures.two_nn_and_levina_bickel(p, asked=range(50)),
    "slope": lambda p, _: measures.nearest_neighbour_slope(p, rng()),
    "slope of some": lambda p, _: measures.nearest_neighbour_slope(p, rng(), asked=range(64)),
    "sample_gap": lambda p, q: measures.sample_gap(q, p),
    "covering_radius": lambda p, q: measures.covering_radius(p, probes=q),
    "picture_distance": lambda p, q: measures.picture_distance(p[: len(q)], q),
    "manifold_distance": lambda p, _: measures.manifold_distance(p, project=to_origin),
    "inside_hull": measures.inside_hull,
    "hull_distance": measures.hull_distance,
    "project_onto_hull": lambda p, q: measures.project_onto_hull(p, q[0]),
    "separating_direction": lambda p, q: measures.separating_direction(p, q[0]),
    "in_hull_lp": lambda p, q: [measures.in_hull_lp(p, each) for each in q],
    "scatter_ratio": lambda p, _: measures.scatter_ratio(p, thirds(p)),
    "linear_readability": lambda p, q: measures.linear_readability(p, thirds(p), q, thirds(q)),
    "hull_overlap": lambda p, q: measures.hull_overlap(p, thirds(p), q, thirds(q), components=3),
    "neighbour_agreement": lambda p, q: measures.neighbour_agreement(p, thirds(p), q, thirds(q)),
}
MADE_WHOLE = ("picture_distance", "inside_hull", "hull_distance", "separating_direction")
BY_BLOCKS = ("two_nn", "levina_bickel", "both at once", "slope", "sample_gap", "covering_radius")
BY_BLOCKS += ("neighbour_agreement",)


def thirds(rows):
    """Labels by the sum of a row, lowest, middle and highest."""
    return rows.sum(axis=1, dtype=np.float64).argsort(kind="stable").argsort() * 3 // len(rows)


def to_origin(images):
    return type("Projected", (), {"distances": np.linalg.norm(images, axis=1)})


def rows_of(kind, n, features, seed):
    """Draw rows over the whole range of their kind, floats over that of half precision."""
    drawn = np.random.default_rng(seed).random((n, features)) - 0.5
    if kind == "bool":
        return drawn > 0
    if kind.startswith("float"):
        return (drawn * 1.3e5).astype(kind)
    ends = np.iinfo(kind)
    return np.floor(ends.min + (drawn + 0.5) * (ends.max - float(ends.min))).astype(kind)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize(("kind", "features"), CASES)
def test_each_measures_what_it_does_in_double_precision(kind, order, features, name):
    points, queries = (
        np.asarray(rows_of(kind, n, features, seed), order=order) for n, seed in ((200, 1), (9, 2))
    )
    before = points.copy()
    expected = CALLS[name](points.astype(np.float64), queries.astype(np.float64))
    found = CALLS[name](points, queries)
    assert_array_equal(found, expected)  # to the last bit
    assert_array_equal(points, before)


@pytest.mark.parametrize("name", BY_BLOCKS + MADE_WHOLE)
def test_bytes_need_no_more_memory_than_one_copy_in_double_precision(name, monkeypatch):
    monkeypatch.setattr(distances, "MEMORY", 2**20)
    points, queries = rows_of("uint8", 3000, 784, 1), rows_of("uint8", 3000, 784, 2)
    queries = queries[:2] if "hull" in name else queries
    tracemalloc.start()
    try:
        CALLS[name](points, queries)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < (1.25 if name in MADE_WHOLE else 0.95) * 8 * points.size
