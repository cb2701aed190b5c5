"""Parity: the label against its definition, and what makes it hard to see."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.worlds import Parity


def test_labels_are_the_exclusive_or_of_the_secret_bits():
    sample = Parity().sample(300, np.random.default_rng(1))
    for bits, label in zip(sample.latents.astype(int), sample.targets, strict=True):
        assert label == bits[3] ^ bits[11] ^ bits[17]
    assert_array_equal(sample.inputs, 2 * sample.latents - 1)


def test_rows_all_differ_and_every_row_can_be_had():
    sample = Parity.full(7).sample(128, np.random.default_rng(2))
    assert len(np.unique(sample.inputs, axis=0)) == 128
    assert sample.targets.sum() == 64


def test_no_proper_subset_of_the_secret_says_anything():
    sample = Parity.full(8).sample(256, np.random.default_rng(3))
    signs, label = sample.inputs, 2 * sample.targets - 1
    for subset in range(1, 255):  # every subset but the whole
        character = signs[:, [b for b in range(8) if subset >> b & 1]].prod(axis=1)
        assert character @ label == 0
    assert abs(signs.prod(axis=1) @ label) == 256


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="bits must be between 1 and 30, got 31"):
        Parity(bits=31)
    for secret in ((), (1, 1), (20,), (-1,)):
        with pytest.raises(ValueError, match="secret must hold different places from 0 to 19"):
            Parity(secret=secret)
    with pytest.raises(ValueError, match="n must be between 1 and 16, got 17"):
        Parity.full(4).sample(17, np.random.default_rng(0))
    with pytest.raises(
        ValueError, match=r"^latents must be bits, 0 or 1, got values between them$"
    ):
        Parity.full(2).labels(np.array([[0.5, 0]]))


@pytest.mark.parametrize(
    ("secret", "fault", "message"),
    [
        (None, TypeError, "secret must be a tuple of places, got a NoneType"),
        ("3", TypeError, "secret must be a tuple of places, got a str"),
        ((0, "3"), TypeError, "each of secret must be a number, got a str"),
        ((0, None), TypeError, "each of secret must be a number, got None"),
        ((0.5,), ValueError, r"each of secret must be a whole number, got 0\.5"),
        ((True, 2), ValueError, "each of secret must be a whole number, got True"),
    ],
)
def test_a_secret_of_another_kind_is_named(secret, fault, message):
    with pytest.raises(fault, match=f"^{message}"):
        Parity(secret=secret)


def test_a_secret_may_be_a_list_and_of_numpys_numbers():
    assert Parity(secret=[np.int8(3), 4]) == Parity(secret=(3, 4))


def test_a_full_parity_of_too_many_bits_is_refused_at_once():
    with pytest.raises(ValueError, match="bits must be between 1 and 30, got inf"):
        Parity.full(10**400)  # a range of so many has no tuple
