"""Ways from one bar to another, all prepared on the same pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components
from sklearn.decomposition import PCA, KernelPCA

from bigcurves.learners import (
    Autoencoder,
    connect_pieces,
    geodesic,
    isomap_coder,
    kernel_decoder,
    neighbour_graph,
    resample,
    straight_path,
)
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld

Pairs: TypeAlias = npt.NDArray[np.intp]  # rows of two ends, shape (n, 2)
Way: TypeAlias = Callable[[int, int, int], Floats]  # rows of the two ends, frames -> pictures


@dataclass(frozen=True, kw_only=True, eq=False)
class Strip:
    """The pictures of one way, from one end to the other.

    Attributes
    ----------
    way
        Its name.
    pictures
        Frames at equal steps, the ends included, shape (frames, pixels).
    distances
        How far each is from the nearest bar that the world can draw, in RMS pixel value.
    """

    way: str
    pictures: Floats
    distances: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Hops:
    """Ways from picture to picture along nearest neighbours, for any pair of pictures.

    Attributes
    ----------
    images
        The pictures, shape (n, pixels).
    graph
        Their neighbours; pieces of it that nothing joins are joined by their shortest bridges.
    pieces
        The piece that each picture lay in before.
    """

    images: Floats
    graph: Any
    pieces: npt.NDArray[np.int32]

    @classmethod
    def between(cls, images: Floats) -> "Hops":
        """Join each picture to its neighbours."""
        graph = neighbour_graph(images)
        _, pieces = connected_components(graph, directed=False)
        return cls(images=images, graph=connect_pieces(graph, images), pieces=pieces)

    def way(self, start: int, end: int, frames: int) -> Floats:
        """Hop from picture to picture, and cross-fade within a hop."""
        return resample(self.images[geodesic(self.graph, start, end)], frames)

    def bridged(self, pairs: Pairs) -> int:
        """Count the pairs (n, 2) of rows that no neighbours join: their way crosses a bridge."""
        return int((self.pieces[pairs[:, 0]] != self.pieces[pairs[:, 1]]).sum())


@dataclass(frozen=True, kw_only=True, eq=False)
class BarPaths:
    """Pictures of bars, pairs of them that lie far apart, and the ways between.

    Attributes
    ----------
    world, images, latents
        The world, and the pictures of it that are known.
    pairs
        Rows of the two ends, shape (pairs, 2).
    ways
        Each way by its name.
    hops
        What the way called "graph" follows.
    """

    world: BarWorld
    images: Floats
    latents: Floats
    pairs: Pairs
    ways: dict[str, Way]
    hops: Hops

    @classmethod
    def draw(cls, *, d: int, n: int, pairs: int, seed: int) -> "BarPaths":
        """Draw n bars of d latents and pairs of them, and prepare each way."""
        world, rng = BarWorld(d=d, side=16), np.random.default_rng([seed, d])
        sample = world.sample(n, rng)
        images, latents = sample.inputs, np.asarray(sample.latents)
        chosen = far_pairs(latents, pairs, rng)
        hops = Hops.between(images)
        ways = _ways(world, hops, latents, rng.permutation(latents), seed)
        return cls(world=world, images=images, latents=latents, pairs=chosen, ways=ways, hops=hops)

    def strips(self, pair: int = 0, *, frames: int = 11) -> list[Strip]:
        """Walk each way between the two ends of one pair, and measure every frame exactly."""
        start, end = self.pairs[pair]
        walked = {name: way(start, end, frames) for name, way in self.ways.items()}
        return [
            Strip(way=name, pictures=row, distances=self.world.project(row).distances)
            for name, row in walked.items()
        ]


def far_pairs(latents: Floats, count: int, rng: np.random.Generator) -> Pairs:
    """Draw pairs of rows among the fifth of all pairs with the largest latent distance."""
    first, second = np.triu_indices(len(latents), k=1)
    gaps = np.linalg.norm(latents[first] - latents[second], axis=1)
    far = np.flatnonzero(gaps >= np.quantile(gaps, 0.8))
    chosen = rng.choice(far, count, replace=False)
    return np.stack([first[chosen], second[chosen]], axis=1)


def _ways(
    world: BarWorld, hops: Hops, latents: Floats, shuffled: Floats, seed: int
) -> dict[str, Way]:
    """Fit what each way needs to the known pictures."""
    images = hops.images
    linear = PCA(world.d, svd_solver="full").fit(images)
    curved = KernelPCA(world.d, kernel="rbf", fit_inverse_transform=True, eigen_solver="dense").fit(
        images
    )
    network = Autoencoder(bottleneck=world.d, random_state=seed).fit(images)
    codes, from_isomap = isomap_coder(images, d=world.d)
    return {
        "pixel line": straight_way(images, lambda rows: rows),
        "components": straight_way(linear.transform(images), linear.inverse_transform),
        "kernel components": straight_way(curved.transform(images), curved.inverse_transform),
        "autoencoder": straight_way(network.transform(images), network.inverse_transform),
        "Isomap": straight_way(codes, from_isomap),
        "graph": hops.way,
        "decoder": straight_way(latents, kernel_decoder(latents, images)),
        "shuffled decoder": straight_way(latents, kernel_decoder(shuffled, images)),
        "true latents": straight_way(latents, world.render),
    }


def straight_way(codes: Floats, decode: Callable[[Floats], Floats]) -> Way:
    """Walk straight from code to code, and decode on the way."""
    return lambda start, end, frames: straight_path(
        codes[start], codes[end], frames=frames, decode=decode
    )
