"""The soft edge that every drawn shape shares.

A shape says how far each pixel is from it, squared and in units of its own half-width:
q is 0 on the spine, 1 on the edge. The pixel value is 1 on the spine, .68 on the edge
and fades like a logistic; it is smooth everywhere, so worlds can be differentiated.
"""

import numpy as np

from bigcurves.sample import Floats

SOFT = 0.5  # edge width s: the exponent is (q - 1) / 2s
PEAK = 1 + np.exp(-0.5 / SOFT)  # makes the spine exactly 1


def pixel_grid(side: int) -> tuple[Floats, Floats]:
    """Tabulate the pixel centres of the frame [-1, 1] x [-1, 1]: across and down, flattened."""
    centres = (np.arange(side) + 0.5) * 2 / side - 1
    down, across = np.meshgrid(centres, centres, indexing="ij")
    return across.ravel(), down.ravel()


def shade(q: Floats) -> Floats:
    """Turn squared relative distances q into pixel values, in place."""
    q -= 1
    q *= 0.5 / SOFT
    np.minimum(q, 30, out=q)  # darker than 1e-13 is dark
    np.exp(q, out=q)
    q += 1
    np.divide(PEAK, q, out=q)
    return q


def shade_slope(values: Floats) -> Floats:
    """Give the derivative of pixel values by q, from the values themselves."""
    share: Floats = values / PEAK  # the logistic's own value
    share *= 1 - share
    share *= -PEAK / (2 * SOFT)
    return share
