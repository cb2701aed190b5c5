"""Two kernels of one reach, and the curves through all labels that they make."""

from typing import Literal, TypeAlias, get_args

import numpy as np
from scipy.linalg import solve

from bigcurves.sample import Floats, Targets

Kernel: TypeAlias = Literal["gaussian", "laplace"]
KERNELS: tuple[Kernel, ...] = get_args(Kernel)
CLASSES = 10


def kernel_of(distances: Floats, kernel: Kernel, scale: float) -> Floats:
    """Turn distances into likenesses, 1 at no distance and 1/e at sqrt(2)/scale.

    The Gaussian kernel is that of endlessly many random cosines whose frequencies have the
    standard deviation `scale`. It is flat at its top; the Laplace kernel has a point there.
    """
    far = distances * scale / np.sqrt(2)
    return np.asarray(np.exp(-far if kernel == "laplace" else -(far**2)))


def votes(gram: Floats, labels: Targets, n: int, ridge: float = 0.0) -> Floats:
    """Weigh the ten classes for each row of `gram`, having met the labels of its first n columns.

    Without a ridge the curve passes through all n labels.
    """
    one_hot = np.eye(CLASSES)[labels[:n]]
    weights = solve(gram[:n, :n] + ridge * np.eye(n), one_hot, assume_a="pos")
    return np.asarray(gram[:, :n] @ weights)
