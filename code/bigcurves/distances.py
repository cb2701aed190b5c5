"""Exact Euclidean distances, and the exact nearest rows, wherever the rows lie and in any unit.

The fast way to many distances expands the square, |x|^2 + |y|^2 - 2 x.y, and loses what is small
beside |x|^2: far from the origin, or between two clouds far apart, all of it. So rows are centred
first, what the expansion gives counts only to within its error (of a product: Higham 2002,
section 3.1), and all that may be nearest to within that are measured again from their differences.
Where too many may be, double precision is tried after single, and in the end every difference.
In few features a tree does without all this.

Rows given here have been checked: finite, of shape (n, features), at most 1e100 in size; those
of few bytes a number, as pictures are, become double precision a block at a time.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree
from scipy.spatial.distance import cdist

from bigcurves.sample import Floats

Places = npt.NDArray[np.intp]
Array = npt.NDArray[Any]  # of any kind of real number
FEW = 16  # features: below, a tree is exact and faster
SPARE = 1  # row that a tree is asked for beyond those wanted: is it as near?
SMALL = 1e-140  # a distance whose squares may vanish
GROUP = 64  # rows of which the least is taken first
CROWD = 16  # rows at most that may be nearest, for each one wanted
BEYOND = 1e30  # squared units: where no row lies, to fill the last group
MEMORY = 2**26  # bytes of a table at a time
CLOSE = 1e-4  # of |x|^2 + |y|^2: a square above it keeps 11 digits when expanded


def power_above(sizes: npt.ArrayLike) -> Any:
    """Return the least power of two above each size, 1 for 0: to divide by it rounds nothing."""
    return np.ldexp(1.0, np.frexp(sizes)[1])


def unit_of(*arrays: Array) -> float:
    """Return the power of two above the largest number's size."""
    ends = [float(end) for array in arrays for end in (array.min(), array.max())]
    return float(power_above(max(map(abs, ends))))


def root_mean_square(values: Floats, out: Floats | None = None) -> float:
    """Return the root of the mean square, in any unit; `out` may be the values, if not needed."""
    unit = unit_of(values)
    scaled = np.divide(values, unit, out=out)
    return unit * float(np.sqrt(np.mean(np.square(scaled, out=scaled))))


def apart(rows: Array, others: Array) -> Floats:
    """Measure the distances between rows (n, features) and others, pair by pair, shape (n,)."""
    gaps = np.subtract(rows, others, dtype=np.float64)
    far = np.asarray(np.linalg.norm(gaps, axis=1))
    small = far < SMALL  # whose squares lose digits, or vanish
    if small.any():
        gaps = gaps[small]
        units = power_above(np.abs(gaps).max(axis=1))
        far[small] = units * np.linalg.norm(gaps / units[:, np.newaxis], axis=1)
    return far


def all_distances(rows: Floats, points: Floats) -> Floats:
    """Measure the distance of each row to each point, shape (m, n)."""
    centre, unit = _frame(points, rows)
    x, y = (_centre(each, centre, unit, out=np.empty(each.shape)) for each in (rows, points))
    table: Floats = x @ (-2 * y.T)
    squares = _squares(y)
    for part in _parts(len(rows), len(points)):
        sums = _squares(x[part])[:, np.newaxis] + squares
        table[part] += sums
        here, there = np.nonzero(table[part] < CLOSE * sums)
        np.sqrt(np.maximum(table[part], 0, out=table[part]), out=table[part])
        table[part] *= unit
        if len(here) > sums.size // 8:
            table[part] = unit * cdist(rows[part] / unit, points / unit)
        elif len(here):
            table[part][here, there] = apart(rows[part][here], points[there])
    return table


def nearest(points: Array, queries: Array, k: int) -> tuple[Places, Floats]:
    """Find the k nearest points (n, features) of each query (m, features), k at most n.

    Returns their places and how far they are, both of shape (m, k): nearest first, and of
    equally near ones the first in `points`.
    """
    return _Search(points, queries, np.arange(len(queries)), k, own=False).run()


def nearest_others(points: Array, asked: Places, k: int) -> tuple[Places, Floats]:
    """Find likewise the k nearest other points of those in the places asked (m,), k below n."""
    return _Search(points, points, asked, k, own=True).run()


