"""A small network that can be watched while it learns."""

from collections.abc import Iterator
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from bigcurves.learners.adamw import AdamW
from bigcurves.learners.perceptron import (
    ACTIVATIONS,
    LOSSES,
    Activation,
    Array,
    Loss,
    Perceptron,
    softmax,
)
from bigcurves.sample import Floats, Targets
from bigcurves.validation import require_whole


class NetworkClassifier(ClassifierMixin, BaseEstimator):
    """A ReLU or z^2 network, trained by AdamW one epoch at a time.

    Use it as any scikit-learn classifier, or walk through its training and look at the
    network, or stop, after any epoch::

        for epoch in network.training(X, y):
            curve.append((epoch, network.score(X_test, y_test)))

    scikit-learn's own MLPClassifier has neither decoupled weight decay nor the z^2
    activation, which grokking needs (Power et al. 2022; Gromov 2023).

    Parameters
    ----------
    hidden
        Units of each hidden layer.
    activation
        "relu" or "square".
    loss
        "cross_entropy", or "squared" against one-hot targets (mean over rows and classes).
    learning_rate, weight_decay, betas
        As in `AdamW`; weight decay shrinks weights and biases alike.
    epochs
        Passes through the training rows, at least 1.
    batch_size
        Rows to a step; None takes all rows at once (full batch).
    random_state
        Draws the first weights and the order of the rows.

    Attributes
    ----------
    classes_
        The labels, sorted.
    loss_curve_
        Mean training loss during each epoch, before each of its steps.
    network_
        The `Perceptron`, whose `layers` are the (weights, biases) so far, in float32.
    """

    def __init__(
        self,
        *,
        hidden: tuple[int, ...] = (128,),
        activation: Activation = "relu",
        loss: Loss = "cross_entropy",
        learning_rate: float = 1e-2,
        weight_decay: float = 0.0,
        betas: tuple[float, float] = (0.9, 0.999),
        epochs: int = 200,
        batch_size: int | None = None,
        random_state: Any = None,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.loss = loss
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.betas = betas
        self.epochs = epochs
        self.batch_size = batch_size
        self.random_state = random_state

    def fit(self, X: Floats, y: Targets) -> Self:
        """Train for all `epochs`."""
        for _ in self.training(X, y):
            pass
        return self

    def training(self, X: Floats, y: Targets) -> Iterator[int]:
        """Train, and yield the number of epochs done after each one."""
        self._check_settings()
        X, y = validate_data(self, X, y, dtype=np.float32)
        check_classification_targets(y)
        self.classes_, labels = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError("y must have at least 2 classes, got one class")
        Y = np.eye(len(self.classes_), dtype=np.float32)[labels]
        rng = np.random.default_rng(check_random_state(self.random_state).randint(2**31, size=4))
        self.network_ = Perceptron(
            sizes=(X.shape[1], *self.hidden, Y.shape[1]), activation=self.activation, rng=rng
        )
        self.loss_curve_: list[float] = []
        return self._epochs(X, Y, rng)

    def _epochs(self, X: Any, Y: Any, rng: np.random.Generator) -> Iterator[int]:
        network = self.network_
        optimiser = AdamW(
            learning_rate=self.learning_rate, weight_decay=self.weight_decay, betas=self.betas
        )
        for epoch in range(1, self.epochs + 1):
            losses = []
            for rows in self._batches(len(X), rng):
                losses.append(network.descend(X[rows], Y[rows], self.loss))
                optimiser.step(network.flat, network.gradient)
            self.loss_curve_.append(float(np.mean(losses)))
            yield epoch

    def _batches(self, n: int, rng: np.random.Generator) -> list[Any]:
        size = self.batch_size or n
        if size >= n:
            return [slice(None)]
        order = rng.permutation(n)
        return [order[start : start + size] for start in range(0, n, size)]

    def decision_function(self, X: Floats) -> Floats:
        """Return the output layer; for two classes the second output less the first."""
        # In double precision, or a row's outputs would depend on the rows beside it.
        rows = self._rows(X).astype(np.float64)
        outputs = self.network_.outputs(rows)
        return outputs[:, 1] - outputs[:, 0] if len(self.classes_) == 2 else outputs

    def predict_proba(self, X: Floats) -> Floats:
        """Return the softmax of the outputs, shape (n, classes)."""
        rows = self._rows(X).astype(np.float64)
        return softmax(self.network_.outputs(rows))

    def predict(self, X: Floats) -> Targets:
        """Return the label with the largest output."""
        rows = self._rows(X)
        return np.asarray(self.classes_[self.network_.outputs(rows).argmax(axis=1)])

    def _rows(self, X: Floats) -> Array:
        check_is_fitted(self)
        return np.asarray(validate_data(self, X, dtype=np.float32, reset=False))

    def _check_settings(self) -> None:
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"activation must be one of {ACTIVATIONS}, got {self.activation!r}")
        if self.loss not in LOSSES:
            raise ValueError(f"loss must be one of {LOSSES}, got {self.loss!r}")
        if not self.hidden or min(self.hidden) < 1:
            raise ValueError(f"hidden must hold sizes of at least 1, got {self.hidden}")
        if not 0 < self.learning_rate < np.inf:
            raise ValueError(f"learning_rate must be above 0, got {self.learning_rate}")
        if not 0 <= self.weight_decay < np.inf:
            raise ValueError(f"weight_decay must be 0 or more, got {self.weight_decay}")
        if not all(0 <= beta < 1 for beta in self.betas):
            raise ValueError(f"betas must be in [0, 1), got {self.betas}")
        require_whole("epochs", self.epochs, 1)
        if self.batch_size is not None and self.batch_size < 1:
            raise ValueError(f"batch_size must be at least 1 or None, got {self.batch_size}")
