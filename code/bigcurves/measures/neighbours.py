"""Distances to nearest neighbours among rows that must all differ."""

from collections.abc import Iterator, Sequence

import numpy as np

from bigcurves.distances import Array, Places, nearest, nearest_others
from bigcurves.sample import Floats


def neighbour_distances(rows: Array, k: int, asked: Places | None = None) -> Floats:
    """Give the distances to the k nearest other rows, nearest first, shape (asked, k).

    `asked` are the places of the rows that are asked for theirs, shape (asked,); None asks all.

    Raises
    ------
    ValueError
        If two rows are the same: at distance zero no scale is left to measure by.
    """
    if k >= len(rows):
        raise ValueError(f"k must be less than the number of rows, {len(rows)}, got {k}")
    asked = np.arange(len(rows)) if asked is None else asked
    distances = nearest_others(rows, asked, k)[1]
    _require_all_different(distances[:, 0], asked)
    return distances


def nearest_within_parts(
    rows: Array, sizes: Sequence[int], asked: Places | None = None
) -> list[list[Floats]]:
    """Give each row's distance to its nearest other row of its own part, for parts of each size.

    Rows are taken in order: a size of 10 makes parts of the rows 0 to 9, 10 to 19 and so on,
    and leaves out what is over. `asked` as in `neighbour_distances`; a part that has none of them
    is left out.

    Raises
    ------
    ValueError
        If two rows are the same.
    """
    asked = np.arange(len(rows)) if asked is None else asked
    return [list(_nearest_in_each(rows, size, asked)) for size in sizes]


def _nearest_in_each(rows: Array, size: int, asked: Places) -> Iterator[Floats]:
    """Measure the nearest of those asked, part by part, shape (asked there,)."""
    for first in range(0, len(rows) - size + 1, size):
        here = asked[(asked >= first) & (asked < first + size)]
        if len(here):
            distances = nearest_others(rows[first : first + size], here - first, 1)[1][:, 0]
            _require_all_different(distances, here)
            yield distances


def _require_all_different(distances: Floats, asked: Places) -> None:
    """Refuse rows of which one has another at distance zero."""
    if not distances.all():
        twin = asked[int(np.argmin(distances))]
        raise ValueError(f"rows must all differ, got row {twin} twice; remove duplicates first")


def nearest_distances(probes: Array, points: Array) -> Floats:
    """Give each probe's distance to its nearest point, shape (n,)."""
    return nearest(points, probes, 1)[1][:, 0]
