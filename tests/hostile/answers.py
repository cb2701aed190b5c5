"""Look into an answer, whatever holds it, for a number that is none."""

import inspect
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse
from sklearn.base import BaseEstimator
from tests.hostile.shortened import shortened


def not_finite(found: Any, *, endless: bool = False, place: str = "answer") -> str | None:
    """Name a place of an answer that holds NaN or infinity; looks into all that it holds."""
    inside: dict[str, Any] = {}
    if isinstance(found, pd.DataFrame | pd.Series):
        found = found.to_numpy()
    if scipy.sparse.issparse(found):
        found = found.tocoo().data
    if isinstance(found, np.ndarray) and found.dtype == object:
        found = found.ravel().tolist()
    if isinstance(found, float | complex | np.number | np.ndarray):
        values = np.asarray(found)
        if values.dtype.kind not in "fc" or np.isfinite(values).all():
            return None
        return None if endless and not np.isnan(values).any() else f"{place} is {shortened(found)}"
    if isinstance(found, Mapping):
        inside = {f"{place}[{key!r}]": value for key, value in found.items()}
    elif isinstance(found, list | tuple | set) or hasattr(found, "__next__"):
        inside = {f"{place}[{at}]": value for at, value in enumerate(found)}
    elif is_dataclass(found) and not isinstance(found, type):
        named = [field.name for field in fields(found)] + _properties(type(found))
        inside = {f"{place}.{name}": getattr(found, name) for name in named}
    elif isinstance(found, BaseEstimator):
        inside = {f"{place}.{key}": vars(found)[key] for key in vars(found) if key[-1] == "_"}
    told = (not_finite(value, endless=endless, place=at) for at, value in inside.items())
    return next(filter(None, told), None)


def _properties(kind: type) -> list[str]:
    return [name for name, value in inspect.getmembers(kind) if isinstance(value, property)]
