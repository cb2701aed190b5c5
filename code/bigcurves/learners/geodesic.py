"""Paths along the data: many short hops between neighbours, and the widest gap on the way."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import cophenet, linkage
from scipy.sparse import csr_matrix, issparse
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial.distance import pdist

from bigcurves.distances import apart, nearest, nearest_others, unit_of
from bigcurves.sample import Floats
from bigcurves.validation import require_rows, require_values, require_whole

LEAST = 1e-140  # between points: squares of less than it vanish


def neighbour_graph(points: npt.ArrayLike, *, neighbours: int = 8) -> Any:
    """Join each row of points (n, features) to its nearest rows: a sparse (n, n) matrix.

    Hops cost the squared distance, so that a path of many short hops is cheaper than one of
    few long ones. An edge that either end has chosen goes both ways.
    """
    points = require_rows("points", points, least=2)
    neighbours = require_whole("neighbours", neighbours, 1, len(points) - 1)
    n = len(points)
    places, far = nearest_others(points, np.arange(n), neighbours)
    if 0 < far.max() < LEAST:
        raise ValueError(f"points must lie {LEAST:g} apart or more, got {far.max():g}")
    # Rows that coincide are joined at the least cost there is: a stored 0 would be no edge.
    costs = np.maximum(far.ravel() ** 2, np.finfo(float).tiny)
    graph = csr_matrix((costs, places.ravel(), neighbours * np.arange(n + 1)), shape=(n, n))
    return graph.maximum(graph.T)


def connect_pieces(graph: Any, points: npt.ArrayLike) -> Any:
    """Join the pieces of a neighbour graph of points (n, features) by their shortest bridges.

    On some draws a few rows have none but each other for neighbours, and no path leads out. Each
    piece is joined to the others at its two nearest rows; a bridge costs its squared length, as
    every edge does. A graph of one piece is returned as it is.
    """
    rows = require_rows("points", points, least=_nodes(graph))
    if len(rows) > graph.shape[0]:
        raise ValueError(f"points must be the graph's {graph.shape[0]} rows, got {len(rows)}")
    count, pieces = connected_components(graph, directed=False)
    for _ in range(count - 1):  # the piece of row 0 grows by the one nearest to it
        inside, outside = np.flatnonzero(pieces == 0), np.flatnonzero(pieces)
        near, gaps = (found[:, 0] for found in nearest(rows[outside], rows[inside], 1))
        ends = inside[gaps.argmin()], outside[near[gaps.argmin()]]
        cost = max(float(gaps.min()) ** 2, np.finfo(float).tiny)
        graph = graph + csr_matrix(([cost, cost], (ends, ends[::-1])), shape=graph.shape)
        pieces[pieces == pieces[ends[1]]] = 0
    return graph


def geodesic(graph: Any, start: int, end: int) -> npt.NDArray[np.intp]:
    """Return the rows that the cheapest path from row `start` to row `end` visits, in order.

    `graph` comes from `neighbour_graph`. It is Isomap's (Tenenbaum et al. 2000), with
    squared distances for costs.

    Raises
    ------
    ValueError
        If a row does not exist, or no chain of neighbours joins the two.
    """
    last = _nodes(graph) - 1
    start, end = require_whole("start", start, 0, last), require_whole("end", end, 0, last)
    costs, before = dijkstra(graph, indices=start, return_predecessors=True)
    if not np.isfinite(costs[end]):
        raise ValueError(
            f"end must be joined to start by neighbours, got {start} and {end} in separate "
            "parts: raise the graph's neighbours, or use connect_pieces"
        )
    path = [end]
    while path[-1] != start:
        path.append(int(before[path[-1]]))
    return np.array(path[::-1], dtype=np.intp)


def resample(path: npt.ArrayLike, frames: int) -> Floats:
    """Return `frames` rows at equal steps of length along a broken line of rows, ends kept."""
    rows = require_rows("path", path)
    frames = require_whole("frames", frames, 2)
    hops = apart(rows[1:], rows[:-1])
    moved = np.append(True, hops > 0)  # a hop of no length has no direction
    rows, walked = rows[moved], np.append(0, np.cumsum(hops))[moved]
    if len(rows) == 1:
        return np.repeat(rows, frames, axis=0)
    stops = np.linspace(0, walked[-1], frames)
    hop = np.clip(np.searchsorted(walked, stops, side="right") - 1, 0, len(rows) - 2)
    share = ((stops - walked[hop]) / (walked[hop + 1] - walked[hop]))[:, np.newaxis]
    return np.asarray((1 - share) * rows[hop] + share * rows[hop + 1])


def minimax_edges(points: npt.ArrayLike) -> Floats:
    """Return, for each two rows, the widest hop that no path between them can avoid.

    Shape (n, n), in root-mean-square distance per feature. This is the height at which
    single linkage joins the two: the widest edge on their way along the minimum spanning
    tree. Between classes that share no in-between shapes it stays as samples are added.
    """
    rows = require_rows("points", points, least=2)
    unit = unit_of(rows)
    heights = unit * cophenet(linkage(pdist(rows / unit), method="single"))
    edges = np.zeros((len(rows), len(rows)))
    edges[np.triu_indices(len(rows), k=1)] = heights / np.sqrt(rows.shape[1])
    return edges + edges.T


def _nodes(graph: Any) -> int:
    """Count the rows of a graph, or refuse what is none."""
    if not issparse(graph) or graph.shape[0] != graph.shape[1]:
        raise TypeError(f"graph must be one of neighbour_graph, got a {type(graph).__name__}")
    if graph.nnz:
        require_values("graph's costs", graph.data, above=0)
    return int(graph.shape[0])
