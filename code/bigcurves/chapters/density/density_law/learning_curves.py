"""Learning curves on pictures of bars, and on the bare latents that made them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bigcurves.learners import nested_laplace_ridge, nested_nearest
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld

Curves = Iterator[tuple[str, int, int, Floats]]


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Numbers of training pictures, increasing, nested in each other.

    Attributes
    ----------
    nearest, ridge, larger
        For nearest neighbours, for the kernel machine, whose cost grows as n^3, and for all
        pictures larger than the smallest.
    """

    nearest: tuple[int, ...] = (32, 64, 128, 256, 512, 1024, 2048, 4096, 8192)
    ridge: tuple[int, ...] = (32, 64, 128, 256, 512, 1024, 2048)
    larger: tuple[int, ...] = (32, 64, 128, 256, 512)


BOOK_SIZES = Sizes()


def learning_curves(
    latents: Floats,
    known: Floats,
    rng: np.random.Generator,
    *,
    sizes: Sizes,
    sides: Sequence[int],
    noise: float = 0.0,
) -> Curves:
    """Let each learner answer from its first n rows, for many n.

    Parameters
    ----------
    latents
        Of the training rows, then of the test rows, shape (n + test, d).
    known
        Targets of the training rows, shape (n, targets).
    rng
        Draws the noise.
    sizes
        The numbers n.
    sides
        Pixels along the pictures' sides. Only the first serves the kernel machine and all sizes.
    noise
        Standard deviation of each pixel's noise.

    Yields
    ------
    The learner, the number D of its inputs, n, and predictions of shape (test, targets).
    """
    n, d = len(known), latents.shape[1]
    for size, near in nested_nearest(latents[:n], latents[n:], sizes.nearest):
        yield "latents", d, size, known[near]
    for side in sides:
        shown = sizes.nearest if side == sides[0] else sizes.larger
        world = BarWorld(d=d, side=side)
        pictures = world.render(np.concatenate([latents[: shown[-1]], latents[n:]]))
        if noise:
            pictures += noise * rng.standard_normal(pictures.shape)
        old, new = np.split(pictures, [shown[-1]])
        for size, near in nested_nearest(old, new, shown):
            yield "nearest", world.pixels, size, known[near]
        if side == sides[0]:
            for size, found in nested_laplace_ridge(old, known, new, sizes.ridge):
                yield "ridge", world.pixels, size, found
