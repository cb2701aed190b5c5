"""How far pictures lie from the manifold that a world can draw."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from bigcurves.sample import Floats
from bigcurves.validation import require_rows


class Projected(Protocol):
    """What projecting images on a manifold returns."""

    @property
    def distances(self) -> Floats:
        """Distance of each image to its nearest point of the manifold, in RMS pixel value."""


def manifold_distance(images: Floats, *, project: Callable[[Floats], Projected]) -> float:
    """Return the root-mean-square pixel distance of images (n, pixels) to the manifold.

    `project` is a world's own, exact projection. The distance is per pixel (Euclidean over
    the root of the number of pixels), so that resolutions compare.
    """
    images = require_rows("images", images)
    distances = np.asarray(project(images).distances)
    if distances.shape != (len(images),) or not np.isfinite(distances).all():
        raise ValueError(f"project must give {len(images)} finite distances, got {distances.shape}")
    return float(np.sqrt(np.mean(distances**2)))


def picture_distance(first: Floats, second: Floats) -> float:
    """Return the root-mean-square pixel distance between images, row by row."""
    first = require_rows("first", first)
    second = require_rows("second", second, features=first.shape[1])
    if len(first) != len(second):
        raise ValueError(f"second must have {len(first)} rows as first has, got {len(second)}")
    return float(np.sqrt(np.mean((first - second) ** 2)))
