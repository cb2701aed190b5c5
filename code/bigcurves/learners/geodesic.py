"""Paths along the data: many short hops between neighbours, and the widest gap on the way."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import cophenet, linkage
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial.distance import pdist
from sklearn.metrics import pairwise_distances_argmin_min
from sklearn.neighbors import kneighbors_graph

from bigcurves.sample import Floats
from bigcurves.validation import require_rows, require_whole


def neighbour_graph(points: Floats, *, neighbours: int = 8) -> Any:
    """Join each row of points (n, features) to its nearest rows: a sparse (n, n) matrix.

    Hops cost the squared distance, so that a path of many short hops is cheaper than one of
    few long ones. An edge that either end has chosen goes both ways.
    """
    points = require_rows("points", points, least=2)
    require_whole("neighbours", neighbours, 1, len(points) - 1)
    graph = kneighbors_graph(points, neighbours, mode="distance")
    # Rows that coincide are joined at the least cost there is: a stored 0 would be no edge.
    graph.data = np.maximum(graph.data**2, np.finfo(float).tiny)
    return graph.maximum(graph.T)


def connect_pieces(graph: Any, points: Floats) -> Any:
    """Join the pieces of a neighbour graph of points (n, features) by their shortest bridges.

    On some draws a few rows have none but each other for neighbours, and no path leads out. Each
    piece is joined to the others at its two nearest rows; a bridge costs its squared length, as
    every edge does. A graph of one piece is returned as it is.
    """
    count, pieces = connected_components(graph, directed=False)
    for _ in range(count - 1):  # the piece of row 0 grows by the one nearest to it
        inside, outside = np.flatnonzero(pieces == 0), np.flatnonzero(pieces)
        nearest, gaps = pairwise_distances_argmin_min(points[inside], points[outside])
        ends = inside[gaps.argmin()], outside[nearest[gaps.argmin()]]
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
    for name, row in (("start", start), ("end", end)):
        if not 0 <= row < graph.shape[0]:
            raise ValueError(f"{name} must be between 0 and {graph.shape[0] - 1}, got {row}")
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


def resample(path: Floats, frames: int) -> Floats:
    """Return `frames` rows at equal steps of length along a broken line of rows, ends kept."""
    path = require_rows("path", path)
    require_whole("frames", frames, 2)
    hops = np.linalg.norm(np.diff(path, axis=0), axis=1)
    moved = np.append(True, hops > 0)  # a hop of no length has no direction
    path, walked = path[moved], np.append(0, np.cumsum(hops))[moved]
    if len(path) == 1:
        return np.repeat(path, frames, axis=0)
    stops = np.linspace(0, walked[-1], frames)
    hop = np.clip(np.searchsorted(walked, stops, side="right") - 1, 0, len(path) - 2)
    share = ((stops - walked[hop]) / (walked[hop + 1] - walked[hop]))[:, np.newaxis]
    return np.asarray((1 - share) * path[hop] + share * path[hop + 1])


def minimax_edges(points: Floats) -> Floats:
    """Return, for each two rows, the widest hop that no path between them can avoid.

    Shape (n, n), in root-mean-square distance per feature. This is the height at which
    single linkage joins the two: the widest edge on their way along the minimum spanning
    tree. Between classes that share no in-between shapes it stays as samples are added.
    """
    points = require_rows("points", points, least=2)
    heights = cophenet(linkage(pdist(points), method="single"))
    edges = np.zeros((len(points), len(points)))
    edges[np.triu_indices(len(points), k=1)] = heights / np.sqrt(points.shape[1])
    return edges + edges.T
