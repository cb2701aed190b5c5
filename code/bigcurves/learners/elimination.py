"""Elimination over the field of two elements: exact answers where a slope sees nothing.

Addition is "exclusive or", so that a row of bits with its parity is a linear equation. A parity
of n bits is known after little more than n random rows, and a table of bits can be kept as the
solution of such equations.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bigcurves.validation import require_integers, require_rows

Bits: TypeAlias = npt.NDArray[np.bool_]


def solve_parities(rows: npt.ArrayLike, parities: npt.ArrayLike) -> Bits | None:
    """Find bits x with rows @ x = parities (mod 2); None where there are none.

    Gauss-Jordan elimination on packed bits. Where many x fit, the free bits are 0.

    Parameters
    ----------
    rows
        Bits of shape (m, n), with m and n at least 1.
    parities
        Bits of shape (m,).

    Returns
    -------
    x
        Bits of shape (n,).
    """
    equations, answers = require_rows("rows", rows), require_integers("parities", parities, 0, 1)
    if len(answers) != len(equations):
        raise ValueError(
            "rows and parities must have shapes (m, n) and (m,), "
            f"got {equations.shape} and {answers.shape}"
        )
    if len(wrong := equations[~np.isin(equations, (0, 1))]):
        raise ValueError(f"rows must hold bits, 0 or 1, got {wrong[0]:g}")
    return solve_bits(equations.astype(bool), answers.astype(bool))


def solve_bits(equations: Bits, answers: Bits) -> Bits | None:
    """Solve what is known to be bits, of shapes (m, n) and (m,)."""
    packed = np.packbits(np.column_stack([equations, answers]), axis=1)
    pivots = _eliminate(packed, equations.shape[1])
    right = _column(packed, equations.shape[1])
    if right[len(pivots) :].any():  # 0 = 1
        return None
    solution = np.zeros(equations.shape[1], dtype=bool)
    solution[pivots] = right[: len(pivots)]
    return solution


def _eliminate(packed: npt.NDArray[np.uint8], columns: int) -> list[int]:
    """Bring packed rows to reduced echelon form in place; return the pivots' columns."""
    pivots: list[int] = []
    for column in range(columns):
        at = len(pivots)
        bits = _column(packed, column)
        below = np.flatnonzero(bits[at:])
        if not len(below):
            continue
        packed[[at, at + below[0]]] = packed[[at + below[0], at]]
        bits[[at, at + below[0]]] = bits[[at + below[0], at]]
        bits[at] = False
        packed[bits] ^= packed[at]
        pivots.append(column)
        if at + 1 == len(packed):
            break
    return pivots


def _column(packed: npt.NDArray[np.uint8], column: int) -> Bits:
    return (packed[:, column // 8] >> (7 - column % 8) & 1).astype(bool)
