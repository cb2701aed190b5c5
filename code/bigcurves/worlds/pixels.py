"""Pixels that change places: some of a picture's values, permuted among themselves."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats

Places = npt.NDArray[np.integer[Any]]


def permute_pixels(rows: Floats, ranks: Floats, places: Places) -> Floats:
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
        Which pixels take part, each once.
    """
    if ranks.shape not in {rows.shape, (1, rows.shape[1])}:
        raise ValueError(f"ranks must have shape {rows.shape} or one row, got {ranks.shape}")
    if len(np.unique(places)) < len(places):
        raise ValueError("places must name each pixel once, got one twice")
    permuted = rows.copy()
    order = np.argsort(np.broadcast_to(ranks, rows.shape)[:, places], axis=1)
    permuted[:, places] = np.take_along_axis(rows[:, places], order, axis=1)
    return permuted
