"""How a layer's representation of new digits looks: how wide, how far apart, how easy to read."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from bigcurves.learners import representations
from bigcurves.learners.networks.trained import TrainedClassifier
from bigcurves.measures import (
    hull_overlap,
    linear_readability,
    neighbour_agreement,
    scatter_ratio,
    two_nn,
    two_nn_and_levina_bickel,
)
from bigcurves.sample import Sample, Targets

MEASURES = "two_nn levina_bickel within linear scatter overlap readable agreement"
HULLED = 500  # asked rows that are sought in hulls, which costs more than all other measures


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Which of the new digits are known with their labels, and which are asked about.

    Attributes
    ----------
    new
        The digits that no network learns: those that are known, then those that are asked about.
    known
        How many are known.
    components
        Principal components in which hulls are compared.
    """

    new: Sample
    known: int
    components: int

    @property
    def labels(self) -> Targets:
        """What digit each is."""
        return np.asarray(self.new.targets)

    @property
    def asked(self) -> Sample:
        """The digits that are asked about."""
        return Sample(inputs=self.new.inputs[self.known :], targets=self.labels[self.known :])


def followed(
    network: TrainedClassifier, readers: Readers, pixels: dict[str, float]
) -> list[dict[str, float]]:
    """Measure the digits in each layer of a network, after its `pixels`, which are layer 0."""
    layers = representations(network, readers.new.inputs)
    found = [pixels, *(geometry(rows, readers) for rows in layers)]
    return [{"layer": layer} | measured for layer, measured in enumerate(found)]


def own_digits(network: TrainedClassifier, own: Sample, n: int) -> list[dict[str, float]]:
    """Measure the first n digits that a network learned, with its labels, layer by layer."""
    rows, labels = own.inputs[:n], np.asarray(own.targets)[:n]
    layers = [rows, *representations(network, rows)]
    return [{"own_two_nn": two_nn(x), "own_scatter": scatter_ratio(x, labels)} for x in layers]


def geometry(rows: NDArray[np.floating], readers: Readers) -> dict[str, float]:
    """Measure one representation.

    Parameters
    ----------
    rows
        What a layer makes of the new digits, shape (digits, units).
    readers
        Which of them are for what.

    Returns
    -------
    dict
        `two_nn` and `levina_bickel`, dimensions of all asked rows; `within`, the mean TwoNN of one
        class; `linear`, principal components that hold 95 % of the variance; `scatter`, between
        classes over within them; `overlap`, of the first `HULLED` asked rows those in the hull of
        another class; `readable` and `agreement`, asked rows that a linear probe, and their nearest
        known row, name rightly.
    """
    known, asked = rows[: readers.known], rows[readers.known :]
    labels, truth = readers.labels[: readers.known], readers.labels[readers.known :]
    two, levina_bickel = two_nn_and_levina_bickel(asked)
    classes = [asked[truth == label] for label in np.unique(truth)]
    return {
        "two_nn": two,
        "levina_bickel": levina_bickel,
        "within": float(np.mean([two_nn(rows) for rows in classes])),
        "linear": float(PCA(n_components=0.95, svd_solver="full").fit(asked).n_components_),
        "scatter": scatter_ratio(asked, truth),
        "overlap": hull_overlap(
            known, labels, asked[:HULLED], truth[:HULLED], components=readers.components
        ),
        "readable": linear_readability(known, labels, asked, truth),
        "agreement": neighbour_agreement(known, labels, asked, truth),
    }


def of_layers(run: pd.DataFrame, part: str, column: str) -> NDArray[np.float64]:
    """Pick a measure of one network of one run, layer by layer: pixels first, outputs last."""
    rows = run[(run["part"] == part) & run["layer"].notna()].sort_values("layer")
    return rows[column].to_numpy(float)


def hidden(run: pd.DataFrame, part: str, column: str = "two_nn") -> NDArray[np.float64]:
    """Measure what a network's hidden layers have more than the pixels, layer by layer."""
    found = of_layers(run, part, column)
    return np.asarray(found[1:-1] - found[0])


def last_hidden(run: pd.DataFrame, part: str, column: str) -> float:
    """Pick a measure in a network's last hidden layer."""
    return float(of_layers(run, part, column)[-2])
