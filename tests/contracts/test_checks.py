"""What worlds and measures say of a bad number or array, to the letter, and where they begin."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.measures import checks as of_measures
from bigcurves.measures.neighbours import neighbour_distances
from bigcurves.measures.neighbours import require_rows as neighbour_rows
from bigcurves.worlds import checks as of_worlds

NAN, INF = np.nan, np.inf
between, whole = of_worlds.require_between, of_worlds.require_whole
latents, world_rows = of_worlds.require_latents, of_worlds.require_rows
rows, values, number = (
    of_measures.require_rows,
    of_measures.require_values,
    of_measures.require_number,
)

REFUSED = [
    (lambda: between("x", -0.1, 0), "x must be 0 or more and finite, got -0.1"),
    (lambda: between("x", INF, 0), "x must be 0 or more and finite, got inf"),
    (lambda: between("x", -1, 0, unit="m"), "x must be 0 m or more and finite, got -1 m"),
    (lambda: between("x", 2, 0, 1), "x must be between 0 and 1, got 2"),
    (lambda: between("x", NAN, 0, 1, unit="m"), "x must be between 0 and 1 m, got nan m"),
    (lambda: whole("n", 2.0, 1), "n must be a whole number, got 2.0"),
    (lambda: whole("n", True, 1), "n must be a whole number, got True"),
    (lambda: whole("n", 0, 1), "n must be at least 1, got 0"),
    (lambda: whole("n", 4, 1, 3), "n must be between 1 and 3, got 4"),
    (
        lambda: latents(np.zeros((2, 3)), 2),
        "latents must have shape (n, 2) with n at least 1, got (2, 3)",
    ),
    (
        lambda: latents(np.zeros((0, 2)), 2),
        "latents must have shape (n, 2) with n at least 1, got (0, 2)",
    ),
    (lambda: latents([[0.5, 1.5]], 2), "latents must lie in [0, 1], got values from 0.5 to 1.5"),
    (lambda: latents([[-0.5, 1]], 2), "latents must lie in [0, 1], got values from -0.5 to 1.0"),
    (
        lambda: world_rows("images", np.zeros((1, 3)), 2),
        "images must have shape (n, 2) with n at least 1, got (1, 3)",
    ),
    (lambda: world_rows("images", [[0, INF]], 2), "images must be finite, got NaN or infinity"),
    (
        lambda: rows("X", np.zeros((1, 3)), least=2),
        "X must have shape (n, features) with n at least 2, got (1, 3)",
    ),
    (
        lambda: rows("X", np.zeros((0, 3)), features=3),
        "X must have shape (n, 3) with n at least 1, got (0, 3)",
    ),
    (
        lambda: rows("X", np.zeros((2, 0))),
        "X must have shape (n, features) with n at least 1, got (2, 0)",
    ),
    (lambda: rows("X", np.zeros((2, 3)), features=4), "X must have shape (n, 4), got (2, 3)"),
    (lambda: rows("X", [[NAN]]), "X must be finite, got NaN or infinity"),
    (lambda: values("v", [[1.0]]), "v must have shape (n,) with n at least 1, got (1, 1)"),
    (lambda: values("v", [1.0], least=2), "v must have shape (n,) with n at least 2, got (1,)"),
    (lambda: values("v", [1, -INF]), "v must be finite, got NaN or infinity"),
    (lambda: values("v", [2, 1], above=1), "v must all be above 1, got 1"),
    (lambda: number("r", 2, low=0, high=1), "r must be finite and in [0, 1], got 2"),
    (lambda: number("r", INF, unit="turns"), "r must be finite and in [-inf, inf] turns, got inf"),
    (
        lambda: neighbour_rows("rows", np.zeros((1, 2)), 2),
        "rows must have shape (n, features) with n at least 2, got (1, 2)",
    ),
    (
        lambda: neighbour_rows("rows", np.zeros((1, 0))),
        "rows must have shape (n, features) with n at least 1, got (1, 0)",
    ),
    (lambda: neighbour_rows("rows", [[NAN]]), "rows must be finite, got NaN or infinity"),
    (lambda: neighbour_distances(np.eye(3), 3), "k must be less than the number of rows, 3, got 3"),
    (
        lambda: neighbour_distances(np.array([[0.0], [1.0], [5.0], [1.0]]), 1),
        "rows must all differ, got row 1 twice; remove duplicates first",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_is_refused_is_said(call, message):
    with pytest.raises(ValueError, match="must") as caught:
        call()
    assert str(caught.value) == message


def test_the_ends_of_a_range_belong_to_it():
    for value in (0, 1):
        between("x", value, 0, 1)
        assert number("r", value, low=0, high=1) == value
    between("x", 0, 0)
    for value in (1, np.int64(3)):
        whole("n", value, 1, 3)
    whole("n", 10**9, 1)


def test_what_is_fine_comes_back_as_floats():
    for found in (
        latents([[0, 1]], 2),
        world_rows("images", [[3, -3]], 2),
        rows("X", [[3]]),
        rows("X", [[3, 4]], features=2),
        neighbour_rows("rows", [[3]]),
        values("v", [3]),
    ):
        assert found.dtype == np.float64
    assert_array_equal(values("v", [0.5, 2], above=0), [0.5, 2])
    assert type(number("r", 3)) is float
