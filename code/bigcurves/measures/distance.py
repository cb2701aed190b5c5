"""How far pictures lie from the manifold that a world can draw."""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from bigcurves.distances import root_mean_square
from bigcurves.sample import Floats
from bigcurves.validation import (
    require_callable,
    require_kept_rows,
    require_rows,
    require_values,
)


class Projected(Protocol):
    """What projecting images on a manifold returns."""

    @property
    def distances(self) -> Floats:
        """Distance of each image to its nearest point of the manifold, in RMS pixel value."""


def manifold_distance(images: npt.ArrayLike, *, project: Callable[[Floats], Projected]) -> float:
    """Return the root-mean-square pixel distance of images (n, pixels) to the manifold.

    `project` is a world's own, exact projection. The distance is per pixel (Euclidean over
    the root of the number of pixels), so that resolutions compare.
    """
    images = require_rows("images", images)
    require_callable("project", project)
    found: Any = getattr(project(images), "distances", None)
    distances = require_values("the distances that project gives", found)
    if len(distances) != len(images):
        raise ValueError(f"project must give {len(images)} distances, got {len(distances)}")
    return root_mean_square(distances)


def picture_distance(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """Return the root-mean-square pixel distance between images, row by row."""
    first = require_kept_rows("first", first)
    second = require_kept_rows("second", second, features=first.shape[1])
    if len(first) != len(second):
        raise ValueError(f"second must have {len(first)} rows as first has, got {len(second)}")
    gaps = np.subtract(first, second, dtype=np.float64)
    return root_mean_square(gaps, out=gaps)
