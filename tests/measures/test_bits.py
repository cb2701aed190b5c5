"""Bits per label: counts by hand, limits by exact arithmetic."""

import math
import sys

import numpy as np
import pytest

from bigcurves.measures import (
    bitmap_bits,
    bits_per_label,
    dict_bits,
    fewest_bits,
    label_entropy,
    quantise,
    set_limit,
)


def test_counts_by_hand():
    assert bits_per_label(541, 1024) == pytest.approx(541 * 32 / 1024)
    assert bits_per_label(100, 50, bits_per_parameter=8) == 16
    assert bits_per_label(1, 1, bits_per_parameter=0.5) == 0.5
    assert bitmap_bits(1, 8) == 8
    assert bitmap_bits(8, 8) == 1
    assert bitmap_bits(1024, 2**16) == 64
    assert bitmap_bits(1024, 2**16, known=True) == 128


def test_entropy_of_known_shares():
    assert label_entropy(np.array([0, 1, 0, 1])) == 1
    assert label_entropy(np.array(["a"] * 3)) == 0
    assert label_entropy(np.repeat([0, 1, 2], [2, 1, 1])) == pytest.approx(1.5)


@pytest.mark.parametrize(("keys", "universe"), [(1, 8), (8, 8), (5, 30), (1024, 2**16)])
def test_the_set_limit_is_the_count_of_sets(keys, universe):
    exact = math.log2(math.comb(universe, keys)) / keys
    assert set_limit(keys, universe) == pytest.approx(exact, rel=1e-9, abs=1e-12)


def test_a_dict_is_weighed_with_its_keys():
    memory = {1000 + i: i % 2 for i in range(1024)}
    # 28 bytes to an int object, the rest is the table: what sys.getsizeof counts.
    assert dict_bits(memory) == pytest.approx(8 * (sys.getsizeof(memory) / 1024 + 28))
    assert dict_bits(memory) > 100


def test_quantised_weights_sit_on_a_grid():
    weights = np.random.default_rng(0).standard_normal((40, 5)).astype(np.float32)
    for bits in (1, 3, 8):
        rounded = quantise(weights, bits)
        assert rounded.dtype == np.float32
        assert len(np.unique(rounded)) <= 2**bits
        half = np.ptp(weights) / (2**bits - 1) / 2
        assert np.abs(rounded - weights).max() <= half * (1 + 1e-4)  # float32 rounding
        assert (rounded.min(), rounded.max()) == pytest.approx((weights.min(), weights.max()))


def test_equal_weights_need_no_levels():
    assert (quantise(np.full(4, 0.7), 3) == 0.7).all()
    assert quantise(np.array([0.7]), 3) == 0.7


