"""What all worlds do with what they are asked: draw what fits, and read what stands for symbols."""

import numpy as np
import numpy.typing as npt

from bigcurves.sample import WholeNumbers
from bigcurves.validation import MOST, require_latents, require_rng, require_whole

ROOM = 2**27  # numbers in the rows of one sample: 1 GB
LEAST = 8  # a row takes at least so many, for its latents and target and on the way to them


def require_draws(n: int, rng: np.random.Generator, *, features: int, most: int = MOST) -> int:
    """Return how many rows to draw, 1 to `most`, if memory holds them; refuse what is no `rng`."""
    n = require_whole("n", n, 1, most)
    fit = ROOM // max(features, LEAST)
    if n > fit:
        raise ValueError(
            f"n must be at most {fit}, so that its rows of {features} numbers and all that is"
            f" drawn for them fit in memory, got {n}"
        )
    require_rng(rng)
    return n


def symbols_at(latents: npt.ArrayLike, d: int, count: int) -> WholeNumbers:
    """Return the whole numbers from 0 to count - 1 that latents of shape (n, d) stand for.

    A latent is a number over the count; what lies between two is rounded to the nearer one.
    """
    places = require_latents(latents, d)
    symbols = np.rint(places * count).astype(np.int64)
    if symbols.max() >= count:
        told = f"nearer to {count - 1} / {count} than to 1"
        raise ValueError(f"latents must be below 1, and {told}, got {places.max()}")
    return symbols
