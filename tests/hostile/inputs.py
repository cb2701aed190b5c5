"""Hostile numbers, vectors and matrices, each drawn from a numpy Generator.

A matrix is drawn in three steps: its shape, its values (which units, which ties, how flat) and its
dress (which type, which memory, what one of its entries has become). Most numbers lie within
1e-12 to 1e12, which a user's units may have; few lie at the ends of what a float holds.
"""

from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse

SIZES = (0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 20, 30, 64, 80)
WIDTHS = (0, 1, 1, 2, 2, 3, 4, 5, 8, 9, 16, 64)
NUMBERS = (
    *(0, 1, 2, 3, 5, 10, -1, -0.0, 0.1, 0.5, 1.5, 0.999, 7.0, 1e-12, 1e12, 1e-100, 1e99, 1e101),
    *(5e-324, 1e-300, 1e300, 1e308, -1e308, float("nan"), float("inf"), -float("inf")),
    *(2**31, 2**53, 2**63, -(2**63), 2**64, 10**25, 10**400, -(10**400)),
    *(True, False, None, "3", "", "abc", b"3", 1j, 2 + 0j, [1], [], (), {}, [[1, 2]], object),
    *(np.float32(2), np.float16(0.5), np.int64(3), np.uint8(3), np.float64("nan"), np.bool_(1)),
    *(np.array(3), np.array(0.5), np.array([3]), np.array([1.0, 2.0]), np.ma.masked),
    *(np.datetime64("2020-01-01"), np.timedelta64(3, "s"), np.complex128(2), pd.NA, pd.NaT),
)


def number(rng: np.random.Generator) -> Any:
    """Give one thing that may stand where a number is asked for."""
    return NUMBERS[rng.integers(len(NUMBERS))]


def values(rng: np.random.Generator, n: int, f: int) -> np.ndarray:
    """Give floats of shape (n, f) in hostile units, with ties, or flat."""
    uniform = rng.random((n, f))
    with np.errstate(all="ignore"):
        return VALUES[rng.integers(len(VALUES))](rng, uniform)


def _scale(rng: np.random.Generator) -> float:
    """Give a power of ten: in four of five draws one of the units that a user may have."""
    if rng.random() < 0.8:
        return float(10.0 ** rng.integers(-12, 13))
    return float(np.float64(10.0) ** rng.integers(-320, 308))


