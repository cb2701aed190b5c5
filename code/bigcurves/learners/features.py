"""Random cosine features with a minimum-norm fit: a model that grows past its data."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.linalg import lstsq
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.utils.validation import check_is_fitted

from bigcurves.learners.least_norm import require_angles
from bigcurves.learners.settings import checked_labels, checked_rows, require_above, seeded
from bigcurves.sample import Floats, Targets
from bigcurves.validation import require_whole

MOST = 100_000  # features


class CosineClassifier(ClassifierMixin, BaseEstimator):
    """Least squares on cos(x W + b), with the smallest weights of all best fits.

    W is normal and b uniform over a turn, so that the features' inner product tends to a
    Gaussian kernel (Rahimi and Recht 2007). Below as many features as rows this is ordinary
    least squares on one-hot labels; above, it passes through every label and takes the
    least norm, the setting of double descent (Belkin et al. 2019; Hastie et al. 2022).

    Parameters
    ----------
    features
        How many cosines, from 1 to 100,000.
    scale
        Standard deviation of the frequencies W, in radians per unit of input, above 0.
    random_state
        Draws W and b.

    Attributes
    ----------
    classes_
        The labels, sorted.
    coef_
        Weights of the features, shape (features, classes).
    """

    def __init__(self, *, features: int = 500, scale: float = 1 / 3, random_state: Any = None):
        self.features = features
        self.scale = scale
        self.random_state = random_state

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike) -> Self:
        """Draw the features and fit their weights by least squares of minimum norm."""
        (fitted,) = self._fit_all(X, [y], [self])
        return fitted

    def fit_each(self, X: npt.ArrayLike, ys: Sequence[npt.ArrayLike]) -> list[Self]:
        """Fit a copy of this to each of several labellings ys of rows X, in one call.

        They share their features, and most of the work of least squares is on those alone.

        Raises
        ------
        ValueError
            As `fit` does, and where there is no labelling.
        """
        known = isinstance(ys, Sequence) or (isinstance(ys, np.ndarray) and ys.ndim > 0)
        if not known or isinstance(ys, str | bytes):
            raise TypeError(f"ys must be a list of labellings, got a {type(ys).__name__}")
        if not len(ys):
            raise ValueError("ys must hold at least 1 labelling, got none")
        return self._fit_all(X, ys, [clone(self) for _ in ys])

    def _fit_all(
        self, X: npt.ArrayLike, ys: Sequence[npt.ArrayLike], fitted: list[Self]
    ) -> list[Self]:
        """Fit each of some equal classifiers to its labelling."""
        features = require_whole("features", self.features, 1, MOST)
        scale = require_above("scale", self.scale, " radians per unit")
        targets = []
        for one, y in zip(fitted, ys, strict=True):
            rows, one.classes_, labels = checked_labels(one, X, y)
            targets.append(np.eye(len(one.classes_))[labels])
        rng = seeded(self.random_state)
        frequencies = scale * rng.standard_normal((rows.shape[1], features))
        phases = rng.uniform(0, 2 * np.pi, features)
        for one in fitted:
            one.frequencies_, one.phases_ = frequencies, phases
        weights = lstsq(fitted[0].cosines(rows), np.hstack(targets))[0]
        ends = np.cumsum([target.shape[1] for target in targets])
        for one, coef in zip(fitted, np.split(weights, ends[:-1], axis=1), strict=True):
            one.coef_ = coef
        return fitted

    def cosines(self, X: npt.ArrayLike) -> Floats:
        """Return the cosines of rows X, shape (n, features)."""
        check_is_fitted(self, "phases_")
        X = checked_rows(self, X)
        with np.errstate(all="ignore"):  # angles that overflow are refused
            angles = X @ self.frequencies_ + self.phases_
        require_angles("X", angles)
        return np.asarray(np.cos(angles))

    def decision_function(self, X: npt.ArrayLike) -> Floats:
        """Return the fitted one-hot values; for two classes the second less the first."""
        values = np.asarray(self.cosines(X) @ self.coef_)
        return values[:, 1] - values[:, 0] if len(self.classes_) == 2 else values

    def predict(self, X: npt.ArrayLike) -> Targets:
        """Return the label with the largest fitted value."""
        values = self.cosines(X) @ self.coef_
        return np.asarray(self.classes_[values.argmax(axis=1)])
