"""What the layers of a network make of rows: its representations, from the first to the outputs."""

import numpy as np
import numpy.typing as npt

from bigcurves.learners.networks.convolution import Convolution
from bigcurves.learners.networks.losses import Array
from bigcurves.learners.networks.perceptron import Perceptron
from bigcurves.learners.networks.trained import ROWS, TrainedClassifier
from bigcurves.validation import require_kept_rows


def representations(network: TrainedClassifier, X: npt.ArrayLike) -> list[Array]:
    """Return what each layer of a network gives for rows, after its activation and pooling.

    Parameters
    ----------
    network
        A `NetworkClassifier` or `ConvolutionalClassifier`, trained or not: `network.training(X, y)`
        draws its weights, and trains only once it is asked for an epoch.
    X
        Rows, shape (n, features).

    Returns
    -------
    list of array
        For each layer, the outputs last, float32 of shape (n, its units). The rows themselves are
        not among them.

    Raises
    ------
    TypeError
        If `network` is neither.
    ValueError
        If it has no weights yet, or X other features than it learned, or values that overflow.
    """
    if not isinstance(network, TrainedClassifier):
        kind = type(network).__name__
        raise TypeError(f"network must be one of this package's classifiers, got a {kind}")
    if not hasattr(network, "network_"):
        raise ValueError("network must have weights: fit it, or ask it for `training(X, y)`")
    rows = require_kept_rows("X", X, features=int(network.n_features_in_))
    with np.errstate(all="ignore"):  # what overflows is refused
        parts = [
            _layers(network.network_, np.asarray(rows[at : at + ROWS], np.float32))
            for at in range(0, len(rows), ROWS)
        ]
    layers = [np.concatenate(layer) for layer in zip(*parts, strict=True)]
    if not all(np.isfinite(layer).all() for layer in layers):
        raise ValueError("X must be nearer in size to the rows that were learned: it overflows")
    return layers


def _layers(bare: Perceptron | Convolution, rows: Array) -> list[Array]:
    """Pass rows through a bare network as `descend` does, and keep what its layers give."""
    if isinstance(bare, Convolution):
        outputs, kept = bare._forward(rows)
        return [*(picture.reshape(len(rows), -1) for _, _, picture in kept), outputs]
    kept = bare._forward(rows)  # type: ignore[assignment]  # of another kind than above
    return [*kept[2:-1:2], kept[-1]]  # type: ignore[list-item]
