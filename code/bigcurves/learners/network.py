"""A small network that can be watched while it learns."""

import math
from collections.abc import Iterator
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

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
from bigcurves.learners.settings import (
    PASSES,
    all_finite,
    checked_labels,
    checked_rows,
    require_above,
    require_hidden,
    seeded,
)
from bigcurves.sample import Floats, Targets
from bigcurves.validation import require_choice, require_number, require_whole

LARGEST = 1e30  # the largest input: single precision ends at 3e38


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

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike) -> Self:
        """Train for all `epochs`."""
        for _ in self.training(X, y):
            pass
        return self

    def training(self, X: npt.ArrayLike, y: npt.ArrayLike) -> Iterator[int]:
        """Train, and yield the number of epochs done after each one.

        Raises
        ------
        ValueError
            After the epoch in which loss or weights grew past all numbers.
        """
        self._check_settings()
        rows, self.classes_, labels = checked_labels(self, X, y)
        X = _single(rows)
        Y = np.eye(len(self.classes_), dtype=np.float32)[labels]
        hidden = require_hidden(self.hidden, X.shape[1], Y.shape[1])
        rng = np.random.default_rng(seeded(self.random_state).randint(2**31, size=4))
        self.network_ = Perceptron(
            sizes=(X.shape[1], *hidden, Y.shape[1]), activation=self.activation, rng=rng
        )
        self.loss_curve_: list[float] = []
        return self._epochs(X, Y, rng)

    def _epochs(self, X: Any, Y: Any, rng: np.random.Generator) -> Iterator[int]:
        network = self.network_
        beta1, beta2 = self.betas
        optimiser = AdamW(
            learning_rate=float(self.learning_rate),
            weight_decay=float(self.weight_decay),
            betas=(float(beta1), float(beta2)),
        )
        for epoch in range(1, int(self.epochs) + 1):
            losses = []
            with np.errstate(all="ignore"):  # what overflows is seen below, and refused
                for rows in self._batches(len(X), rng):
                    losses.append(network.descend(X[rows], Y[rows], self.loss))
                    optimiser.step(network.flat, network.gradient)
                loss = float(np.mean(losses))
                # One product, not a look at each weight: a fiftieth of a step's time.
                if not math.isfinite(loss + float(np.dot(network.flat, network.flat))):
                    raise ValueError(
                        f"learning_rate must be smaller than {self.learning_rate:g}, or X nearer "
                        f"to 1 in size: training diverged in epoch {epoch}"
                    )
            self.loss_curve_.append(loss)
            yield epoch

    def _batches(self, n: int, rng: np.random.Generator) -> list[Any]:
        size = int(self.batch_size or n)
        if size >= n:
            return [slice(None)]
        order = rng.permutation(n)
        return [order[start : start + size] for start in range(0, n, size)]

    def decision_function(self, X: npt.ArrayLike) -> Floats:
        """Return the output layer; for two classes the second output less the first."""
        # In double precision, or a row's outputs would depend on the rows beside it.
        outputs = self._outputs(self._rows(X).astype(np.float64))
        return outputs[:, 1] - outputs[:, 0] if len(self.classes_) == 2 else outputs

    def predict_proba(self, X: npt.ArrayLike) -> Floats:
        """Return the softmax of the outputs, shape (n, classes)."""
        return softmax(self._outputs(self._rows(X).astype(np.float64)))

    def predict(self, X: npt.ArrayLike) -> Targets:
        """Return the label with the largest output."""
        outputs = self._outputs(self._rows(X))
        return np.asarray(self.classes_[outputs.argmax(axis=1)])

    def _rows(self, X: npt.ArrayLike) -> Array:
        check_is_fitted(self)
        return _single(checked_rows(self, X))

    def _outputs(self, rows: Array) -> Array:
        with np.errstate(all="ignore"):  # what overflows is refused
            outputs = self.network_.outputs(rows)
        if not all_finite(outputs):
            raise ValueError("X must be nearer in size to the rows that were learned: it overflows")
        return outputs

    def _check_settings(self) -> None:
        require_choice("activation", self.activation, ACTIVATIONS)
        require_choice("loss", self.loss, LOSSES)
        if isinstance(self.hidden, tuple | list) and not self.hidden:
            raise ValueError("hidden must hold at least 1 size, got none")
        require_above("learning_rate", self.learning_rate)
        require_number("weight_decay", self.weight_decay, 0)
        if not isinstance(self.betas, tuple | list) or len(self.betas) != 2:
            raise ValueError(f"betas must be two numbers in [0, 1), got {self.betas!r:.60}")
        for beta in self.betas:
            if require_number("betas", beta, 0, 1) == 1:
                raise ValueError(f"betas must be in [0, 1), got {self.betas}")
        require_whole("epochs", self.epochs, 1, PASSES)
        if self.batch_size is not None:
            require_whole("batch_size", self.batch_size, 1)


def _single(X: Floats) -> Array:
    """Make single precision of rows that scikit-learn has looked at."""
    largest = max(-X.min(), X.max())
    if largest > LARGEST:
        raise ValueError(f"X must be at most {LARGEST:g} in size, got {largest:g}")
    return np.asarray(X, np.float32)
