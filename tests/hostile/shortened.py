"""Tell a value in few words: one line that shows what an input was."""

import re
import reprlib
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse

FEW = 6  # entries that are told one by one
LONGEST = 300  # characters


def shortened(value: Any) -> str:
    """Tell a value in one line, the same in each process: without an object's address."""
    told = " ".join(re.sub(r" at 0x[0-9a-fA-F]+", "", TOLD.repr(value)).split())
    return told if len(told) <= LONGEST else f"{told[:LONGEST]} ..."


class _Told(reprlib.Repr):
    """Python's own short words, and an array's type, shape and range."""

    def repr1(self, x: Any, level: int) -> str:
        if isinstance(x, np.ndarray) and x.ndim:
            masked = "masked " if np.ma.isMaskedArray(x) else ""
            return f"<{masked}{x.dtype} {x.shape}: {_entries(x)}>"
        if isinstance(x, pd.DataFrame | pd.Series):
            return f"<{type(x).__name__} {x.shape}: {_entries(x.to_numpy())}>"
        if scipy.sparse.issparse(x):
            return f"<{type(x).__name__} {x.shape}: {_entries(x.tocoo().data)}>"
        if callable(x) and hasattr(x, "__name__"):
            return f"<function {x.__name__}>"
        return super().repr1(x, level)


TOLD = _Told()
TOLD.maxlist = TOLD.maxtuple = TOLD.maxdict = FEW
TOLD.maxlevel = 3
TOLD.maxstring = TOLD.maxother = TOLD.maxlong = 60


def _entries(array: np.ndarray) -> str:
    flat = np.ravel(np.asarray(array))
    if flat.dtype.kind not in "fiu" or len(flat) <= FEW:
        return TOLD.repr(flat[:FEW].tolist())
    with np.errstate(all="ignore"):
        return f"{flat.min():.3g} to {flat.max():.3g}"
