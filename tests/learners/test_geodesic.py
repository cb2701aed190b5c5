"""Geodesics on shapes whose shortest way is known, and minimax edges by brute force."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import cdist

from bigcurves.learners import (
    connect_pieces,
    geodesic,
    minimax_edges,
    neighbour_graph,
    resample,
)


def arc(n=60, turns=0.75):
    angles = np.linspace(0, 2 * np.pi * turns, n)
    return np.column_stack([np.cos(angles), np.sin(angles)])


def way(points, start, end, neighbours=8):
    return geodesic(neighbour_graph(points, neighbours=neighbours), start, end)


def test_the_path_walks_the_arc_and_not_the_chord():
    path = way(arc(), 0, 59, neighbours=8)
    # Squared costs: k equal hops over a fixed length cost 1 / k, so every point is visited.
    assert_array_equal(path, np.arange(60))


def test_there_and_back_are_one_path():
    points = np.random.default_rng(0).random((200, 2))
    there, back = way(points, 3, 77), way(points, 77, 3)
    assert_array_equal(there, back[::-1])
    assert_array_equal(way(points, 5, 5), [5])


def test_path_cost_is_the_least_by_floyd_warshall():
    points = np.random.default_rng(1).random((25, 3))
    graph = neighbour_graph(points, neighbours=5).toarray()
    costs = np.where(graph > 0, graph, np.inf)
    np.fill_diagonal(costs, 0)
    for k in range(25):
        costs = np.minimum(costs, costs[:, k, None] + costs[None, k, :])
    path = points[way(points, 0, 24, neighbours=5)]
    assert (np.diff(path, axis=0) ** 2).sum() == pytest.approx(costs[0, 24])


def test_edges_are_squared_distances_both_ways():
    points = np.random.default_rng(2).random((30, 2))
    graph = neighbour_graph(points, neighbours=4).toarray()
    assert_array_equal(graph, graph.T)
    assert ((graph > 0).sum(axis=1) >= 4).all()
    assert_allclose(graph[graph > 0], (cdist(points, points) ** 2)[graph > 0])


def test_coinciding_rows_stay_joined():
    points = np.vstack([np.zeros((2, 2)), arc(20)])
    assert way(points, 0, 1, neighbours=1).tolist() == [0, 1]


def test_pieces_are_joined_by_their_shortest_bridges_and_one_piece_is_left_alone():
    places = np.concatenate([np.arange(5), 20 + np.arange(5), 100 + np.arange(5)])[:, np.newaxis]
    points = places[np.random.default_rng(4).permutation(15)].astype(float)
    graph = neighbour_graph(points, neighbours=2)
    joined = connect_pieces(graph, points)
    new = (joined - graph).tocoo()
    ends = {tuple(sorted(points[[i, j], 0])) for i, j in zip(new.row, new.col, strict=True)}
    assert ends == {(4, 20), (24, 100)}
    assert set(new.data) == {16**2, 76**2}
    assert (joined != joined.T).nnz == 0
    assert connect_pieces(joined, points) is joined
    path = geodesic(joined, int(points.argmin()), int(points.argmax()))
    assert points[path, 0].tolist() == sorted(points[path, 0])


def test_separate_parts_are_named():
    points = np.vstack([arc(20), arc(20) + 100])
    with pytest.raises(
        ValueError, match=r"end must be joined to start .* raise the graph's neighbours"
    ):
        way(points, 0, 39, neighbours=3)


def test_resampling_keeps_ends_and_equal_steps():
    path = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 0.0], [3.0, 1.0]])
    assert_allclose(resample(path, 5), [[0, 0], [1, 0], [2, 0], [3, 0], [3, 1]])
    frames = resample(arc(), 101)
    steps = np.linalg.norm(np.diff(frames, axis=0), axis=1)
    assert_allclose(frames[[0, -1]], arc()[[0, -1]], atol=1e-12)
    # Equal along the broken line; across one of its corners (angle .08) a step is shorter.
    assert_allclose(steps, steps.max(), rtol=0.001)
    assert_allclose(resample(path[:1], 3), np.zeros((3, 2)))


def brute_minimax(points):
    edges = cdist(points, points) / math.sqrt(points.shape[1])
    for k in range(len(points)):
        edges = np.minimum(edges, np.maximum(edges[:, k, None], edges[None, k, :]))
    return edges


def test_minimax_edges_match_brute_force():
    points = np.random.default_rng(3).random((40, 3))
    assert_allclose(minimax_edges(points), brute_minimax(points), atol=1e-12)


def test_a_gap_between_two_sets_is_the_bridge():
    left = np.column_stack([np.linspace(0, 1, 11), np.zeros(11)])
    points = np.vstack([left, left + np.array([3, 0])])  # hops of .1, a gap of 2
    edges = minimax_edges(points)
    assert edges[:11, 11:] == pytest.approx(2 / math.sqrt(2))
    assert edges[:11, :11][~np.eye(11, dtype=bool)] == pytest.approx(0.1 / math.sqrt(2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: way(arc(), 0, 60), "end must be between 0 and 59, got 60"),
        (lambda: way(arc(), -1, 5), "start must be between 0 and 59, got -1"),
        (lambda: neighbour_graph(arc(5), neighbours=5), "neighbours must be between 1 and 4"),
        (lambda: neighbour_graph(np.full((5, 2), np.nan)), "points must be finite, got NaN"),
        (lambda: resample(arc(), 1), "frames must be at least 2, got 1"),
        (lambda: minimax_edges(np.ones((1, 2))), r"n at least 2, got \(1, 2\)"),
        (lambda: neighbour_graph(1e-150 * arc()), r"points must lie 1e-140 apart or more, got 6"),
        (lambda: way(arc(), 0, 1.5), "end must be a whole number, got 1.5"),
        (lambda: geodesic(-neighbour_graph(arc()), 0, 1), "graph's costs must all be above 0"),
        (lambda: connect_pieces(neighbour_graph(arc()), arc(59)), "points must have shape .* 60"),
        (lambda: connect_pieces(neighbour_graph(arc()), arc(61)), "be the graph's 60 rows, got 61"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_what_is_no_graph_is_refused():
    for wrong in (None, np.eye(3), neighbour_graph(arc())[:5]):
        with pytest.raises(TypeError, match="graph must be one of neighbour_graph, got a "):
            geodesic(wrong, 0, 1)
