"""From one image to another: the straight line of pixels leaves the world, other paths stay.

Two bars far apart in their latents, and nine ways from one to the other. Half-way, the mixture of
the pixels is no bar at all. A path through an encoding that has found the latents stays on the
manifold; so does a path of many short hops from image to image, which knows no encoding.

The figure is the distance from the middle of each path to the nearest bar that the world can draw,
beside the distance between the two ends. The control decodes latents that were shuffled
against the images before it learned: it arrives nowhere near a bar.

What could fool us: a path may stay on the manifold because it never moves, so `end` tells how far
each path's end is from the image it should arrive at. Principal components do not arrive.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA, KernelPCA

from bigcurves.experiments.claim import Claim, Rows, at_least, at_most, mean_where
from bigcurves.learners import (
    Autoencoder,
    geodesic,
    isomap_coder,
    kernel_decoder,
    neighbour_graph,
    resample,
)
from bigcurves.measures import manifold_distance, picture_distance
from bigcurves.sample import Floats
from bigcurves.worlds import BarWorld

PAGE = "manifold/morphing"
Path: TypeAlias = Callable[[int, int], Floats]  # rows of the two ends -> middle and end


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The world, how many of its images are seen, and how many pairs are joined.

    Attributes
    ----------
    worlds
        For each world of bars, 16 x 16 pixels: its latents, and how many images are seen.
    pairs
        Pairs of images seen, from the fifth that lie furthest apart in their latents.
    pixel_line
        "straight", or the control "latent": the true path in its place.
    decoder
        The latents that the decoder learns from: "real" or, as a control, "shuffled".
    """

    worlds: tuple[tuple[int, int], ...] = ((2, 400), (3, 1000))
    pairs: int = 40
    pixel_line: Literal["straight", "latent"] = "straight"
    decoder: Literal["real", "shuffled"] = "real"


def run(settings: Settings, seed: int) -> Rows:
    """Return a row for each world and way, `middle` and `end` as shares of the ends' distance."""
    rows = []
    for d, n in settings.worlds:
        world, rng = BarWorld(d=d, side=16), np.random.default_rng([seed, d])
        sample = world.sample(n, rng)
        images, latents = sample.inputs, np.asarray(sample.latents)
        pairs = _far_pairs(latents, settings.pairs, rng)
        apart = picture_distance(images[pairs[:, 0]], images[pairs[:, 1]])
        ways = _ways(world, images, latents, rng.permutation(latents), seed)
        if settings.pixel_line == "latent":
            ways["pixel line"] = ways["true latents"]
        if settings.decoder == "shuffled":
            ways["decoder"] = ways["shuffled decoder"]
        for way, path in ways.items():
            frames = np.stack([path(start, end) for start, end in pairs])  # (pairs, 2, pixels)
            middle = manifold_distance(frames[:, 0], project=world.project) / apart
            end = picture_distance(frames[:, 1], images[pairs[:, 1]]) / apart
            rows.append({"seed": seed, "d": d, "way": way, "middle": middle, "end": end})
    return rows


def _far_pairs(latents: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Draw pairs of rows among the fifth of all pairs with the largest latent distance."""
    first, second = np.triu_indices(len(latents), k=1)
    gaps = np.linalg.norm(latents[first] - latents[second], axis=1)
    far = np.flatnonzero(gaps >= np.quantile(gaps, 0.8))
    chosen = rng.choice(far, count, replace=False)
    return np.stack([first[chosen], second[chosen]], axis=1)


def _ways(
    world: BarWorld, images: Floats, latents: Floats, shuffled: Floats, seed: int
) -> dict[str, Path]:
    """Prepare each way: a function of the two ends' rows that gives the middle and the end."""
    linear = PCA(world.d, svd_solver="full").fit(images)
    curved = KernelPCA(world.d, kernel="rbf", fit_inverse_transform=True, eigen_solver="dense").fit(
        images
    )
    network = Autoencoder(bottleneck=world.d, random_state=seed).fit(images)
    codes, from_isomap = isomap_coder(images, d=world.d)
    graph = neighbour_graph(images)
    return {
        "pixel line": _straight(images, lambda rows: rows),
        "components": _straight(linear.transform(images), linear.inverse_transform),
        "kernel components": _straight(curved.transform(images), curved.inverse_transform),
        "autoencoder": _straight(network.transform(images), network.inverse_transform),
        "Isomap": _straight(codes, from_isomap),
        "graph": lambda start, end: resample(images[geodesic(graph, start, end)], 3)[1:],
        "decoder": _straight(latents, kernel_decoder(latents, images)),
        "shuffled decoder": _straight(latents, kernel_decoder(shuffled, images)),
        "true latents": _straight(latents, world.render),
    }


def _straight(codes: Floats, decode: Callable[[Floats], Floats]) -> Path:
    """Walk straight from code to code, and decode the middle and the end."""
    return lambda start, end: decode(np.stack([(codes[start] + codes[end]) / 2, codes[end]]))


def _middle(run: pd.DataFrame, way: str) -> float:
    return float(mean_where(run, d=2, way=way)["middle"])


def _beside_pixels(way: str) -> Callable[[pd.DataFrame], float]:
    return lambda run: _middle(run, way) / _middle(run, "pixel line")


CLAIMS = (
    Claim(
        id="morphing-pixel-line-leaves",
        sentence="Half-way, the straight line of pixels is a fifth of the whole way off the world.",
        thread=1,
        chapter=PAGE,
        figure=lambda run: _middle(run, "pixel line"),
        threshold=at_least(0.2),
        mutation=Settings(pixel_line="latent"),
    ),
    Claim(
        id="morphing-autoencoder-stays-closer",
        sentence="Through an autoencoder the middle is at most half as far off.",
        thread=1,
        chapter=PAGE,
        figure=_beside_pixels("autoencoder"),
        threshold=at_most(0.5),
        mutation=Settings(pixel_line="latent"),
    ),
    Claim(
        id="morphing-graph-stays",
        sentence="Hopping from neighbour to neighbour it is at most a twentieth as far off.",
        thread=1,
        chapter=PAGE,
        figure=_beside_pixels("graph"),
        threshold=at_most(0.05),
        mutation=Settings(pixel_line="latent"),
    ),
    Claim(
        id="morphing-latents-stay",
        sentence="A decoder that knows the latents stays in the world, to a hundredth of the way.",
        thread=1,
        chapter=PAGE,
        figure=lambda run: _middle(run, "decoder"),
        threshold=at_most(0.01),
        mutation=Settings(decoder="shuffled"),
    ),
)
