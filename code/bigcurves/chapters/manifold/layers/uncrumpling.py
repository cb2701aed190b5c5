"""A film of a network at work: three classes of new digits, by layer and by epoch.

A network with the layers of the experiment learns 10,000 digits of all ten classes. Each frame is
a plane through one layer: that in which the three classes lie furthest apart, for their scatter
within (linear discriminants, of digits that the frame does not show), in units of that scatter.
So each layer is given its best chance, and what still overlaps does so in every plane.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from bigcurves.chapters.manifold.layers.layers import Settings
from bigcurves.chapters.manifold.layers.learning import drawn
from bigcurves.chapters.manifold.layers.looking import dense
from bigcurves.learners import representations
from bigcurves.measures import scatter_ratio
from bigcurves.sample import Sample

CLASSES = (3, 5, 8)  # the three that are taken for each other most easily
SHOWN = 50  # of each class
STOPS = (0, 1, 2, 4, 8, 16)  # epochs after which a frame is taken
SHRINKAGE = 0.01  # of the scatter: some pixels hardly vary


@dataclass(frozen=True, kw_only=True)
class Film:
    """The frames, and what they show.

    Attributes
    ----------
    frames
        Places of the digits, shape (stops, layers, digits, 2).
    labels
        Which digit each is, shape (digits,).
    epochs
        For each stop its `epoch`, and `wrong`, the share of all new digits named wrongly.
    apart
        Between over within the three classes, in the plane of each layer, shape (stops, layers).
    """

    frames: NDArray[np.float64]
    labels: NDArray[np.int64]
    epochs: pd.DataFrame
    apart: NDArray[np.float64]


@cache
def film(n: int = 10_000, known: int = 6000, seed: int = 0) -> Film:
    """Train the network, and take its frames."""
    rng = np.random.default_rng([seed, 2])
    learned, new = drawn("train", n, "raw", rng), drawn("test", known, "raw", rng)
    planes = Planes(new)
    network = dense(Settings().hidden, STOPS[-1], seed)
    assert learned.targets is not None
    assert new.targets is not None
    epochs = network.training(learned.inputs, learned.targets)
    frames: list[list[NDArray[np.float64]]] = []
    wrong = []
    for stop, before in zip(STOPS, (0, *STOPS), strict=False):
        for _ in range(stop - before):
            next(epochs)
        layers = [new.inputs, *representations(network, new.inputs)]
        last = frames[-1] if frames else [None] * len(layers)
        frames.append([planes.of(rows, as_in) for rows, as_in in zip(layers, last, strict=True)])
        wrong.append(1 - float(network.score(new.inputs, new.targets)))
    return Film(
        frames=np.array(frames),
        labels=planes.labels,
        epochs=pd.DataFrame({"epoch": STOPS, "wrong": wrong}),
        apart=np.array([[scatter_ratio(rows, planes.labels) for rows in at] for at in frames]),
    )


class Planes:
    """Planes through layers, by digits that are not shown in them."""

    def __init__(self, new: Sample) -> None:
        labels = np.asarray(new.targets)
        places = [np.flatnonzero(labels == each) for each in CLASSES]
        self._shown = np.concatenate([each[:SHOWN] for each in places])
        self._known = np.concatenate([each[SHOWN:] for each in places])
        self._taught = labels[self._known]
        self.labels: NDArray[np.int64] = labels[self._shown]

    def of(
        self, rows: NDArray[np.floating], as_in: NDArray[np.float64] | None
    ) -> NDArray[np.float64]:
        """Lay digits into the plane of their layer, turned as they lay in the frame before."""
        plane = LinearDiscriminantAnalysis(solver="eigen", shrinkage=SHRINKAGE, n_components=2)
        plane.fit(rows[self._known], self._taught)
        found = np.asarray(plane.transform(rows[self._shown]), float)
        found -= found.mean(axis=0)
        return found if as_in is None else found @ turn(found, as_in)


def turn(rows: NDArray[np.float64], onto: NDArray[np.float64]) -> NDArray[np.float64]:
    """Find the turn or reflection (2, 2) that brings rows nearest to others (Schönemann 1966)."""
    left, _, right = np.linalg.svd(rows.T @ onto)
    return np.asarray(left @ right)