class _Search:
    """One search; each way to search returns the rows it left, counted among those asked."""

    def __init__(self, points: Array, queries: Array, asked: Places, k: int, *, own: bool) -> None:
        self.points, self.queries, self.asked, self.k, self.own = points, queries, asked, k, own
        self.centre, self.unit = _frame(points, queries)
        self.wanted = k + own  # of which the point itself is one, and does not count
        self.places = np.empty((len(asked), k), dtype=np.intp)
        self.distances = np.empty((len(asked), k))

    def run(self) -> tuple[Places, Floats]:
        left = np.arange(len(self.asked))
        if self.points.shape[1] < FEW:
            left = self.by_tree(left)
        else:
            left = self.by_bounds(self.by_bounds(left, np.float32), np.float64)
        self.by_differences(left)
        return self.places, self.distances

    def _scaled(self, rows: Array) -> Floats:
        return np.asarray(np.divide(rows, self.unit, dtype=np.float64))

    def by_tree(self, rows: Places) -> Places:
        tree, left = KDTree(self._scaled(self.points)), []
        looked_at = min(self.wanted + SPARE, len(self.points))
        for some in _blocks(rows, 4 * looked_at):
            queries = self._scaled(self.queries[self.asked[some]])
            far, near = tree.query(queries, k=[*range(1, looked_at + 1)])
            self._settle(some, np.repeat(np.arange(len(some)), looked_at), near.ravel())
            # Of more that are equally near, the tree may have left out the first.
            left.append(some[(far[:, -1] <= far[:, self.wanted - 1] * (1 + 1e-12))])
        return np.concatenate(left) if looked_at < len(self.points) else rows[:0]

    def by_bounds(self, rows: Places, kind: Any) -> Places:
        if not len(rows):
            return rows
        n, features = self.points.shape
        size = GROUP if n >= 4 * self.wanted * GROUP else 1
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
            _centre(self.queries[self.asked[some]], self.centre, self.unit, out=block[:, :-1])
            width = 2 * error * (_squares(block[:, :-1]) + squares.max()) + np.finfo(kind).tiny
            block[:, :-1] *= -2
            table = block @ points.T
            least = table.reshape(len(some), size, groups).min(axis=1)
            limit = np.partition(least, self.wanted - 1, axis=1)[:, self.wanted - 1] + width
            may_hold = least <= limit[:, np.newaxis]
            crowded = np.count_nonzero(may_hold, axis=1) > CROWD * self.wanted
            may_hold[crowded] = False
            here, group = (found[:, np.newaxis] for found in np.nonzero(may_hold))
            near = group + groups * np.arange(size)
            may_be = table[here, near] <= limit[here]
            here, near = np.broadcast_to(here, near.shape)[may_be], near[may_be]
            crowded |= np.bincount(here, minlength=len(some)) > CROWD * self.wanted
            few = ~crowded[here]
            self._settle(some, here[few], near[few])
            left.append(some[crowded])
        return np.concatenate(left)

    def by_differences(self, rows: Places) -> None:
        slack = 1 + 4 * (self.points.shape[1] + 4) * np.finfo(float).eps
        for some in _blocks(rows, 3 * len(self.points)):
            queries = self._scaled(self.queries[self.asked[some]])
            table = np.empty((len(some), len(self.points)))
            for part in _parts(*self.points.shape):
                table[:, part] = cdist(queries, self._scaled(self.points[part]), "sqeuclidean")
            limit = np.partition(table, self.wanted - 1, axis=1)[:, self.wanted - 1]
            self._settle(some, *np.nonzero(table <= slack * limit[:, np.newaxis]))

    def _settle(self, some: Places, here: Places, near: Places) -> None:
        """Measure pairs (some[here], near), and keep each row's k nearest."""
        rows = self.asked[some]
        if self.own:
            others = near != rows[here]
            here, near = here[others], near[others]
        far = np.empty(len(here))
        for part in _parts(len(here), 2 * self.points.shape[1]):
            far[part] = apart(self.queries[rows[here[part]]], self.points[near[part]])
        order = np.lexsort((near, far, here))
        first = np.searchsorted(here[order], np.arange(len(some) + 1))
        asked = np.diff(first) > 0
        kept = order[first[:-1][asked][:, np.newaxis] + np.arange(self.k)]
        self.places[some[asked]], self.distances[some[asked]] = near[kept], far[kept]


def _frame(points: Array, queries: Array) -> tuple[Floats, float]:
    """Return the points' middle, and a unit in which all rows lie within 1 of it."""
    centre = points.mean(axis=0, dtype=np.float64)
    ends = [end(rows, axis=0) - centre for rows in (points, queries) for end in (np.min, np.max)]
    return centre, unit_of(*ends)


def _centre(rows: Array, centre: Floats, unit: float, out: Array) -> Array:
    """Fill `out` with rows about the centre, in units and its kind of float, without a copy."""
    for part in _parts(*rows.shape):
        out[part] = (rows[part] - centre) / unit
    return out


def _squares(rows: Array) -> Floats:
    """Sum the squares of each row in double precision, shape (n,)."""
    return np.asarray(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))


def _blocks(rows: Places, numbers: int) -> Iterator[Places]:
    """Cut rows into blocks, of which each needs that many numbers, so that memory is bounded."""
    return (rows[part] for part in _parts(len(rows), numbers))


def _parts(count: int, numbers: int) -> Iterator[slice]:
    """Cut so many rows likewise."""
    size = max(1, MEMORY // (8 * numbers))
    return (slice(first, first + size) for first in range(0, count, size))
