"""Train until nothing is left to learn: every training row answered as it was labelled."""

import numpy as np
import numpy.typing as npt

from bigcurves.learners.networks.classifiers import NetworkClassifier

ASKED = 128  # rows that are asked first, of those missed last: only if they are right, all are


def memorise(network: NetworkClassifier, X: npt.ArrayLike, y: npt.ArrayLike) -> int:
    """Train, stop once every row of X gets its label of y, and return the epochs that took.

    It stops after the network's own `epochs` at the latest, so look at the training score
    where it matters that nothing was missed.
    """
    if not isinstance(network, NetworkClassifier):
        raise TypeError(f"network must be a NetworkClassifier, got a {type(network).__name__}")
    try:
        if np.ndim(y) != 1:
            raise ValueError(f"y must have shape (n,), got {np.shape(y)}")
        training = network.training(X, y)
    except (TypeError, ValueError) as fault:
        raise type(fault)(f"network, X and y must go together: {fault}") from fault
    rows, labels = np.asarray(X, np.float32), np.unique(y, return_inverse=True)[1]
    asked = np.arange(len(rows))[:ASKED]
    for epochs in training:
        if (network.network_.outputs(rows[asked]).argmax(axis=1) == labels[asked]).all():
            missed = np.flatnonzero(network.network_.outputs(rows).argmax(axis=1) != labels)
            if not len(missed):
                return epochs
            asked = missed[:ASKED]
    return network.epochs
