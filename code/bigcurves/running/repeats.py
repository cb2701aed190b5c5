"""How a column repeats: what another processor, or another numpy, may move in it.

An experiment declares it for each of its columns but `seed`, beside its claims::

    REPEATS = exact("world d") | close("two_nn") | trained("accuracy")

Several names stand in one text, with spaces between them.
"""

import math
from typing import Any, TypeAlias

Rows: TypeAlias = list[dict[str, Any]]  # what a run returns: tidy, each row with its seed
Repeats: TypeAlias = dict[str, float]  # column -> the relative tolerance of a repeated value


def exact(columns: str) -> Repeats:
    """Declare columns that repeat to the last bit: names, settings, counts."""
    return dict.fromkeys(columns.split(), 0.0)


def close(columns: str, *, relative: float = 1e-9) -> Repeats:
    """Declare columns that linear algebra rounds in its own way on each processor.

    Another tolerance stands there with the measurement that asked for it.
    """
    return dict.fromkeys(columns.split(), relative)


def trained(columns: str) -> Repeats:
    """Declare columns that training spreads from its last bits: claims' figures are compared."""
    return dict.fromkeys(columns.split(), math.inf)
