"""Expressions of the charts' own language, written from Python: a call, a list, a number."""

import json
import math
from collections.abc import Sequence
from typing import TypeAlias

Term: TypeAlias = "str | float | Sequence[Term]"  # an expression, a plain value, or a list of them


def call(function: str, *terms: "Term | None") -> str:
    """Write a call of one of the charts' functions; an argument that is None is left out.

    Raises
    ------
    ValueError
        If a number is infinite: the charts' language has no word for it.
    """
    written = (_written(term, function) for term in terms if term is not None)
    return f"{function}({', '.join(written)})"


def _written(term: Term, function: str) -> str:
    if isinstance(term, str):
        return term
    if isinstance(term, Sequence):
        return f"[{', '.join(_written(each, function) for each in term)}]"
    if math.isinf(term):
        raise ValueError(f"numbers of {function}() must be finite or NaN, got {term}")
    return json.dumps(term)  # numbers and truth values as JavaScript has them
