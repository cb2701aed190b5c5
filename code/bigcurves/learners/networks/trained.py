"""What every network of this package does as a scikit-learn classifier: train, and answer."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from bigcurves.learners.networks.adamw import AdamW
from bigcurves.learners.networks.losses import LOSSES, Array, softmax
from bigcurves.learners.networks.training import SCHEDULES, Bare, train
from bigcurves.learners.settings import (
    PASSES,
    all_finite,
    checked_labels,
    checked_rows,
    require_above,
    seeded,
)
from bigcurves.sample import Floats, Targets
from bigcurves.validation import require_choice, require_number, require_whole

LARGEST = 1e30  # the largest input: single precision ends at 3e38
ROWS = 4096  # answered at a time


class TrainedClassifier(ClassifierMixin, BaseEstimator):
    """A network trained by AdamW one epoch at a time; a subclass says what network."""

    loss: Any
    learning_rate: Any
    schedule: Any
    weight_decay: Any
    betas: Any
    epochs: int
    batch_size: Any
    random_state: Any
    classes_: Targets
    network_: Any
    loss_curve_: list[float]

    @abstractmethod
    def _draw(self, features: int, classes: int, rng: np.random.Generator) -> Bare:
        """Draw the network that is to be trained on rows of so many features."""

    def _check_own_settings(self) -> None:
        """Refuse settings of the subclass that do not depend on the rows."""

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
        rng = np.random.default_rng(seeded(self.random_state).randint(2**31, size=4))
        self.network_ = self._draw(X.shape[1], Y.shape[1], rng)
        self.loss_curve_ = []
        return self._epochs(X, Y, rng)

    def _epochs(self, X: Array, Y: Array, rng: np.random.Generator) -> Iterator[int]:
        beta1, beta2 = self.betas
        optimiser = AdamW(
            learning_rate=float(self.learning_rate),
            weight_decay=float(self.weight_decay),
            betas=(float(beta1), float(beta2)),
        )
        losses = train(
            self.network_,
            X,
            Y,
            loss=self.loss,
            optimiser=optimiser,
            schedule=self.schedule,
            epochs=int(self.epochs),
            batch_size=None if self.batch_size is None else int(self.batch_size),
            rng=rng,
        )
        try:
            for epoch, loss in enumerate(losses, start=1):
                self.loss_curve_.append(loss)
                yield epoch
        except FloatingPointError as fault:
            raise ValueError(
                f"learning_rate must be smaller than {self.learning_rate:g}, or X nearer "
                f"to 1 in size: training diverged in epoch {fault}"
            ) from fault

    def decision_function(self, X: npt.ArrayLike) -> Floats:
        """Return the output layer; for two classes the second output less the first."""
        outputs = self._outputs(X, np.float64)
        return outputs[:, 1] - outputs[:, 0] if len(self.classes_) == 2 else outputs

    def predict_proba(self, X: npt.ArrayLike) -> Floats:
        """Return the softmax of the outputs, shape (n, classes)."""
        return softmax(self._outputs(X, np.float64))

    def predict(self, X: npt.ArrayLike) -> Targets:
        """Return the label with the largest output."""
        outputs = self._outputs(X, np.float32)
        return np.asarray(self.classes_[outputs.argmax(axis=1)])

    def _outputs(self, X: npt.ArrayLike, kind: Any) -> Array:
        """Return the output layer, computed in a kind of float.

        Where outputs are handed out it is double, or a row's would depend on the rows beside it.
        """
        check_is_fitted(self)
        rows = _single(checked_rows(self, X, kept=True))
        with np.errstate(all="ignore"):  # what overflows is refused
            outputs = np.concatenate(
                [
                    self.network_.outputs(rows[at : at + ROWS].astype(kind))
                    for at in range(0, len(rows), ROWS)
                ]
            )
        if not all_finite(outputs):
            raise ValueError("X must be nearer in size to the rows that were learned: it overflows")
        return outputs

    def _check_settings(self) -> None:
        self._check_own_settings()
        require_choice("loss", self.loss, tuple(LOSSES))
        require_above("learning_rate", self.learning_rate)
        require_choice("schedule", self.schedule, SCHEDULES)
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
