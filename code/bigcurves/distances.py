"""Exact Euclidean distances, and the exact nearest rows, wherever the rows lie and in any unit.

The fast way to many distances expands the square, |x|^2 + |y|^2 - 2 x.y, and loses what is small
beside |x|^2: far from the origin, or between two clouds far apart, all of it. So rows are centred
first, what the expansion gives counts only to within its error (of a product: Higham 2002,
section 3.1), and all that may be nearest to within that are measured again from their differences.
Where too many may be, double precision is tried after single, and in the end every difference.
In few features a tree does without all this.

Rows given here have been checked: finite, of shape (n, features), at most 1e100 in size.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree
from scipy.spatial.distance import cdist

from bigcurves.sample import Floats

Places = npt.NDArray[np.intp]
Array = npt.NDArray[Any]  # float32 in the first search
FEW = 16  # features: below, a tree is exact and faster
SPARE = 1  # row that a tree is asked for beyond those wanted: is it as near?
SMALL = 1e-140  # a distance whose squares may vanish
GROUP = 64  # rows of which the least is taken first
CROWD = 16  # rows at most that may be nearest, for each one wanted
BEYOND = 1e30  # squared units: where no row lies, to fill the last group
MEMORY = 2**26  # bytes of a table at a time
CLOSE = 1e-4  # of |x|^2 + |y|^2: a square above it keeps 11 digits when expanded


def unit_of(*arrays: Floats) -> float:
    """Return a power of two above the largest number's size: to divide by it rounds nothing."""
    largest = max(float(max(-array.min(), array.max())) for array in arrays)
    return float(np.ldexp(1.0, int(np.frexp(largest)[1]))) if largest > 0 else 1.0


def root_mean_square(values: Floats) -> float:
    """Return the root of the mean square, in any unit."""
    unit = unit_of(values)
    return unit * float(np.sqrt(np.mean((values / unit) ** 2)))


def apart(rows: Floats, others: Floats) -> Floats:
    """Measure the distances between rows (n, features) and others, pair by pair, shape (n,)."""
    far = np.asarray(np.linalg.norm(rows - others, axis=1))
    small = far < SMALL  # whose squares lose digits, or vanish
    if small.any():
        gaps = rows[small] - others[small]
        units = np.ldexp(1.0, np.frexp(np.abs(gaps).max(axis=1))[1])
        far[small] = units * np.linalg.norm(gaps / units[:, np.newaxis], axis=1)
    return far


def all_distances(rows: Floats, points: Floats) -> Floats:
    """Measure the distance of each row to each point, shape (m, n)."""
    centre, unit = _frame(points, rows)
    x, y = (_centre(each, centre, unit, out=np.empty(each.shape)) for each in (rows, points))
    table: Floats = x @ (-2 * y.T)
    squares = _squares(y)
    for some in _blocks(np.arange(len(rows)), len(points)):
        part = slice(some[0], some[-1] + 1)
        sums = _squares(x[part])[:, np.newaxis] + squares
        table[part] += sums
        here, there = np.nonzero(table[part] < CLOSE * sums)
        np.sqrt(np.maximum(table[part], 0, out=table[part]), out=table[part])
        table[part] *= unit
        if len(here) > sums.size // 8:
            table[part] = unit * cdist(rows[part] / unit, points / unit)
        elif len(here):
            table[part][here, there] = apart(rows[some[here]], points[there])
    return table


def nearest(
    points: Floats, queries: Floats, k: int, *, own: Places | None = None
) -> tuple[Places, Floats]:
    """Find the k nearest points of each query, and how far they are, both of shape (m, k).

    Nearest first, and of equally near ones the first in `points`.

    Parameters
    ----------
    points, queries
        Shapes (n, features) and (m, features).
    k
        How many, at least 1 and at most n, or n - 1 where `own` is given.
    own
        Which point each query is itself, shape (m,): that one does not count.
    """
    search = _Search(points, queries, k, own)
    everyone = np.arange(len(queries))
    if points.shape[1] < FEW:
        left = search.by_tree(everyone)
    else:
        left = search.by_bounds(everyone, np.float32)
        left = search.by_bounds(left, np.float64)
    search.by_differences(left)
    return search.places, search.distances


