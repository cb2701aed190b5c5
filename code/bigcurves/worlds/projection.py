"""The exact distance from an image to a world's manifold, by search and refinement.

The nearest image that the world can draw is first looked for among a few thousand
reference images at Sobol points, then the best few are refined together by
Levenberg-Marquardt (Levenberg 1944, Marquardt 1963) inside the unit cube of latents.
The reference alone would err by some .01 to .04 RMS; refined, the error is rounding near
the manifold. Beyond the manifold's radius of curvature (white noise, say) the walk is slow
and may stop with a distance too great by a few parts in 10,000.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from bigcurves.sample import Floats
from bigcurves.validation import require_latents

Rounds: TypeAlias = NDArray[np.bool_]
STARTS = 3
KEPT = 3  # of more starts, those that are refined to the end
TRIAL_STEPS = 6
ROWS = 128  # images refined at a time, so that their Jacobians stay in the cache
STEPS = 40  # a row stops before, when a step is below TINY or gains less than SETTLED
TINY = 1e-8
SETTLED = 1e-8  # of the squared distance
BRIGHTEST = 2.0**60  # in single precision, so that a product with a drawn image is no infinity


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Each image's nearest point on the manifold.

    Attributes
    ----------
    latents
        Where on the manifold that point is, shape (n, d).
    distances
        How far the image is from it, in RMS pixel value, shape (n,).
    """

    latents: Floats
    distances: Floats

    def __post_init__(self) -> None:
        latents, distances = self.latents, self.distances
        for name, values in (("latents", latents), ("distances", distances)):
            if not isinstance(values, np.ndarray) or values.dtype.kind not in "fiu":
                arrived = getattr(values, "dtype", type(values).__name__)
                raise TypeError(f"{name} must be an array of numbers, got {arrived}")
        if latents.ndim != 2:
            raise ValueError(f"latents must have shape (n, d), got {latents.shape}")
        require_latents(latents, latents.shape[1])
        if distances.shape != latents.shape[:1]:
            raise ValueError(f"distances must have shape ({len(latents)},), got {distances.shape}")
        if not (np.isfinite(distances) & (distances >= 0)).all():
            raise ValueError(f"distances must be 0 or more and finite, got {distances.min()}")


class ImageWorld(Protocol):
    """What a world must offer to be projected on; it must be hashable."""

    @property
    def d(self) -> int:
        """The number of latents."""

    def render(self, latents: Floats) -> Floats:
        """Draw latents of shape (n, d) as images of shape (n, pixels)."""

    def jacobian(self, latents: Floats) -> Floats:
        """Give the derivative of each pixel by each latent, shape (n, pixels, d)."""

    def __hash__(self) -> int:
        """Hash the settings: the reference images are kept by world."""


def project(
    world: ImageWorld,
    images: Floats,
    *,
    references: int,
    starts: int = STARTS,
    closed: Sequence[int] = (),
) -> Projection:
    """Find the nearest point of the world's manifold to each image of shape (n, pixels).

    The latents in the places `closed` go round: 0 and 1 draw the same image.
    """
    rounds = np.isin(np.arange(world.d), list(closed))
    parts = [
        _project_block(world, images[first : first + ROWS], references, starts, rounds)
        for first in range(0, len(images), ROWS)
    ]
    return Projection(
        latents=np.concatenate([part.latents for part in parts]),
        distances=np.concatenate([part.distances for part in parts]),
    )


@lru_cache(maxsize=8)
def _reference(world: ImageWorld, count: int) -> tuple[Floats, NDArray[np.float32]]:
    """Draw the world at `count` Sobol points; single precision is enough to pick starts."""
    latents = qmc.Sobol(world.d, scramble=False).random(count)
    return latents, world.render(latents).astype(np.float32)


