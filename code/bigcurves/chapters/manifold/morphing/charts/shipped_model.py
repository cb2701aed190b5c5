"""What the page needs to walk between bars by itself: a learned model as plain, short numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DIGITS = 4  # decimals of a network's numbers: its pictures then move by some 1e-3 at most


def shipped_model(
    *,
    latents: Floats,
    neighbours: npt.NDArray[np.int64],
    mean: Floats,
    axes: Floats,
    scale: float,
    weights: Sequence[Floats],
    biases: Sequence[Floats],
) -> dict[str, Any]:
    """Put known bars and an autoencoder trained on them into plain lists for the page.

    Parameters
    ----------
    latents
        Of the known bars, shape (n, 2).
    neighbours
        For each known bar the rows of its nearest others, shape (n, k).
    mean, axes, scale
        Of the pictures' principal components: shape (pixels,), (components, pixels), and the
        divisor between components and the network.
    weights, biases
        The network's layers, an even number; the first half leads to the code.
    """
    if len(weights) != len(biases) or len(weights) % 2:
        raise ValueError(f"weights and biases must be even and as many, got {len(weights)}")
    if len(latents) != len(neighbours):
        raise ValueError(f"neighbours must have {len(latents)} rows, got {len(neighbours)}")
    layers = [
        {"weights": _short(w), "biases": _short(b)} for w, b in zip(weights, biases, strict=True)
    ]
    return {
        "latents": _short(latents),
        "neighbours": np.asarray(neighbours).tolist(),
        "mean": _short(mean),
        "axes": _short(axes),
        "scale": round(float(scale), 6),
        "layers": layers,
        "encoding": len(layers) // 2,
    }


def _short(values: Floats) -> Any:
    return np.round(np.asarray(values, dtype=float), DIGITS).tolist()