class _Search:
    """One search, and what it has found so far; each way to search returns the rows it left."""

    def __init__(self, points: Floats, queries: Floats, k: int, own: Places | None) -> None:
        self.points, self.queries, self.k, self.own = points, queries, k, own
        self.centre, self.unit = _frame(points, queries)
        self.asked = k + (own is not None)
        self.places = np.empty((len(queries), k), dtype=np.intp)
        self.distances = np.empty((len(queries), k))

    def by_tree(self, rows: Places) -> Places:
        tree, left = KDTree(self.points / self.unit), []
        looked_at = min(self.asked + SPARE, len(self.points))
        for some in _blocks(rows, 4 * looked_at):
            far, near = tree.query(self.queries[some] / self.unit, k=[*range(1, looked_at + 1)])
            self._settle(some, np.repeat(np.arange(len(some)), looked_at), near.ravel())
            # Of more that are equally near, the tree may have left out the first.
            left.append(some[(far[:, -1] <= far[:, self.asked - 1] * (1 + 1e-12))])
        return np.concatenate(left) if looked_at < len(self.points) else rows[:0]

    def by_bounds(self, rows: Places, kind: Any) -> Places:
        if not len(rows):
            return rows
        n, features = self.points.shape
        size = GROUP if n >= 4 * self.asked * GROUP else 1
        groups = -(-n // size)
        error = (features + 8) * float(np.finfo(kind).eps)  # of a square, in |x|^2 + |y|^2
        # The squares are one feature more, so that a product gives all but the query's own.
        points = np.zeros((groups * size, features + 1), kind)
        _centre(self.points, self.centre, self.unit, out=points[:n, :-1])
        squares = _squares(points[:n, :-1])
        points[:n, -1] = (1 - error) * squares
        points[n:, -1] = BEYOND
        left = []
        for some in _blocks(rows, len(points)):
            block = np.ones((len(some), features + 1), kind)
            _centre(self.queries[some], self.centre, self.unit, out=block[:, :-1])
            width = 2 * error * (_squares(block[:, :-1]) + squares.max()) + np.finfo(kind).tiny
            block[:, :-1] *= -2
            table = block @ points.T
            least = table.reshape(len(some), size, groups).min(axis=1)
            limit = np.partition(least, self.asked - 1, axis=1)[:, self.asked - 1] + width
            may_hold = least <= limit[:, np.newaxis]
            crowded = np.count_nonzero(may_hold, axis=1) > CROWD * self.asked
            may_hold[crowded] = False
            here, group = (found[:, np.newaxis] for found in np.nonzero(may_hold))
            near = group + groups * np.arange(size)
            may_be = table[here, near] <= limit[here]
            here, near = np.broadcast_to(here, near.shape)[may_be], near[may_be]
            crowded |= np.bincount(here, minlength=len(some)) > CROWD * self.asked
            few = ~crowded[here]
            self._settle(some, here[few], near[few])
            left.append(some[crowded])
        return np.concatenate(left)

    def by_differences(self, rows: Places) -> None:
        slack = 1 + 4 * (self.points.shape[1] + 4) * np.finfo(float).eps
        for some in _blocks(rows, 3 * len(self.points)):
            queries, points = self.queries[some] / self.unit, self.points / self.unit
            table = cdist(queries, points, "sqeuclidean")
            limit = np.partition(table, self.asked - 1, axis=1)[:, self.asked - 1]
            self._settle(some, *np.nonzero(table <= slack * limit[:, np.newaxis]))

    def _settle(self, some: Places, here: Places, near: Places) -> None:
        """Measure pairs (some[here], near), and keep each row's k nearest."""
        if self.own is not None:
            others = near != self.own[some[here]]
            here, near = here[others], near[others]
        far = np.empty(len(here))
        for part in _blocks(np.arange(len(here)), 2 * self.points.shape[1]):
            far[part] = apart(self.queries[some[here[part]]], self.points[near[part]])
        order = np.lexsort((near, far, here))
        first = np.searchsorted(here[order], np.arange(len(some) + 1))
        asked = np.diff(first) > 0
        kept = order[first[:-1][asked][:, np.newaxis] + np.arange(self.k)]
        self.places[some[asked]], self.distances[some[asked]] = near[kept], far[kept]


def _frame(points: Floats, queries: Floats) -> tuple[Floats, float]:
    """Return the points' middle, and a unit in which all rows lie within 1 of it."""
    centre = points.mean(axis=0)
    ends = [end(rows, axis=0) - centre for rows in (points, queries) for end in (np.min, np.max)]
    return centre, unit_of(*ends)


def _centre(rows: Floats, centre: Floats, unit: float, out: Array) -> Array:
    """Fill `out` with rows about the centre, in units and its kind of float, without a copy."""
    for some in _blocks(np.arange(len(rows)), rows.shape[1]):
        part = slice(some[0], some[-1] + 1)
        out[part] = (rows[part] - centre) / unit
    return out


def _squares(rows: Array) -> Floats:
    """Sum the squares of each row in double precision, shape (n,)."""
    return np.asarray(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))


def _blocks(rows: Places, numbers: int) -> Iterator[Places]:
    """Cut rows into blocks, of which each needs that many numbers, so that memory is bounded."""
    size = max(1, MEMORY // (8 * numbers))
    return (rows[first : first + size] for first in range(0, len(rows), size))
