"""What is said of a bad number or array, to the letter, and where ranges begin."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal
from scipy.sparse import eye_array

from bigcurves.validation import require_choice as choice
from bigcurves.validation import require_flag as flag
from bigcurves.validation import require_integers as integers
from bigcurves.validation import require_kept_rows as kept
from bigcurves.validation import require_latents as latents
from bigcurves.validation import require_number as number
from bigcurves.validation import require_rng as rng
from bigcurves.validation import require_rows as rows
from bigcurves.validation import require_values as values
from bigcurves.validation import require_whole as whole

NAN, INF = np.nan, np.inf

REFUSED = [
    (lambda: number("x", -0.1, 0), "x must be 0 or more and finite, got -0.1"),
    (lambda: number("x", INF, 0), "x must be 0 or more and finite, got inf"),
    (lambda: number("x", -1, 0, unit="m"), "x must be 0 m or more and finite, got -1 m"),
    (lambda: number("x", 2, 0, 1), "x must be between 0 and 1, got 2"),
    (lambda: number("x", NAN, 0, 1, unit="m"), "x must be between 0 and 1 m, got nan m"),
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
        lambda: rows("images", np.zeros((1, 3)), features=2),
        "images must have shape (n, 2) with n at least 1, got (1, 3)",
    ),
    (lambda: rows("images", [[0, INF]], features=2), "images must be finite, got NaN or infinity"),
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
    (
        lambda: rows("X", np.zeros((2, 3)), features=4, least=2),
        "X must have shape (n, 4) with n at least 2, got (2, 3)",
    ),
    (
        lambda: rows("X", [["a"]]),
        "X must be an array of real numbers, got a list: could not convert string to float: 'a'",
    ),
    (lambda: rows("X", [[NAN]]), "X must be finite, got NaN or infinity"),
    (lambda: values("v", [[1.0]]), "v must have shape (n,) with n at least 1, got (1, 1)"),
    (lambda: values("v", [1.0], least=2), "v must have shape (n,) with n at least 2, got (1,)"),
    (lambda: values("v", [1, -INF]), "v must be finite, got NaN or infinity"),
    (lambda: values("v", [2, 1], above=1), "v must all be above 1, got 1"),
    (lambda: number("r", 2, low=0, high=1), "r must be between 0 and 1, got 2"),
    (lambda: number("r", 1e101), "r must be at most 1e+100 in size, got 1e+101"),
    (lambda: number("r", -1e101), "r must be at most 1e+100 in size, got -1e+101"),
    (lambda: number("r", 10**400), "r must be finite, got inf"),
    (lambda: whole("n", 2**31, 1), "n must be between 1 and 2147483647, got 2147483648"),
    (lambda: values("v", [1, -1e101]), "v must be at most 1e+100 in size, got 1e+101"),
    (
        lambda: rows("X", np.ma.masked_equal([[1.0, 2.0], [2.0, 3.0]], 2)),
        "X must have no masked values, got 2: leave them out",
    ),
    (
        lambda: rows("X", [[1.0, np.ma.masked]]),
        "X must be an array of real numbers, got a list: "
        "Warning: converting a masked element to nan.",
    ),
    (
        lambda: integers("k", [2.0**53 + 2]),
        f"k must be whole numbers from {-(2**53)} to {2**53}, got 9007199254740994.0",
    ),
    (lambda: number("r", INF, unit="turns"), "r must be finite, got inf turns"),
    (lambda: number("r", 2, high=1), "r must be 1 or less and finite, got 2"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_is_refused_is_said(call, message):
    with pytest.raises(ValueError, match="must") as caught:
        call()
    assert str(caught.value) == message


def test_the_ends_of_a_range_belong_to_it():
    for value in (0, 1):
        number("x", value, 0, 1)
        assert number("r", value, low=0, high=1) == value
    number("x", 0, 0)
    for value in (1, np.int64(3)):
        whole("n", value, 1, 3)
    whole("n", 10**9, 1)


def test_what_is_fine_comes_back_as_floats():
    for found in (
        latents([[0, 1]], 2),
        rows("X", [[3]]),
        rows("X", [[3, 4]], features=2),
        values("v", [3]),
    ):
        assert found.dtype == np.float64
    assert_array_equal(values("v", [0.5, 2], above=0), [0.5, 2])
    assert type(number("r", 3)) is float


@pytest.mark.parametrize(
    "given",
    [[[1, 2], [3, 4]], np.float32([[1, 2], [3, 4]]), pd.DataFrame({"a": [1, 3], "b": [2, 4]})],
    ids=["list", "float32", "frame"],
)
def test_what_stands_for_an_array_is_one(given):
    assert_array_equal(rows("X", given), [[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize("given", [eye_array(3), [[1j]]], ids=["sparse", "complex"])
def test_another_kind_of_array_is_a_type_error_that_names_it(given):
    with pytest.raises(TypeError, match="X must be an array of real numbers, got a "):
        rows("X", given)


def test_a_word_is_one_of_those_known():
    assert choice("kind", "b", ("a", "b")) == "b"
    assert type(choice("kind", np.str_("b"), {"a": 1, "b": 2})) is str
    with pytest.raises(ValueError, match=r"^kind must be one of a, b, got 'c'$"):
        choice("kind", "c", ("a", "b"))
    for wrong, told in ((None, "None"), (["a"], "a list"), (np.array(["a"]), "a ndarray")):
        with pytest.raises(TypeError, match=rf"^kind must be one of a, b, got {told}$"):
            choice("kind", wrong, ("a", "b"))


def test_a_flag_is_true_or_false():
    assert flag("on", np.True_) is True
    for wrong in (1, "no", None, np.array([True])):
        with pytest.raises(TypeError, match=r"^on must be True or False, got "):
            flag("on", wrong)


def test_an_array_without_axes_is_a_number_and_half_of_one_is_not_whole():
    assert whole("n", np.array(3), 1) == 3
    with pytest.raises(ValueError, match=r"^n must be a whole number, got .*2\.5"):
        whole("n", np.array(2.5), 1)


def test_whole_numbers_in_an_array_may_be_floats_and_keep_all_their_digits():
    assert_array_equal(integers("v", [1.0, 2]), [1, 2])
    assert_array_equal(integers("v", [2**62 + 1]), [2**62 + 1])
    assert_array_equal(integers("v", [], least=0), [])
    for wrong, told in (
        ([0.5], r"v must be whole numbers from -\d+ to \d+, got 0.5"),
        ([NAN], r"v must be whole numbers from -\d+ to \d+, got nan"),
        ([[1], [2, 3]], r"v must be an array of real numbers, got a list"),
        (np.ma.masked_equal([1, 2], 1), r"v must have no masked values, got 1: leave them out"),
        ([[1]], r"v must have shape \(n,\) with n at least 1, got \(1, 1\)"),
    ):
        with pytest.raises(ValueError, match=f"^{told}"):
            integers("v", wrong)


def test_latents_of_another_name_are_told_by_it():
    with pytest.raises(ValueError, match=r"^places must lie in \[0, 1\], got values from 2\.0"):
        latents([[2.0]], 1, name="places")


@pytest.mark.parametrize("wrong", [None, "3", [1], True, 1j, np.timedelta64(3, "s")])
def test_what_is_no_number_is_a_type_error_that_names_it(wrong):
    told = "None" if wrong is None else f"a {type(wrong).__name__}"
    with pytest.raises(TypeError, match=f"^r must be a number, got {told}$"):
        number("r", wrong)


def test_a_generator_of_random_numbers_is_told_how_to_make():
    generator = np.random.default_rng(0)
    assert rng(generator) is generator
    for wrong, told in ((None, "None"), (3, "a int"), (np.random.RandomState(0), "a RandomState")):
        message = rf"^rng must be a numpy Generator, as default_rng\(0\) makes, got {told}$"
        with pytest.raises(TypeError, match=message):
            rng(wrong)


@pytest.mark.parametrize("kind", ["bool", "uint8", "int32", "float16", "float32"])
def test_kept_rows_of_a_narrow_kind_are_the_same_array(kind):
    given = np.ones((2, 3), dtype=kind)
    assert kept("X", given, features=3) is given


@pytest.mark.parametrize("given", [[[1, 2]], np.ones((1, 2), int), np.ma.ones((1, 2), "uint8")])
def test_all_other_rows_to_be_kept_come_back_as_floats(given):
    assert type(kept("X", given)) is np.ndarray
    assert kept("X", given).dtype == np.float64


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (np.float32([[0, NAN]]), "X must be finite, got NaN or infinity"),
        (np.float16([[0, -INF]]), "X must be finite, got NaN or infinity"),
        (np.array([[0, 1e101]]), r"X must be at most 1e\+100 in size, got 1e\+101"),
        (np.uint8([1, 2]), r"X must have shape \(n, 2\) with n at least 1, got \(2,\)"),
        (np.uint8([[1]]), r"X must have shape \(n, 2\) with n at least 1, got \(1, 1\)"),
        (np.ma.masked_equal(np.uint8([[1, 2]]), 2), "X must have no masked values, got 1: "),
        (np.array([["a", "b"]]), "X must be an array of real numbers, got a ndarray: "),
    ],
)
def test_rows_to_be_kept_are_refused_as_others_are(given, told):
    with pytest.raises(ValueError, match=f"^{told}"):
        kept("X", given, features=2)
