"""Manifold decoders: from a few latents or codes back to pictures, and the paths they draw."""

import warnings
from collections.abc import Callable
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import SparseEfficiencyWarning
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import PCA
from sklearn.kernel_ridge import KernelRidge
from sklearn.manifold import Isomap
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted

from bigcurves.learners.settings import (
    PASSES,
    all_finite,
    checked_rows,
    require_above,
    require_hidden,
    seeded,
)
from bigcurves.learners.units import find_units
from bigcurves.sample import Floats
from bigcurves.validation import (
    require_callable,
    require_number,
    require_rows,
    require_values,
    require_whole,
)

Coder = Callable[[Floats], Floats]
FASTEST = 1e6  # of learning rates
FRAMES = 100_000  # of a path at most


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

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike | None = None) -> Self:  # noqa: ARG002
        """Learn to give rows X back; targets are not looked at."""
        bottleneck, components, batch_size, epochs = (
            require_whole(name, getattr(self, name), 1, PASSES)
            for name in ("bottleneck", "components", "batch_size", "epochs")
        )
        # Units of tanh saturate where others overflow: a rate so low leaves every number finite.
        learning_rate = require_above("learning_rate", self.learning_rate)
        require_number("learning_rate", learning_rate, 0, FASTEST)
        X = checked_rows(self, X, least=2)
        kept = min(components, *X.shape)
        hidden = require_hidden(self.hidden, kept, bottleneck)
        seeded(self.random_state)  # refuses what seeds nothing
        with np.errstate(invalid="ignore"):  # equal pictures have no variance to give shares of
            self.pca_ = PCA(kept, svd_solver="full").fit(X)
        places = self.pca_.transform(X)
        # One scale for all: faint components must stay faint, or noise would be learned.
        self.scale_ = float(places.std()) or 1.0
        self.network_ = MLPRegressor(
            hidden_layer_sizes=(*hidden, bottleneck, *reversed(hidden)),
            activation="tanh",
            learning_rate_init=learning_rate,
            batch_size=min(batch_size, len(X)),
            random_state=self.random_state,
        )
        target = places / self.scale_
        target = target[:, 0] if target.shape[1] == 1 else target
        # partial_fit, not fit: it neither stops early nor warns at the last epoch.
        for _ in range(epochs):
            self.network_.partial_fit(places / self.scale_, target)
        self.loss_curve_ = self.network_.loss_curve_
        return self

    def transform(self, X: npt.ArrayLike) -> Floats:
        """Return each row's code, shape (n, bottleneck), within [-1, 1]."""
        check_is_fitted(self)
        X = checked_rows(self, X)
        return self._walk(self.pca_.transform(X) / self.scale_, 0, len(self.hidden) + 1)

    def inverse_transform(self, codes: npt.ArrayLike) -> Floats:
        """Return the pictures that codes of shape (n, bottleneck) stand for."""
        check_is_fitted(self)
        codes = require_rows("codes", codes, features=int(self.bottleneck))
        components = self._walk(codes, len(self.hidden) + 1, len(self.network_.coefs_))
        return np.asarray(self.pca_.inverse_transform(components * self.scale_))

    def _walk(self, values: Floats, first: int, last: int) -> Floats:
        """Pass values through the layers first .. last - 1; the very last one is linear."""
        for layer in range(first, last):
            values = values @ self.network_.coefs_[layer] + self.network_.intercepts_[layer]
            if layer < len(self.network_.coefs_) - 1:
                values = np.tanh(values)
        return values


def kernel_decoder(
    latents: npt.ArrayLike, pictures: npt.ArrayLike, *, alpha: float = 1e-8
) -> Coder:
    """Fit pictures (n, pixels) as a smooth function of latents (n, d); return that function.

    Kernel ridge with a Gaussian kernel as wide as one standard deviation of the latents,
    each scaled to 1, and so small a ridge, `alpha` of at least 1e-10, that it all but interpolates.
    """
    latents, pictures = require_rows("latents", latents), require_rows("pictures", pictures)
    if len(latents) != len(pictures):
        raise ValueError(f"pictures must have {len(latents)} rows as latents, got {len(pictures)}")
    # Less would be lost in rounding beside a kernel of 1.
    alpha = require_number("alpha", alpha, 1e-10)
    start, step = find_units(latents.min(axis=0), latents.max(axis=0))
    # One for all pixels, as the ridge pulls them towards 0 together.
    (ground,), unit = find_units(pictures.min(keepdims=True)[0], pictures.max(keepdims=True)[0])
    model = make_pipeline(StandardScaler(), KernelRidge(kernel="rbf", gamma=0.5, alpha=alpha))
    model.fit((latents - start) / step, (pictures - ground) / unit)

    def decode(codes: Floats) -> Floats:
        codes = require_rows("codes", codes, features=latents.shape[1])
        with np.errstate(over="ignore"):  # it is refused, or so far that its kernel is 0
            places = (codes - start) / step
            if not all_finite(places):
                raise ValueError("codes must be nearer in size to the latents: they overflow")
            return np.asarray(model.predict(places) * unit + ground)

    return decode


def isomap_coder(pictures: npt.ArrayLike, *, d: int, neighbours: int = 8) -> tuple[Floats, Coder]:
    """Lay pictures out in d coordinates that keep geodesic lengths, and learn the way back.

    Returns the coordinates, shape (n, d), and a kernel decoder from coordinates to pictures
    (Isomap: Tenenbaum et al. 2000). Pieces that no neighbours join are joined by their shortest
    bridges, as scikit-learn does and warns of.
    """
    pictures = require_rows("pictures", pictures, least=2)
    d = require_whole("d", d, 1, len(pictures) - 1)
    neighbours = require_whole("neighbours", neighbours, 1, len(pictures) - 1)
    shift, unit = find_units(pictures.min(axis=0), pictures.max(axis=0))
    isomap = Isomap(n_neighbors=neighbours, n_components=d, eigen_solver="dense")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The number of connected components")
        warnings.filterwarnings("ignore", category=SparseEfficiencyWarning)
        try:
            codes = isomap.fit_transform((pictures - shift) / unit) * unit
        except ValueError as fault:  # geodesic lengths are not those of any d coordinates
            raise ValueError(f"d must be less for these pictures, got {d}: {fault}") from fault
    return np.asarray(codes), kernel_decoder(codes, pictures)


def straight_path(
    start: npt.ArrayLike, end: npt.ArrayLike, *, frames: int, decode: Coder
) -> Floats:
    """Decode `frames` codes at equal steps on the straight line from start to end.

    `start` and `end` are single codes, shape (d,); with the identity for `decode` this is
    the pixel line.
    """
    start, end = require_values("start", start), require_values("end", end)
    if start.shape != end.shape:
        raise ValueError(f"start and end must be (d,) each, got {start.shape} and {end.shape}")
    frames = require_whole("frames", frames, 2, FRAMES)
    require_callable("decode", decode)
    share = np.linspace(0, 1, frames)[:, np.newaxis]
    codes = (1 - share) * start + share * end
    return require_rows("what decode gives", decode(codes), least=frames)
