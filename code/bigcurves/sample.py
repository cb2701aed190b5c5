"""The one thing that crosses layers: rows, and the truth that made them."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
WholeNumbers: TypeAlias = npt.NDArray[np.int64]
Targets: TypeAlias = npt.NDArray[Any]
NUMBERS = "fiub"  # numpy's kinds of real numbers
KINDS = {"inputs": NUMBERS, "latents": NUMBERS, "targets": NUMBERS + "US"}  # targets may be words


def require_unmasked(name: str, values: Any) -> None:
    """Refuse masked values: what lies beneath the mask would count."""
    if np.ma.is_masked(values):
        hidden = int(np.sum(np.ma.getmaskarray(np.ma.asarray(values))))
        raise ValueError(f"{name} must have no masked values, got {hidden}: leave them out")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Rows drawn from a world, with the latents and targets behind them.

    Attributes
    ----------
    inputs
        What a learner sees, shape (n, features).
    latents
        The hidden numbers that made each row, shape (n, d); None where nobody
        knows them (the real digits).
    targets
        What a learner is asked for, shape (n,); None where nothing is asked.

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or a number is masked or not finite.
    TypeError
        If something else than an array of real numbers arrives (targets may be words, too).
    """

    inputs: Floats
    latents: Floats | None = None
    targets: Targets | None = None

    def __post_init__(self) -> None:
        for name, kinds in KINDS.items():
            values = getattr(self, name)
            if not isinstance(values, np.ndarray if name == "inputs" else np.ndarray | None):
                kind = type(values).__name__
                raise TypeError(f"{name} must be an array, got a {kind}: numpy.asarray makes one")
            if values is not None and values.dtype.kind not in kinds:
                raise TypeError(f"{name} must be an array of numbers, got one of {values.dtype}")
            require_unmasked(name, values)
        if self.inputs.ndim != 2:
            raise ValueError(f"inputs must have shape (n, features), got {self.inputs.shape}")
        rows = len(self.inputs)
        if self.latents is not None and (self.latents.ndim != 2 or len(self.latents) != rows):
            raise ValueError(f"latents must have shape ({rows}, d), got {self.latents.shape}")
        if self.targets is not None and self.targets.shape != (rows,):
            raise ValueError(f"targets must have shape ({rows},), got {self.targets.shape}")
        for name in ("inputs", "latents", "targets"):
            values = getattr(self, name)
            if values is not None and values.dtype.kind == "f" and not np.isfinite(values).all():
                raise ValueError(f"{name} must be finite, got NaN or infinity")

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.inputs)
