"""Manifold decoders: from a few latents or codes back to pictures, and the paths they draw."""

import warnings
from collections.abc import Callable
from typing import Any, Self

import numpy as np
from scipy.sparse import SparseEfficiencyWarning
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import PCA
from sklearn.kernel_ridge import KernelRidge
from sklearn.manifold import Isomap
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted, validate_data

from bigcurves.sample import Floats, Targets
from bigcurves.validation import require_whole

Coder = Callable[[Floats], Floats]


class Autoencoder(TransformerMixin, BaseEstimator):
    """A network that squeezes pictures through a few units and draws them again.

    scikit-learn's MLPRegressor, trained to give back the principal components of its
    input, with the middle layer open: `transform` encodes, `inverse_transform` decodes.

    Parameters
    ----------
    bottleneck
        Units of the middle layer: the length of a code, at least 1.
    hidden
        Units of the layers before it; the layers after it mirror them.
    components
        Principal components that stand for a picture, cut down to rows and features.
    learning_rate, batch_size, epochs
        Of Adam; each epoch passes once through the rows.
    random_state
        Draws the first weights and the order of the rows.

    Attributes
    ----------
    network_
        The fitted MLPRegressor, from scaled components to scaled components.
    loss_curve_
        Its training loss at each epoch.
    """

    def __init__(
        self,
        *,
        bottleneck: int = 2,
        hidden: tuple[int, ...] = (64, 64),
        components: int = 40,
        learning_rate: float = 3e-3,
        batch_size: int = 100,
        epochs: int = 150,
        random_state: Any = None,
    ) -> None:
        self.bottleneck = bottleneck
        self.hidden = hidden
        self.components = components
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.random_state = random_state

    def fit(self, X: Floats, y: Targets | None = None) -> Self:  # noqa: ARG002
        """Learn to give rows X back; targets are not looked at."""
        for name in ("bottleneck", "components", "batch_size", "epochs"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        X = validate_data(self, X, dtype=np.float64, ensure_min_samples=2)
        self.pca_ = PCA(min(self.components, *X.shape), svd_solver="full").fit(X)
        components = self.pca_.transform(X)
        # One scale for all: faint components must stay faint, or noise would be learned.
        self.scale_ = float(components.std()) or 1.0
        self.network_ = MLPRegressor(
            hidden_layer_sizes=(*self.hidden, self.bottleneck, *reversed(self.hidden)),
            activation="tanh",
            learning_rate_init=self.learning_rate,
            batch_size=min(self.batch_size, len(X)),
            random_state=self.random_state,
        )
        # partial_fit, not fit: it neither stops early nor warns at the last epoch.
        target = components / self.scale_
        target = target[:, 0] if target.shape[1] == 1 else target
        for _ in range(self.epochs):
            self.network_.partial_fit(components / self.scale_, target)
        self.loss_curve_ = self.network_.loss_curve_
        return self

    def transform(self, X: Floats) -> Floats:
        """Return each row's code, shape (n, bottleneck), within [-1, 1]."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        return self._walk(self.pca_.transform(X) / self.scale_, 0, len(self.hidden) + 1)

    def inverse_transform(self, codes: Floats) -> Floats:
        """Return the pictures that codes of shape (n, bottleneck) stand for."""
        check_is_fitted(self)
        codes = np.asarray(codes, dtype=np.float64)
        if codes.ndim != 2 or codes.shape[1] != self.bottleneck:
            raise ValueError(f"codes must have shape (n, {self.bottleneck}), got {codes.shape}")
        components = self._walk(codes, len(self.hidden) + 1, len(self.network_.coefs_))
        return np.asarray(self.pca_.inverse_transform(components * self.scale_))

    def _walk(self, values: Floats, first: int, last: int) -> Floats:
        """Pass values through the layers first .. last - 1; the very last one is linear."""
        for layer in range(first, last):
            values = values @ self.network_.coefs_[layer] + self.network_.intercepts_[layer]
            if layer < len(self.network_.coefs_) - 1:
                values = np.tanh(values)
        return values


def kernel_decoder(latents: Floats, pictures: Floats, *, alpha: float = 1e-8) -> Coder:
    """Fit pictures (n, pixels) as a smooth function of latents (n, d); return that function.

    Kernel ridge with a Gaussian kernel as wide as one standard deviation of the latents,
    each scaled to 1, and so small a ridge that it all but interpolates.
    """
    model = make_pipeline(StandardScaler(), KernelRidge(kernel="rbf", gamma=0.5, alpha=alpha))
    if len(latents) != len(pictures):
        raise ValueError(f"pictures must have {len(latents)} rows as latents, got {len(pictures)}")
    model.fit(latents, pictures)
    return lambda codes: np.asarray(model.predict(codes))


def isomap_coder(pictures: Floats, *, d: int, neighbours: int = 8) -> tuple[Floats, Coder]:
    """Lay pictures out in d coordinates that keep geodesic lengths, and learn the way back.

    Returns the coordinates, shape (n, d), and a kernel decoder from coordinates to pictures
    (Isomap: Tenenbaum et al. 2000). Pieces that no neighbours join are joined by their shortest
    bridges, as scikit-learn does and warns of.
    """
    require_whole("d", d, 1)
    isomap = Isomap(n_neighbors=neighbours, n_components=d, eigen_solver="dense")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The number of connected components")
        warnings.filterwarnings("ignore", category=SparseEfficiencyWarning)
        codes = isomap.fit_transform(pictures)
    return np.asarray(codes), kernel_decoder(codes, pictures)


def straight_path(start: Floats, end: Floats, *, frames: int, decode: Coder) -> Floats:
    """Decode `frames` codes at equal steps on the straight line from start to end.

    `start` and `end` are single codes, shape (d,); with the identity for `decode` this is
    the pixel line.
    """
    start, end = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    if start.ndim != 1 or start.shape != end.shape:
        raise ValueError(f"start and end must be (d,) each, got {start.shape} and {end.shape}")
    require_whole("frames", frames, 2)
    share = np.linspace(0, 1, frames)[:, np.newaxis]
    return decode((1 - share) * start + share * end)
