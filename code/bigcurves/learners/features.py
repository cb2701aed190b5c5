"""Random cosine features with a minimum-norm fit: a model that grows past its data."""

from typing import Any, Self

import numpy as np
from scipy.linalg import lstsq
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from bigcurves.sample import Floats, Targets


class CosineClassifier(ClassifierMixin, BaseEstimator):
    """Least squares on cos(x W + b), with the smallest weights of all best fits.

    W is normal and b uniform over a turn, so that the features' inner product tends to a
    Gaussian kernel (Rahimi and Recht 2007). Below as many features as rows this is ordinary
    least squares on one-hot labels; above, it passes through every label and takes the
    least norm, the setting of double descent (Belkin et al. 2019; Hastie et al. 2022).

    Parameters
    ----------
    features
        How many cosines, at least 1.
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

    def fit(self, X: Floats, y: Targets) -> Self:
        """Draw the features and fit their weights by least squares of minimum norm."""
        if self.features < 1:
            raise ValueError(f"features must be at least 1, got {self.features}")
        if not 0 < self.scale < np.inf:
            raise ValueError(f"scale must be above 0 radians per unit, got {self.scale}")
        X, y = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(y)
        self.classes_, labels = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError("y must have at least 2 classes, got one class")
        rng = check_random_state(self.random_state)
        self.frequencies_ = self.scale * rng.standard_normal((X.shape[1], self.features))
        self.phases_ = rng.uniform(0, 2 * np.pi, self.features)
        self.coef_ = lstsq(self.cosines(X), np.eye(len(self.classes_))[labels])[0]
        return self

    def cosines(self, X: Floats) -> Floats:
        """Return the cosines of rows X, shape (n, features)."""
        check_is_fitted(self, "phases_")
        X = validate_data(self, X, dtype=np.float64, reset=False)
        return np.asarray(np.cos(X @ self.frequencies_ + self.phases_))

    def decision_function(self, X: Floats) -> Floats:
        """Return the fitted one-hot values; for two classes the second less the first."""
        values = np.asarray(self.cosines(X) @ self.coef_)
        return values[:, 1] - values[:, 0] if len(self.classes_) == 2 else values

    def predict(self, X: Floats) -> Targets:
        """Return the label with the largest fitted value."""
        values = self.cosines(X) @ self.coef_
        return np.asarray(self.classes_[values.argmax(axis=1)])
