"""The one type that crosses layers refuses what does not fit together."""

import re

import numpy as np
import pytest

from bigcurves.sample import Sample

ROWS = np.zeros((3, 4))


def test_a_sample_counts_its_rows_and_keeps_its_truth():
    sample = Sample(inputs=ROWS, latents=np.ones((3, 2)), targets=np.array([1, 2, 3]))
    assert len(sample) == 3
    assert sample.latents.shape == (3, 2)
    assert list(sample.targets) == [1, 2, 3]


def test_unknown_truth_is_none():
    sample = Sample(inputs=ROWS)
    assert sample.latents is None
    assert sample.targets is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"inputs": np.zeros(3)}, r"inputs must have shape \(n, features\), got \(3,\)"),
        (
            {"inputs": ROWS, "latents": np.zeros((2, 1))},
            r"latents must have shape \(3, d\), got \(2, 1\)",
        ),
        (
            {"inputs": ROWS, "targets": np.zeros(4)},
            r"targets must have shape \(3,\), got \(4,\)",
        ),
        ({"inputs": ROWS * np.nan}, "inputs must be finite"),
        (
            {"inputs": np.ma.masked_equal(np.eye(3), 1)},
            "^inputs must have no masked values, got 3: leave them out$",
        ),
        ({"inputs": ROWS, "latents": np.full((3, 1), np.inf)}, "latents must be finite"),
        ({"inputs": ROWS, "targets": np.full(3, np.nan)}, "targets must be finite"),
    ],
)
def test_bad_parts_are_named(fields, message):
    with pytest.raises(ValueError, match=message):
        Sample(**fields)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"inputs": None}, "inputs must be an array, got a NoneType: numpy.asarray makes one"),
        ({"inputs": [[1.0]]}, "inputs must be an array, got a list: numpy.asarray makes one"),
        ({"inputs": ROWS + 0j}, "inputs must be an array of numbers, got one of complex128"),
        ({"inputs": ROWS.astype(str)}, "inputs must be an array of numbers, got one of <U32"),
        (
            {"inputs": ROWS, "latents": ROWS.astype(object)},
            "latents must be an array of numbers, got one of object",
        ),
        (
            {"inputs": ROWS, "targets": np.full(3, np.nan, dtype=complex)},
            "targets must be an array of numbers, got one of complex128",
        ),
    ],
)
def test_what_is_no_array_of_numbers_is_a_type_error(fields, message):
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        Sample(**fields)


def test_targets_may_be_words_and_any_kind_of_number():
    for targets in (np.array(["a", "b", "c"]), np.array([True, False, True]), np.arange(3)):
        assert Sample(inputs=ROWS, targets=targets).targets is targets


def test_a_sample_cannot_be_changed_by_name():
    with pytest.raises(AttributeError):
        Sample(inputs=ROWS).inputs = ROWS