def test_fewest_bits_finds_a_planted_resolution():
    def resolves(levels):
        weights = np.linspace(0, 1, levels)
        return [weights], lambda arrays: len(np.unique(arrays[0])) == levels

    for bits in (2, 3, 4):  # 2^bits levels, evenly spaced: not one bit less will do
        assert fewest_bits(*resolves(2**bits)) == bits
    assert fewest_bits(*resolves(17)) == 5
    weights = np.linspace(0, 1, 17)
    assert fewest_bits([weights], lambda arrays: len(arrays) == 1) == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bits_per_label(0, 4), "^parameters must be between 1 and 4611.*, got 0$"),
        (lambda: bits_per_label(2.0, 4), "^parameters must be a whole number, got 2.0$"),
        (lambda: bits_per_label(3, 4, bits_per_parameter=math.nan), "bits_per_parameter must"),
        (lambda: bits_per_label(4, 0), "^labels must be between 1 and 4611.*, got 0$"),
        (
            lambda: bits_per_label(3, 4, bits_per_parameter=-1),
            r"^bits_per_parameter must be 0 or more and finite, got -1",
        ),
        (lambda: label_entropy(np.array([])), r"labels must have shape .* got \(0,\)"),
        (lambda: label_entropy([[0], [1, 2]]), "^labels must be values of one kind, which sort: "),
        (
            lambda: label_entropy(np.ma.masked_array([0, 1], [0, 1])),
            "^labels must have no masked values",
        ),
        (lambda: set_limit(9, 8), "keys must be between 1 and 8, got 9"),
        (lambda: bitmap_bits(0, 8), "keys must be between 1 and 8, got 0"),
        (lambda: dict_bits({}), "^memory must hold at least one key, got an empty dict$"),
        (lambda: quantise(np.ones(2), 0), "^bits must be between 1 and 64, got 0$"),
        (lambda: quantise(np.ones(2), 10**25), "^bits must be between 1 and 64, got 1000"),
        (lambda: quantise(np.array([np.nan]), 2), "weights must be finite"),
        (
            lambda: quantise(np.array([]), 2),
            r"^weights must hold at least one number, got shape \(0,\)$",
        ),
        (
            lambda: fewest_bits([np.ones(2)], lambda a: len(a) > 1, most=0),
            "^most must be between 1 and 64, got 0$",
        ),
        (
            lambda: fewest_bits([np.ones(2)], lambda a: len(a) > 1),
            "^answers_all must .* got False$",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bits_per_label("3", 4), "^parameters must be a number, got a str$"),
        (lambda: label_entropy([0, "a", None]), "^labels must be values of one kind"),
        (lambda: label_entropy(np.array([0, None])), "^labels must be values of one kind"),
        (lambda: dict_bits([1, 2]), "^memory must be a dict, got a list$"),
        (lambda: bitmap_bits(1, 8, known="no"), "^known must be True or False, got a str$"),
        (lambda: fewest_bits(None, len), "^arrays must be a list of at least one array, got None$"),
        (lambda: fewest_bits([np.ones(2)], 3), "^answers_all must be a function, got a int$"),
    ],
)
def test_what_is_of_another_kind_is_named(call, message):
    with pytest.raises(TypeError, match=message):
        call()


@pytest.mark.parametrize(("keys", "universe"), [(3, 2**62), (2**30, 2**31), (1, 2**62)])
def test_the_set_limit_keeps_its_digits_in_a_huge_universe(keys, universe):
    near = keys if keys < 9 else 0  # by hand, or 2^n sqrt(2 / (pi n)) sets of half of n
    exact = (
        math.log2(math.comb(universe, near)) if near else universe - math.log2(math.pi * keys) / 2
    )
    assert set_limit(keys, universe) == pytest.approx(exact / keys, rel=1e-12)


@pytest.mark.parametrize("unit", [2.0**-1060, 2.0**-100, 2.0**300])
def test_quantised_weights_scale_with_their_unit(unit):
    weights = np.random.default_rng(1).standard_normal(20)
    for bits in (1, 5, 64):
        assert (quantise(unit * weights, bits) == quantise(unit * weights, 64)).all() == (
            bits == 64
        )
        found = quantise(unit * weights, bits) / unit
        assert found == pytest.approx(quantise(weights, bits), rel=1e-2 if unit < 1e-300 else 1e-15)


def test_quantised_numbers_of_16_bits_and_whole_numbers_sit_on_a_grid_too():
    wide = np.array([-6e4, 0.0, 6e4], dtype=np.float16)  # whose span float16 does not hold
    assert quantise(wide, 1).tolist() == [-6e4, -6e4, 6e4]
    assert quantise(wide, 20).dtype == np.float16
    assert quantise(wide, 20) == pytest.approx(wide, abs=64)
    assert quantise([0, 3, 7], 2).tolist() == pytest.approx([0, 7 / 3, 7])


def test_where_no_rounding_will_do_the_bits_are_those_of_the_numbers():
    weights = np.linspace(0, 1, 17)
    for kind, bits in ((np.float32, 32), (np.float64, 64)):
        arrays = [weights.astype(kind), np.ones(2, dtype=np.float16)]
        assert fewest_bits(arrays, lambda found: len(np.unique(found[0])) == 17, most=3) == bits


def test_the_search_starts_from_24_bits():
    small = 0.4 / (2**24 - 1)  # rounds to 0 with 24 bits, and to one level with 25
    assert fewest_bits([np.array([0, small, 1])], lambda arrays: arrays[0][1] > 0) == 64
    assert fewest_bits([np.array([0, 2 * small, 1])], lambda arrays: arrays[0][1] > 0) == 24
