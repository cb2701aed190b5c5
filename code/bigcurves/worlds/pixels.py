"""Pixels that change places: some of a picture's values, permuted among themselves."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats
from bigcurves.validation import require_integers, require_rows

Places = npt.NDArray[np.integer[Any]]


def permute_pixels(rows: npt.ArrayLike, ranks: npt.ArrayLike, places: npt.ArrayLike) -> Floats:
    """Permute each row's values among some of its places.

    The first of the places gets the value that stood where the rank is least, and so on. With
    the same ranks in every row all rows are shuffled alike; with ranks drawn for each row, each
    is shuffled by itself. More places shuffle more of the picture, in the same way.

    Parameters
    ----------
    rows
        Shape (n, pixels); left as they are.
    ranks
        Shape (n, pixels), or (1, pixels) for all rows alike; no two in a row the same.
    places
        Which pixels take part, each once; may be none.
    """
    rows, ranks = require_rows("rows", rows), require_rows("ranks", ranks)
    if ranks.shape not in {rows.shape, (1, rows.shape[1])}:
        raise ValueError(f"ranks must have shape {rows.shape} or one row, got {ranks.shape}")
    places = require_integers("places", places, 0, rows.shape[1] - 1, least=0)
    if len(np.unique(places)) < len(places):
        raise ValueError("places must name each pixel once, got one twice")
    permuted = rows.copy()
    asked = np.broadcast_to(ranks, rows.shape)[:, places]
    order = np.argsort(asked, axis=1)
    if (np.diff(np.take_along_axis(asked, order, axis=1), axis=1) == 0).any():
        raise ValueError("ranks must differ among the places of a row, got two alike")
    permuted[:, places] = np.take_along_axis(rows[:, places], order, axis=1)
    return permuted
