"""Pictures of pen strokes: control points and a pen's half-width in, images out.

A stroke is a chain of straight pieces with round ends. A pixel's value depends on its
squared distance to the nearest piece, in units of the half-width.
"""

import numpy as np
from numpy.typing import NDArray

from bigcurves.sample import Floats
from bigcurves.worlds.shade import pixel_grid, shade, shade_slope

BLOCK = 2**15  # pixels drawn at a time, so that they stay in the cache
SHORTEST = 1e-12  # a piece, in frame units: the width of the frame is 2


def draw_strokes(points: Floats, half_widths: Floats, side: int) -> Floats:
    """Draw strokes of shape (n, points, 2) with half-widths (n,) as images (n, side * side)."""
    images = np.empty((len(points), side * side))
    rows = max(1, BLOCK // side**2)
    for first in range(0, len(points), rows):
        part = slice(first, first + rows)
        squared = _squared_distances(points[part], side, out=images[part])
        squared *= half_widths[part, np.newaxis] ** -2.0
        shade(squared)
    return images


def stroke_slopes(
    points: Floats, moves: Floats, half_widths: Floats, widenings: Floats, side: int
) -> Floats:
    """Differentiate the images by latents that move the points and widen the pen.

    Parameters
    ----------
    points, half_widths
        As for `draw_strokes`.
    moves
        How each latent moves each point, shape (n, points, 2, d).
    widenings
        How each latent changes the half-width, shape (n, d).

    Returns
    -------
    Shape (n, side * side, d). Where two pieces are equally near, the first one's slope.
    """
    nearest, share = _nearest_pieces(points, side)
    row, pixel = np.ogrid[: len(points), : side * side]
    start, stop = points[row, nearest], points[row, nearest + 1]  # (n, pixels, 2)
    share = share[:, :, np.newaxis]
    gap = np.stack(pixel_grid(side), axis=1) - (start + share * (stop - start))
    narrow = half_widths[:, np.newaxis] ** -2.0
    q = (gap**2).sum(axis=2) * narrow
    fall = shade_slope(shade(q.copy()))
    # q's slope by each control point: only the ends of the nearest piece count.
    pulls = np.zeros((len(points), side * side, points.shape[1], 2))
    gap *= (-2 * fall * narrow)[:, :, np.newaxis]
    pulls[row, pixel, nearest] = (1 - share) * gap
    pulls[row, pixel, nearest + 1] = share * gap
    slopes: Floats = np.matmul(
        pulls.reshape(*q.shape, -1), moves.reshape(len(points), -1, moves.shape[3])
    )
    q *= fall
    slopes += q[:, :, np.newaxis] * (-2 * widenings / half_widths[:, np.newaxis])[:, np.newaxis]
    return slopes


def _pieces(points: Floats) -> tuple[Floats, Floats, Floats]:
    """Write a pixel's coordinates from each piece's middle as linear in its X, Y and 1.

    Returns the coefficients along the piece and across it, each of shape
    (pieces, n, 3), and the pieces' half-lengths (pieces, n).
    """
    start, stop = points[:, :-1].transpose(1, 0, 2), points[:, 1:].transpose(1, 0, 2)
    lengths = np.linalg.norm(stop - start, axis=2)
    points_only = lengths < SHORTEST  # both ends in one place: any direction does, none does not
    lengths = np.maximum(lengths, SHORTEST)
    ahead, middle = (stop - start) / lengths[:, :, np.newaxis], (start + stop) / 2
    ahead[points_only] = (1, 0)
    aside = np.stack([-ahead[:, :, 1], ahead[:, :, 0]], axis=2)
    along, across = (
        np.concatenate([axis, -(axis * middle).sum(axis=2, keepdims=True)], axis=2)
        for axis in (ahead, aside)
    )
    return along, across, lengths / 2


def _squared_distances(points: Floats, side: int, out: Floats) -> Floats:
    """Fill `out` with each pixel's squared distance to the nearest piece."""
    basis = np.stack([*pixel_grid(side), np.ones(side * side)])
    beyond, aside = np.empty((2, *out.shape))
    nothing = np.zeros(out.shape)  # a whole array: numpy's maximum is slow with a scalar
    out.fill(np.inf)
    for along, across, half in zip(*_pieces(points), strict=True):
        np.matmul(along, basis, out=beyond)
        np.abs(beyond, out=beyond)
        beyond -= half[:, np.newaxis]
        np.maximum(beyond, nothing, out=beyond)  # how far past the nearer end
        beyond *= beyond
        np.matmul(across, basis, out=aside)
        aside *= aside
        beyond += aside
        np.minimum(out, beyond, out=out)
    return out


def _nearest_pieces(points: Floats, side: int) -> tuple[NDArray[np.intp], Floats]:
    """Find each pixel's nearest piece, and how far along it, from 0 to 1, each (n, pixels)."""
    basis = np.stack([*pixel_grid(side), np.ones(side * side)])
    best = np.full((len(points), side * side), np.inf)
    nearest, share = np.zeros(best.shape, dtype=np.intp), np.zeros(best.shape)
    for piece, (along, across, half) in enumerate(zip(*_pieces(points), strict=True)):
        place, reach = along @ basis, half[:, np.newaxis]
        inside = np.clip(place, -reach, reach)
        squared = (place - inside) ** 2 + (across @ basis) ** 2
        closer = squared < best
        np.copyto(best, squared, where=closer)
        np.copyto(nearest, piece, where=closer)
        np.copyto(share, 0.5 + 0.5 * inside / reach, where=closer)
    return nearest, share