def _project_block(
    world: ImageWorld, images: Floats, references: int, starts: int, rounds: Rounds
) -> Projection:
    latents, drawn = _reference(world, references)
    gaps = _rough_gaps(images, drawn)  # (n, references)
    found = latents[np.argpartition(gaps, starts, axis=1)[:, :starts]]  # (n, starts, d)
    if starts > KEPT:
        found, _ = _refine_all(world, images, found, steps=TRIAL_STEPS, keep=KEPT, rounds=rounds)
    found, costs = _refine_all(world, images, found, steps=STEPS, keep=1, rounds=rounds)
    distances = np.sqrt(costs[:, 0] / images.shape[1])
    return Projection(latents=found[:, 0], distances=distances)


def _rough_gaps(images: Floats, drawn: NDArray[np.float32]) -> NDArray[np.float32]:
    """Compare squared distances up to a summand and a factor for each image, (n, references)."""
    largest = np.abs(images).max(axis=1, keepdims=True)
    scale = np.exp2(np.floor(np.log2(np.maximum(largest / BRIGHTEST, 1))))  # mostly 1
    lengths = (drawn**2).sum(axis=1)
    if (scale > 1).any():
        images, lengths = images / scale, (lengths / scale).astype(np.float32)
    gaps: NDArray[np.float32] = lengths - 2 * images.astype(np.float32) @ drawn.T
    return gaps


def _refine_all(
    world: ImageWorld, images: Floats, starts: Floats, *, steps: int, keep: int, rounds: Rounds
) -> tuple[Floats, Floats]:
    """Refine every start, (n, starts, d), and keep each image's best few, nearest first."""
    rows = np.repeat(images, starts.shape[1], axis=0)
    found, costs = _refine(world, rows, starts.reshape(-1, world.d), steps, rounds)
    found, costs = found.reshape(starts.shape), costs.reshape(starts.shape[:2])
    best = np.argsort(costs, axis=1)[:, :keep]
    return np.take_along_axis(found, best[:, :, np.newaxis], 1), np.take_along_axis(costs, best, 1)


def _refine(
    world: ImageWorld, images: Floats, latents: Floats, steps: int, rounds: Rounds
) -> tuple[Floats, Floats]:
    """Walk every row of latents downhill at once; return them and their squared distances."""
    latents = latents.copy()
    costs = ((world.render(latents) - images) ** 2).sum(axis=1)
    damping = np.full(len(latents), 0.01)
    active = np.arange(len(latents))
    for _ in range(steps):
        here = latents[active]
        step = _step(world, images[active], here, damping[active], rounds)
        trial = np.where(rounds, (here + step) % 1, np.clip(here + step, 0, 1))
        cost = ((world.render(trial) - images[active]) ** 2).sum(axis=1)
        better = cost < costs[active]
        settled = better & (cost > (1 - SETTLED) * costs[active])
        latents[active[better]], costs[active[better]] = trial[better], cost[better]
        damping[active] *= np.where(better, 0.3, 5)
        active = active[~settled & (np.abs(step).max(axis=1) > TINY)]
        if len(active) == 0:
            break
    return latents, costs


def _step(
    world: ImageWorld, images: Floats, latents: Floats, damping: Floats, rounds: Rounds
) -> Floats:
    """Solve the damped normal equations; a latent pressed against its bound stays there."""
    slopes = world.jacobian(latents).transpose(0, 2, 1)  # (n, d, pixels)
    residue = images - world.render(latents)
    pull = np.matmul(slopes, residue[:, :, np.newaxis])[:, :, 0]
    normal = np.matmul(slopes, slopes.transpose(0, 2, 1))
    held = ((latents <= 0) & (pull < 0)) | ((latents >= 1) & (pull > 0))
    held &= ~rounds
    pull[held] = 0
    normal[held[:, :, np.newaxis] | held[:, np.newaxis, :]] = 0
    diagonal = np.einsum("nii->ni", normal)  # a view: writing to it writes to `normal`
    diagonal[:] = np.where(held, 1, diagonal * (1 + damping[:, np.newaxis]) + 1e-12)
    return np.linalg.solve(normal, pull[:, :, np.newaxis])[:, :, 0]
