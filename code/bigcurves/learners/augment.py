"""Turning pictures pixel by pixel, as one augments data whose world nobody can draw anew."""

import numpy as np
import numpy.typing as npt

from bigcurves.sample import Floats
from bigcurves.validation import require_rows, require_values

MARGIN = 2  # empty pixels round a picture, so that what turns in from outside is dark


def turn_pictures(X: npt.ArrayLike, degrees: npt.ArrayLike) -> Floats:
    """Turn square pictures about their middle, by bilinear interpolation.

    Parameters
    ----------
    X
        Pictures of shape (n, pixels), pixels a square number.
    degrees
        How far each is turned, shape (n,), from the across axis towards the down axis.
    """
    rows, turns = require_rows("X", X), require_values("degrees", degrees)
    # The rest of a turn is exact, where radians are rounded; what needs none stays as it is.
    angles = np.deg2rad(np.where(np.abs(turns) > 360, np.fmod(turns, 360), turns))
    side = round(rows.shape[1] ** 0.5)
    if side**2 != rows.shape[1] or angles.shape != (len(rows),):
        raise ValueError(
            "X and degrees must have shapes (n, side^2) and (n,), "
            f"got {rows.shape} and {angles.shape}"
        )
    middle = (side - 1) / 2
    down, across = np.mgrid[:side, :side] - middle
    cos, sin = (f(angles)[:, np.newaxis, np.newaxis] for f in (np.cos, np.sin))
    y, x = middle + cos * down - sin * across, middle + cos * across + sin * down
    return np.asarray(_read(rows.reshape(-1, side, side), y, x).reshape(len(rows), -1))


def _read(pictures: Floats, y: Floats, x: Floats) -> Floats:
    """Read pictures (n, side, side) between their pixels, at places of the same shape."""
    side = pictures.shape[1]
    dark = np.pad(pictures, ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN)))
    y, x = (np.clip(place + MARGIN, 0, side + 2 * MARGIN - 1.001) for place in (y, x))
    top, left = y.astype(int), x.astype(int)
    lower, right = y - top, x - left
    one = np.arange(len(pictures))[:, np.newaxis, np.newaxis]
    return np.asarray(
        dark[one, top, left] * (1 - lower) * (1 - right)
        + dark[one, top + 1, left] * lower * (1 - right)
        + dark[one, top, left + 1] * (1 - lower) * right
        + dark[one, top + 1, left + 1] * lower * right
    )
