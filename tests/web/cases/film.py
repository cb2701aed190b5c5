"""Cases of the kernel that walks from bar to bar, each way by the package's own learners."""

import numpy as np
from scipy.sparse import csr_array
from sklearn.neighbors import NearestNeighbors
from tests.web.cases.case import Case, case

from bigcurves.chapters.manifold.morphing.charts.shipped_model import shipped_model
from bigcurves.learners import Autoencoder, geodesic, resample, straight_path
from bigcurves.worlds import BarWorld

WORLD = BarWorld(d=2, side=16)
A, B = [0.1, 0.8], [0.9, 0.2]
ENDS = WORLD.render(np.array([A, B]))


def learned():
    """Train on bars: their pictures and neighbours, the network, and what the page is given of it.

    The network gets the very numbers of the page, which are rounded.
    """
    latents = np.random.default_rng(6).random((120, 2)).round(4)
    known = WORLD.render(latents)
    network = Autoencoder(bottleneck=2, hidden=(8,), components=6, epochs=5, random_state=0)
    network.fit(known)
    near = NearestNeighbors(n_neighbors=6).fit(known).kneighbors(return_distance=False)
    given = shipped_model(
        latents=latents,
        neighbours=near,
        mean=network.pca_.mean_,
        axes=network.pca_.components_,
        scale=network.scale_,
        weights=network.network_.coefs_,
        biases=network.network_.intercepts_,
    )
    network.pca_.mean_, network.pca_.components_ = np.array(given["mean"]), np.array(given["axes"])
    network.scale_ = given["scale"]
    network.network_.coefs_ = [np.array(layer["weights"]) for layer in given["layers"]]
    network.network_.intercepts_ = [np.array(layer["biases"]) for layer in given["layers"]]
    return known, near, network, given


@case("barFilm")
def the_pictures_of_every_way():
    known, near, network, given = learned()
    codes = network.transform(ENDS)
    plane = given["axes"][:2]
    flat = (ENDS - network.pca_.mean_) @ np.array(plane).T
    stops = np.concatenate([known, ENDS])
    hops = geodesic(neighbours_graph(stops, near), len(known), len(known) + 1)
    ways = [
        straight_path(*ENDS, frames=5, decode=lambda rows: rows),
        straight_path(*flat, frames=5, decode=lambda rows: network.pca_.mean_ + rows @ plane),
        straight_path(*codes, frames=5, decode=network.inverse_transform),
        resample(stops[hops], 5),
        straight_path(np.array(A), np.array(B), frames=5, decode=WORLD.render),
    ]
    answer = {
        "pictures": ways,
        "apart": np.sqrt(np.mean((ENDS[0] - ENDS[1]) ** 2)),
        "distances": [WORLD.project(way).distances for way in ways],
    }
    # Each walk to the nearest bar ends by a rule of its own, as in `barProject`.
    return Case(
        calls=[[A, B, 5, 16, given]], answers=[answer], fields={"apart": 1e-12, "distances": 3e-8}
    )


def neighbours_graph(pictures, near):
    """Join known pictures to their neighbours, and the last two to as many known ones."""
    edges = [(row, other) for row, others in enumerate(near) for other in others]
    for end in (len(near), len(near) + 1):
        gaps = ((pictures[: len(near)] - pictures[end]) ** 2).sum(axis=1)
        edges += [(end, other) for other in np.argsort(gaps)[: near.shape[1]]]
    costs = [((pictures[i] - pictures[j]) ** 2).sum() for i, j in edges]
    graph = csr_array((costs, np.transpose(edges)), shape=2 * (len(pictures),))
    return graph.maximum(graph.T)
