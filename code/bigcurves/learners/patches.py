"""Convolution features from patches: an architecture's prior, with almost nothing learned.

Small patches are cut from everywhere in the picture, whitened, and described by their
distance to typical patches; each description is pooled over a region. That is locality and
weight sharing, the priors of a convolutional network, without its training.
"""

from itertools import product
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.validation import check_is_fitted

from bigcurves.learners.settings import (
    all_finite,
    checked_rows,
    picture_shape,
    require_above,
    seeded,
)
from bigcurves.learners.units import find_units
from bigcurves.sample import Floats
from bigcurves.validation import require_choice, require_whole

LIMITS = {  # of whole numbers: more would fill a memory
    "patch": (1, 2**31 - 1),  # which is cut down to the picture
    "centres": (1, 10_000),
    "pad": (0, 64),
    "patches": (1, 1_000_000),
}
FAINTEST = 1e-24  # of a variance that is whitened: pictures reach over 1 or so in their unit
ROWS = 16  # images described at a time: their patches stay in the cache


class PatchFeatures(TransformerMixin, BaseEstimator):
    """Pooled "triangle" features of whitened patches, for a linear classifier to follow.

    Coates, Ng and Lee, "An analysis of single-layer networks in unsupervised feature
    learning" (AISTATS 2011): ZCA whitening, k-means, f_k = max(0, mean distance - distance
    to centre k), mean over each region of the picture. Patches keep their brightness: the
    paper's contrast normalisation would blow up the noise of an empty background.

    Parameters
    ----------
    patch
        Side of the patches, in pixels; cut down to the picture where that is smaller.
    centres
        How many typical patches to learn, at least 1.
    pool
        "quadrants" keeps which quarter of the picture a feature came from (2 x 2 means);
        "global" forgets where it was.
    pad
        Pixels of empty canvas laid round the picture. With patch - 1 every pixel is seen
        from all sides; without, the border tells a globally pooled feature where it is.
    shape
        Height and width of the pictures in each row; None takes a square when the number
        of features is one, and a strip of height 1 otherwise.
    whitening
        Added to each eigenvalue of the patches' covariance, as a share of their mean.
    patches
        How many patches, drawn at random, to learn whitening and centres from.
    random_state
        Draws patches and starts k-means.

    Attributes
    ----------
    shift_
        0, or the middle of pictures whose numbers lie far from 0.
    unit_
        1, or the power of two near the reach of pictures of another unit. All else is of pictures
        less the shift and over the unit.
    centres_
        The typical patches after whitening, shape (centres, patch pixels).
    whiten_
        The whitening matrix, and `mean_`, the mean patch that is taken away before.
    """

    def __init__(
        self,
        *,
        patch: int = 6,
        centres: int = 48,
        pool: str = "quadrants",
        pad: int = 0,
        shape: tuple[int, int] | None = None,
        whitening: float = 0.01,
        patches: int = 20_000,
        random_state: Any = None,
    ) -> None:
        self.patch = patch
        self.centres = centres
        self.pool = pool
        self.pad = pad
        self.shape = shape
        self.whitening = whitening
        self.patches = patches
        self.random_state = random_state

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike | None = None) -> Self:  # noqa: ARG002
        """Learn whitening and typical patches from rows X; targets are not looked at."""
        self._check_settings()
        X = checked_rows(self, X, least=1)
        self.shape_ = picture_shape(self.shape, X.shape[1])
        rng = seeded(self.random_state)
        low, high = X.min(keepdims=True)[0], X.max(keepdims=True)[0]
        if self.pad:  # the canvas is of the picture too, and of 0
            low, high = np.minimum(low, 0), np.maximum(high, 0)
        (self.shift_,), self.unit_ = find_units(low, high)
        drawn = self._draw((X - self.shift_) / self.unit_, rng)
        self.mean_ = drawn.mean(axis=0)
        self.whiten_ = _zca(drawn - self.mean_, float(self.whitening))
        means = MiniBatchKMeans(
            min(int(self.centres), len(drawn)), batch_size=1024, n_init=3, random_state=rng
        )
        self.centres_ = means.fit((drawn - self.mean_) @ self.whiten_).cluster_centers_
        return self

    def transform(self, X: npt.ArrayLike) -> Floats:
        """Return the pooled features, shape (n, regions * centres)."""
        check_is_fitted(self)
        X = checked_rows(self, X)
        with np.errstate(all="ignore"):  # what overflows is refused
            blocks = [
                self._describe((X[at : at + ROWS] - self.shift_) / self.unit_)
                for at in range(0, len(X), ROWS)
            ]
        found = np.concatenate(blocks)
        if not all_finite(found):
            raise ValueError("X must be nearer in size to the rows that were learned: it overflows")
        return found

    def _describe(self, X: Floats) -> Floats:
        """Describe and pool in single precision: twice as fast, right to a millionth."""
        windows = self._windows(X.astype(np.float32))
        n, down, across = windows.shape[:3]
        mean, whiten, centres = (
            learnt.astype(np.float32) for learnt in (self.mean_, self.whiten_, self.centres_)
        )
        # A product for each picture, or a row's rounding would depend on the rows beside it.
        white = (windows.reshape(n, down * across, -1) - mean) @ whiten
        gaps = white @ (-2 * centres.T)
        gaps += np.einsum("npw,npw->np", white, white)[:, :, np.newaxis]
        gaps += np.einsum("kw,kw->k", centres, centres)
        nothing = np.zeros_like(gaps)  # a whole array: numpy's maximum is slow with a scalar
        np.sqrt(np.maximum(gaps, nothing, out=gaps), out=gaps)
        near = np.subtract(gaps.mean(axis=2, keepdims=True), gaps, out=gaps)
        np.maximum(near, nothing, out=near)
        pooled = _pool(down, across, self.pool) @ near
        return np.asarray(pooled.reshape(n, -1), dtype=np.float64)

    def _draw(self, X: Floats, rng: np.random.RandomState) -> Floats:
        """Cut patches at random rows and places, shape (patches, patch pixels)."""
        windows = self._windows(X)
        count = min(int(self.patches), int(np.prod(windows.shape[:3])))
        chosen = rng.choice(int(np.prod(windows.shape[:3])), count, replace=False)
        return np.asarray(windows[np.unravel_index(chosen, windows.shape[:3])].reshape(count, -1))

    def _windows(self, X: Floats) -> Floats:
        """View every patch: shape (n, down, across, patch height, patch width)."""
        pad = int(self.pad)
        margin = (pad, pad) if self.shape_[0] > 1 else (0, 0)
        pictures = np.pad(X.reshape(-1, *self.shape_), [(0, 0), margin, (pad, pad)])
        size = [min(int(self.patch), side) for side in pictures.shape[1:]]
        return np.asarray(sliding_window_view(pictures, size, axis=(1, 2)))

    def _check_settings(self) -> None:
        for name, (least, most) in LIMITS.items():
            require_whole(name, getattr(self, name), least, most)
        require_choice("pool", self.pool, ("quadrants", "global"))
        require_above("whitening", self.whitening)


def _zca(rows: Floats, share: float) -> Floats:
    """Return the symmetric matrix that makes centred rows uncorrelated, all but the faintest."""
    values, vectors = np.linalg.eigh(rows.T @ rows / len(rows))
    floor = max(share * float(values.mean()), FAINTEST)
    return np.asarray((vectors / np.sqrt(np.maximum(values, 0) + floor)) @ vectors.T)


def _pool(down: int, across: int, pool: str) -> npt.NDArray[np.float32]:
    """Weigh the places of each region, shape (regions, down * across).

    Regions are the whole, or four quadrants, which share a middle line.
    """
    weights = np.zeros((1 if pool == "global" else 4, down, across), np.float32)
    high, wide = (down, across) if pool == "global" else (-(-down // 2), -(-across // 2))
    corners = product((slice(high), slice(-high, None)), (slice(wide), slice(-wide, None)))
    for region, corner in zip(weights, corners, strict=False):
        region[corner] = 1
    weights /= weights.sum(axis=(1, 2), keepdims=True)
    return weights.reshape(len(weights), -1)
