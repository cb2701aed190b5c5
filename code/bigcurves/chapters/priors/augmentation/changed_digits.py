"""Real digits changed pixel by pixel, as one augments pictures whose world nobody can draw."""

import numpy as np
from scipy.ndimage import affine_transform, shift, spline_filter1d

from bigcurves.learners import turn_pictures
from bigcurves.sample import Floats
from bigcurves.worlds.digits import SIDE

HOWS = ("brighter or darker", "turned 10, shifted", "blurred", "turned 180")
MIDDLE = (SIDE - 1) / 2


def changed(
    X: Floats, how: str, rng: np.random.Generator, *, k: int, light: tuple[float, float]
) -> Floats:
    """Change pictures of shape (n, pixels), each in a way of its own.

    Parameters
    ----------
    X
        Pictures, each k times in a row.
    how
        "brighter or darker": times a factor from the range `light`. "turned 10, shifted": turned
        by up to 10 degrees and shifted by up to half a pixel, read once by cubics, the first of k
        left as it is. "blurred": the same, read twice by straight lines, and none left. "turned
        180": turned by any angle, read once by cubics.
    rng
        Draws a change for each picture.
    k
        How often each picture stands in X.
    light
        The least and the greatest factor.
    """
    n = len(X)
    if how == "brighter or darker":
        return np.asarray(X * rng.uniform(*light, (n, 1)))
    if how == "turned 180":
        return _moved(X, rng.uniform(-180, 180, n), np.zeros((n, 2)))
    if how == "turned 10, shifted":
        moved = _moved(X, rng.uniform(-10, 10, n), rng.uniform(-0.5, 0.5, (n, 2)))
        moved[::k] = X[::k]
        return moved
    if how != "blurred":
        raise ValueError(f"how must be one of {', '.join(HOWS)}, got {how!r}")
    turned = turn_pictures(X, rng.uniform(-10, 10, n)).reshape(-1, SIDE, SIDE)
    each = zip(turned, rng.uniform(-0.5, 0.5, (n, 2)), strict=True)
    return np.stack([shift(one, move, order=1) for one, move in each]).reshape(n, -1)


def _moved(X: Floats, degrees: Floats, moves: Floats) -> Floats:
    """Turn and shift pictures, read once between their pixels, by cubics."""
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    turns = np.stack([np.stack([cos, -sin], 1), np.stack([sin, cos], 1)], 1)  # (n, 2, 2)
    starts = MIDDLE - turns.sum(axis=2) * MIDDLE + moves
    pictures = X.reshape(-1, SIDE, SIDE)
    # `affine_transform` filters each picture first, line by line: all lines at once are faster.
    for axis in (1, 2):
        pictures = spline_filter1d(pictures, axis=axis, mode="constant")
    moved = np.empty(pictures.shape)
    for one, turn, at, out in zip(pictures, turns, starts, moved, strict=True):
        affine_transform(one, turn, offset=at, output=out, prefilter=False)
    return moved.reshape(len(X), -1)
