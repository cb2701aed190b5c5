"""A table that answers without its keys: every key it knows, and strangers by chance."""

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.learners import XorTable, build_xor_table
from bigcurves.learners.elimination import Bits


def test_an_xor_table_answers_every_key_and_strangers_by_chance() -> None:
    rng = np.random.default_rng(2)
    keys, bits = rng.permutation(2**16)[:6000], rng.integers(0, 2, 6000)
    table = build_xor_table(keys[:500], bits[:500], rng)
    assert len(table.slots) == 615  # 1.23 slots to a key
    assert_array_equal(table.lookup(keys[:500]), bits[:500])
    # 5,500 strangers: the standard error of their score is .0067
    assert (table.lookup(keys[500:]) == bits[500:]).mean() == pytest.approx(0.5, abs=0.027)


@pytest.mark.parametrize(("n", "slots"), [(1, 3), (2, 3), (3, 4), (10, 13)])
def test_the_fewest_keys_are_stored_and_of_any_size(n: int, slots: int) -> None:
    keys = np.array([0, -1, 2**63 - 1, -(2**63), 1, 2, 3, 4, 5, 6])[:n]
    for seed in range(4):
        bits = np.random.default_rng(seed).integers(0, 2, n)
        table = build_xor_table(keys, bits, np.random.default_rng(seed))
        assert_array_equal(table.lookup(keys), bits)
        assert len(table.slots) == slots  # at least a slot for each of a key's three


def test_a_key_is_answered_alike_alone_and_in_any_company() -> None:
    keys = np.arange(100, 180)
    bits = np.random.default_rng(0).integers(0, 2, 80)
    table = build_xor_table(keys, bits, np.random.default_rng(1))
    order = np.random.default_rng(2).permutation(80)
    assert_array_equal(table.lookup(keys[order]), bits[order])
    assert [int(table.lookup(keys[[i]])[0]) for i in range(80)] == bits.tolist()


def test_an_answer_is_the_exclusive_or_of_three_slots() -> None:
    rng, keys = np.random.default_rng(3), np.arange(5000)
    one, other = rng.integers(0, 2, (2, 40)).astype(bool)

    def answers(slots: Bits) -> list[int]:
        found: list[int] = XorTable(slots=slots, salt=12345).lookup(keys).tolist()
        return found

    assert set(answers(np.zeros(40, bool))) == {0}
    assert set(answers(np.ones(40, bool))) == {1}, "three ones, an odd count"
    both = np.bitwise_xor(answers(one), answers(other))
    assert_array_equal(answers(one ^ other), both)
    asked = [np.mean(answers(np.arange(40) == slot)) for slot in range(40)]
    # A slot is one of a key's three for 3 keys in 40, or twice and without effect for few:
    # 7.1 % of 5,000 keys, with a standard error of .36 %.
    assert np.mean(asked) == pytest.approx(0.0714, abs=0.001)
    assert min(asked) > 0.055
    assert max(asked) < 0.09


def test_a_seed_gives_one_table_and_another_salt_other_answers_for_strangers() -> None:
    keys, bits = np.arange(60), np.arange(60) % 2
    one, again, other = (build_xor_table(keys, bits, np.random.default_rng(s)) for s in (0, 0, 1))
    assert one.salt == again.salt != other.salt
    assert_array_equal(one.slots, again.slots)
    strangers = np.arange(1000, 3000)
    # 2,000 strangers: the standard error is .011.
    agreeing = (one.lookup(strangers) == other.lookup(strangers)).mean()
    assert agreeing == pytest.approx(0.5, abs=0.045)


def test_keys_that_come_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="keys must differ and have a bit each, got 2 and 2"):
        build_xor_table(np.array([7, 7]), np.array([0, 1]), np.random.default_rng(0))


@pytest.mark.parametrize(("keys", "bits"), [(3, 2), (2, 3)])
def test_keys_without_a_bit_each_are_refused(keys: int, bits: int) -> None:
    with pytest.raises(ValueError, match=f"have a bit each, got {keys} and {bits}"):
        build_xor_table(np.arange(keys), np.zeros(bits, int), np.random.default_rng(0))


@pytest.mark.parametrize(
    ("keys", "bits", "message"),
    [
        ([0.1, 0.2], [0, 1], r"keys must be whole numbers .*, got 0\.1"),
        ([], [], r"keys must have shape \(n,\) with n at least 1, got \(0,\)"),
        ([1, 2], [0, 2], "bits must be whole numbers from 0 to 1, got 2"),
        (range(2**14 + 1), np.zeros(2**14 + 1), "keys must be at most 16384, got 16385"),
    ],
)
def test_what_no_table_holds_is_refused(keys: Any, bits: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build_xor_table(keys, bits, np.random.default_rng(0))


def test_a_table_is_asked_for_whole_numbers() -> None:
    table = build_xor_table([3, 5], [0, 1], np.random.default_rng(0))
    assert table.lookup([5, 3]).tolist() == [1, 0]
    with pytest.raises(ValueError, match=r"keys must be whole numbers .*, got 0\.5"):
        table.lookup([0.5])


def test_a_table_by_hand_needs_bits() -> None:
    with pytest.raises(ValueError, match="slots must be whole numbers from 0 to 1, got 2"):
        XorTable(slots=np.array([0, 2]), salt=1)
