"""Exact distances to nearest neighbours."""

import numpy as np
import numpy.typing as npt
from sklearn.metrics.pairwise import euclidean_distances
from sklearn.neighbors import NearestNeighbors

from bigcurves.sample import Floats

BLOCK = 1024  # rows whose distances to all others are in memory at once
CLOSE = 1e-4  # of the largest squared row: a distance above it keeps 11 digits


def neighbour_distances(rows: Floats, k: int) -> Floats:
    """Give each row's distances to its k nearest other rows, nearest first, shape (n, k).

    Raises
    ------
    ValueError
        If two rows are the same: at distance zero no scale is left to measure by.
    """
    if k >= len(rows):
        raise ValueError(f"k must be less than the number of rows, {len(rows)}, got {k}")
    rows = rows - rows.mean(axis=0)  # distances stay; the squares that they come from shrink
    starts = range(0, len(rows), BLOCK)
    distances = np.concatenate(
        [_k_nearest(rows, np.arange(len(rows))[i : i + BLOCK], k) for i in starts]
    )
    _require_all_different(distances[:, 0])
    return distances


def _k_nearest(rows: Floats, block: npt.NDArray[np.intp], k: int) -> Floats:
    """Measure the k nearest others of the rows in one block, shape (block, k)."""
    table = euclidean_distances(rows[block], rows, squared=True)
    table[np.arange(len(block)), block] = np.inf
    found = np.argpartition(table, k - 1, axis=1)[:, :k]
    squared = np.take_along_axis(table, found, axis=1)
    # The table expands the square, which loses digits where rows are close: measure those again.
    close = squared < CLOSE * np.einsum("ij,ij->i", rows, rows).max()
    distances = np.sqrt(np.maximum(squared, 0))
    for column in np.flatnonzero(close.any(axis=0)):
        which = close[:, column]
        distances[which, column] = _exact(rows[block[which]], rows[found[which, column]])
    return np.sort(distances, axis=1)


def nearest_within_parts(rows: Floats, sizes: list[int]) -> list[list[Floats]]:
    """Give each row's distance to its nearest other row of its own part, for parts of each size.

    Rows are taken in order: a size of 10 makes parts of the rows 0 to 9, 10 to 19 and so on,
    and leaves out what is over. One table of all distances serves every size.

    Raises
    ------
    ValueError
        If two rows are the same.
    """
    table = euclidean_distances(rows - rows.mean(axis=0), squared=True)
    np.fill_diagonal(table, np.inf)
    return [
        [
            _nearest_in(table, rows, slice(first, first + size))
            for first in range(0, len(rows) - size + 1, size)
        ]
        for size in sizes
    ]


def _nearest_in(table: Floats, rows: Floats, part: slice) -> Floats:
    """Measure each row's nearest in one part, shape (size,)."""
    distances = _exact(rows[part], rows[part][table[part, part].argmin(axis=1)])
    _require_all_different(distances, first=part.start)
    return distances


def _require_all_different(distances: Floats, *, first: int = 0) -> None:
    """Refuse rows of which one has another at distance zero."""
    if not distances.all():
        twin = first + int(np.argmin(distances))
        raise ValueError(f"rows must all differ, got row {twin} twice; remove duplicates first")


def nearest_distances(probes: Floats, points: Floats) -> Floats:
    """Give each probe's distance to its nearest point, shape (n,)."""
    nearest = NearestNeighbors(n_neighbors=1).fit(points).kneighbors(probes, return_distance=False)
    return _exact(probes, points[nearest[:, 0]])


def _exact(rows: Floats, others: Floats) -> Floats:
    """Measure pairs that were found: the search expands the square, which loses digits."""
    return np.asarray(np.linalg.norm(rows - others, axis=1))