VALUES = (
    lambda _, u: u,
    lambda rng, u: rng.standard_normal(u.shape),
    lambda _, u: np.floor(3 * u),
    lambda _, u: np.floor(2 * u),
    lambda rng, u: np.full(u.shape, rng.choice([0, 1, -1, 0.1, 1e300, 1e-300])),
    lambda rng, u: u * _scale(rng),
    lambda rng, u: rng.standard_normal(u.shape) * _scale(rng),
    lambda rng, u: u * 10.0 ** rng.integers(-12, 13, u.shape[1]),  # columns of many units
    lambda rng, u: u + 10.0 ** rng.integers(0, 18),
    lambda _, u: u + np.where(np.arange(u.shape[1]) == 0, 1.7e12, 0),  # milliseconds since 1970
    lambda _, u: np.resize(u[: max(1, len(u) // 3)], u.shape),  # rows that come again
    lambda rng, u: np.sort(u, axis=0) * _scale(rng),
    lambda rng, u: rng.standard_cauchy(u.shape) ** 3,
    lambda rng, u: np.outer(u[:, :1].sum(axis=1), rng.random(u.shape[1])),  # rank one
    lambda _, u: np.linspace(0, 1, u.size).reshape(u.shape),
    lambda _, u: 2 * u - 0.5,
    lambda _, u: np.exp(30 * u - 15),
)


def matrix(rng: np.random.Generator, n: int = 12, f: int = 3) -> Any:
    """Give what may stand for rows: in two of three draws of the shape asked for."""
    if rng.random() < 0.33:
        n, f = int(rng.choice(SIZES)), int(rng.choice(WIDTHS))
    return dress(rng, values(rng, n, f))


def vector(rng: np.random.Generator, n: int = 12) -> Any:
    """Give what may stand for n numbers: in two of three draws as many as are asked for."""
    if rng.random() < 0.33:
        n = int(rng.choice(SIZES))
    return dress(rng, values(rng, n, 1)[:, 0])


def dress(rng: np.random.Generator, plain: np.ndarray) -> Any:
    """Give the array in another type or memory, or with one entry spoilt; often as it is."""
    if rng.random() < 0.4:
        return plain
    which = rng.random()
    dresses = TYPES if which < 0.5 else SPOILT if which < 0.75 else STRANGE
    with np.errstate(all="ignore"):
        return dresses[rng.integers(len(dresses))](rng, plain)


def _small(plain: np.ndarray, most: float) -> np.ndarray:
    return np.nan_to_num(np.clip(plain, -most, most))


def _backwards(plain: np.ndarray) -> np.ndarray:
    return np.asfortranarray(plain[::-1])[::-1]


def _locked(plain: np.ndarray) -> np.ndarray:
    locked = plain.copy()
    locked.setflags(write=False)
    return locked


def _every_other(plain: np.ndarray) -> np.ndarray:
    return np.repeat(plain, 2, axis=0)[::2]


def _frame(plain: np.ndarray) -> Any:
    return pd.DataFrame(plain) if plain.ndim == 2 else pd.Series(plain)


def _odd_frame(plain: np.ndarray) -> Any:
    """Give a frame or series whose index counts backwards."""
    frame = _frame(plain)
    return frame.set_axis(range(len(frame))[::-1], axis=0)


def _spoil(plain: Any, rng: np.random.Generator, entry: Any, kind: Any = None) -> Any:
    spoilt = np.array(plain, dtype=kind)
    if spoilt.size:
        spoilt.flat[rng.integers(spoilt.size)] = entry
    return spoilt


def _masked(rng: np.random.Generator, plain: np.ndarray) -> Any:
    return np.ma.masked_array(plain, mask=rng.random(plain.shape) < 0.2)


TYPES = (  # each holds real numbers, so that it may well be taken
    lambda _, a: _small(a, 6e4).astype(np.float16),
    lambda _, a: _small(a, 3e38).astype(np.float32),
    lambda _, a: a.astype(np.longdouble),
    lambda _, a: _small(a, 1e9).astype(int),
    lambda _, a: _small(a, 100).astype(np.int8),
    lambda _, a: _small(np.abs(a), 250).astype(np.uint8),
    lambda _, a: a > 0.5,
    lambda _, a: a.tolist(),
    lambda _, a: tuple(a.tolist()),
    lambda _, a: _frame(a),
    lambda _, a: _odd_frame(a),
    lambda _, a: _backwards(a),
    lambda _, a: _locked(a),
    lambda _, a: _every_other(a),
    lambda _, a: a.astype(object),
    lambda _, a: np.ma.masked_array(a),
    lambda _, a: a.astype(">f8"),
    lambda _, a: _small(a, 1e9).astype(np.uint64),
)
SPOILT = (  # one entry is none
    lambda rng, a: _spoil(a, rng, np.nan),
    lambda rng, a: _spoil(a, rng, np.inf),
    lambda rng, a: _spoil(a, rng, -np.inf),
    lambda rng, a: _spoil(a, rng, 1e300),
    lambda rng, a: _spoil(a, rng, -1e308),
    lambda rng, a: _spoil(a, rng, 5e-324),
    lambda rng, a: _spoil(a, rng, -0.0),
    lambda rng, a: _spoil(_small(a, 3e38), rng, np.nan, np.float32),
    lambda rng, a: _spoil(a, rng, None, object),
    lambda rng, a: _spoil(a, rng, "abc", object),
    lambda rng, a: _spoil(a, rng, 10**400, object),
    lambda rng, a: _frame(_spoil(a, rng, np.nan)),
    lambda rng, a: _masked(rng, a),
)
STRANGE = (  # not rows of real numbers
    lambda _, a: scipy.sparse.csr_matrix(np.atleast_2d(np.nan_to_num(a))),
    lambda _, a: scipy.sparse.coo_array(np.atleast_2d(np.nan_to_num(a))),
    lambda _, a: a.astype(complex),
    lambda _, a: a.astype(complex) + 1j,
    lambda _, a: a.astype(str),
    lambda _, a: _small(a, 1e9).astype("datetime64[s]"),
    lambda _, a: a.ravel(),
    lambda _, a: a[..., np.newaxis],
    lambda _, a: a.T,
    lambda _, __: [[1.0, 2.0], [3.0]],
    lambda _, a: list(a),
    lambda _, a: iter(a.tolist()),
    lambda _, a: set(np.ravel(a).tolist()),
    lambda _, a: {"rows": a},
    lambda _, __: None,
    lambda _, __: "abc",
    lambda _, __: 3.0,
    lambda _, __: [],
    lambda _, __: np.empty((0, 0)),
)
