"""Expressions of the charts' own language, written from Python: a call, a list, a number."""

import json
from collections.abc import Sequence
from typing import TypeAlias

Term: TypeAlias = "str | float | Sequence[Term]"  # an expression, a plain value, or a list of them


def call(function: str, *terms: "Term | None") -> str:
    """Write a call of one of the charts' functions; an argument that is None is left out."""
    return f"{function}({', '.join(_written(term) for term in terms if term is not None)})"


def _written(term: Term) -> str:
    if isinstance(term, str):
        return term
    if isinstance(term, Sequence):
        return f"[{', '.join(map(_written, term))}]"
    return json.dumps(term)  # numbers and truth values as JavaScript has them
