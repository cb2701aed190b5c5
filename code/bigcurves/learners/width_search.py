"""How wide must a network be to hold a table of bits? A search that says what it tried."""

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

from bigcurves.learners.bit_store import BitStore, store_bits
from bigcurves.sample import Floats, Targets
from bigcurves.validation import require_whole


def min_width_search(
    X: Floats, y: Targets, rng: np.random.Generator, *, starts: int = 5
) -> tuple[BitStore, BitStore]:
    """Find the narrowest network that one of several starts finds, and that which all find.

    The search falls from one unit for sixteen rows, and four more; see `min_width`.
    """
    require_whole("starts", starts, 1)
    entropy = int(rng.integers(2**63))

    @cache
    def start(width: int, number: int) -> BitStore | None:
        return store_bits(X, y, width, np.random.default_rng([entropy, width, number]))

    def stored(width: int) -> Iterator[BitStore | None]:
        return (start(width, number) for number in range(starts))

    some = min_width(lambda width: any(stored(width)), len(X) // 16 + 4)
    every = min_width(lambda width: all(stored(width)), len(X) // 16 + 4)
    return next(filter(None, stored(some))), next(filter(None, stored(every)))


def min_width(enough: Callable[[int], bool], widest: int) -> int:
    """Find a width that is enough, while one less is not; `enough` should rise with width.

    Widths fall from `widest` by a fifth until one is not enough; then the gap is halved. A
    `widest` that is not enough is doubled first.
    """
    while not enough(widest):
        widest *= 2
    most, least = widest, 0  # a network of no units holds nothing
    while most - least > 1:
        width = (most + least) // 2 if least else max(1, min(most - 1, int(0.8 * most)))
        if enough(width):
            most = width
        else:
            least = width
    return most
