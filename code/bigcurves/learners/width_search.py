"""How wide must a network be to hold a table of bits? A search that says what it tried."""

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from bigcurves.learners.bit_store import BitStore, require_table, store_bits
from bigcurves.sample import Floats, Targets
from bigcurves.validation import require_callable, require_rng, require_whole

DOUBLINGS = 20  # of the first width, before a search gives up
FEW_DOUBLINGS = 6  # to four units for each row: a few rows that do not train will not train there
STARTS = 1000


def min_width_search(
    X: npt.ArrayLike, y: npt.ArrayLike, rng: np.random.Generator, *, starts: int = 5
) -> tuple[BitStore, BitStore]:
    """Find the narrowest network that one of several starts finds, and that which all find.

    The search falls from one unit for sixteen rows, and four more; see `min_width`.

    Raises
    ------
    ValueError
        Where equal rows have different bits, which no network can hold, and where training holds
        the bits at no width up to 64 times the first.
    """
    starts = require_whole("starts", starts, 1, STARTS)
    require_rng(rng)
    X, y, unit = require_table(X, y)
    _require_one_bit_each(X / unit, y)
    entropy = int(rng.integers(2**63))

    @cache
    def start(width: int, number: int) -> BitStore | None:
        return store_bits(X, y, width, np.random.default_rng([entropy, width, number]))

    def stored(width: int) -> Iterator[BitStore | None]:
        return (start(width, number) for number in range(starts))

    first = len(X) // 16 + 4
    try:
        some = _search(lambda width: any(stored(width)), first, FEW_DOUBLINGS)
        every = _search(lambda width: all(stored(width)), first, FEW_DOUBLINGS)
    except _NoWidthError as fault:
        raise ValueError(
            f"X must let {starts} starts train: not all held every bit of y at any width up to "
            f"{first << FEW_DOUBLINGS}, tried in doublings; centre its columns and give them one "
            "size, or take fewer starts"
        ) from fault
    return next(filter(None, stored(some))), next(filter(None, stored(every)))


def min_width(enough: Callable[[int], bool], widest: int) -> int:
    """Find a width that is enough, while one less is not; `enough` should rise with width.

    Widths fall from `widest` by a fifth until one is not enough; then the gap is halved. A
    `widest` that is not enough is doubled first, twenty times at most.
    """
    require_callable("enough", enough)
    widest = require_whole("widest", widest, 1)
    try:
        return _search(enough, widest, DOUBLINGS)
    except _NoWidthError as fault:
        raise ValueError(
            f"enough must be true of some width, got none up to {widest << DOUBLINGS}"
        ) from fault


class _NoWidthError(Exception):
    """No width was enough."""


def _search(enough: Callable[[int], bool], widest: int, doublings: int) -> int:
    for _ in range(doublings):
        if enough(widest):
            break
        widest *= 2
    else:
        if not enough(widest):
            raise _NoWidthError
    most, least = widest, 0  # a network of no units holds nothing
    while most - least > 1:
        width = (most + least) // 2 if least else max(1, min(most - 1, int(0.8 * most)))
        if enough(width):
            most = width
        else:
            least = width
    return most


def _require_one_bit_each(X: Floats, y: Targets) -> None:
    """Refuse rows that are equal, in the single precision of a network, with different bits."""
    rows = X.astype(np.float32)
    places = len(np.unique(rows, axis=0))
    pairs = len(np.unique(np.column_stack([rows, y.astype(np.float32)]), axis=0))
    if pairs > places:
        raise ValueError(
            f"y must give equal rows of X one bit, got both for {pairs - places}: no network holds "
            "both (rows are equal here if they are in single precision, so centre X)"
        )
