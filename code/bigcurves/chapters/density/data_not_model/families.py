"""Four families of learners that share nothing but their data: for comparing models."""

from collections.abc import Iterator
from typing import Any

from sklearn.ensemble import ExtraTreesClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from bigcurves.learners import NetworkClassifier
from bigcurves.sample import Floats, Targets

EPOCHS = 300  # of the network at most
LOW_LOSS = 0.015  # nats; there the network names every training row rightly, and may stop


def fitted_families(X: Floats, y: Targets, *, random_state: int) -> Iterator[tuple[str, Any]]:
    """Fit each family to rows of shape (n, pixels) and labels of shape (n,), until it knows them.

    Nearest neighbour and kernel machine draw nothing; forest and network draw from `random_state`.
    """
    yield "nearest neighbour", KNeighborsClassifier(n_neighbors=1).fit(X, y)
    yield "kernel machine", SVC(C=100, random_state=random_state).fit(X, y)
    yield "forest", ExtraTreesClassifier(random_state=random_state).fit(X, y)
    network = NetworkClassifier(
        hidden=(256,), learning_rate=1e-2, epochs=EPOCHS, batch_size=50, random_state=random_state
    )
    for _ in network.training(X, y):
        if network.loss_curve_[-1] < LOW_LOSS:
            break
    yield "network", network
