"""Integers: known counts of primes, and encodings that can be read back."""

from math import gcd

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.worlds import Integers, is_prime, sieve
from bigcurves.worlds.integers import HIGH, LOW, numbers_at


def drawn(n=200, seed=1, **settings):
    world = Integers(**settings)
    return world, world.sample(n, np.random.default_rng(seed))


def by_trial(n):
    """Divide by everything: the slow way, which no sieve can share a fault with."""
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


def test_the_sieve_agrees_with_trial_division_and_with_the_prime_counting_function():
    numbers = np.random.default_rng(0).integers(0, HIGH, 300)
    assert_array_equal(is_prime(numbers), [by_trial(int(n)) for n in numbers])
    # pi(2^16) = 6542 and pi(2^17) = 12251 (OEIS A007053)
    assert is_prime(np.arange(LOW)).sum() == 6542
    assert is_prime(np.arange(HIGH)).sum() == 12251
    with pytest.raises(
        ValueError, match="numbers must be whole numbers from 0 to 131071, got 131072"
    ):
        is_prime(np.array([7, HIGH]))
    with pytest.raises(ValueError, match="numbers must be whole numbers from 0 to 131071, got -1"):
        is_prime(np.array([-1, 5]))


def test_the_pool_holds_the_numbers_that_share_no_factor_with_210():
    pool = Integers().numbers
    assert_array_equal(pool[:500], [n for n in range(LOW, LOW + 3000) if gcd(n, 210) == 1][:500])
    assert len(pool) == 14_981
    # every prime of the range is in it: 12251 - 6542 = 5709, and 5709 / 14981 = 38.1 %
    assert is_prime(pool).sum() == 5709
    assert len(Integers(pool="all").numbers) == HIGH - LOW


@pytest.mark.parametrize("n", [2, 7, 3000])
def test_balanced_draws_are_half_prime_and_all_different(n):
    _, sample = drawn(n)
    numbers = numbers_at(sample.latents)
    assert len(set(numbers)) == n
    assert is_prime(numbers).sum() == n // 2
    assert_array_equal(sample.targets, is_prime(numbers))


def test_unbalanced_draws_have_the_pools_share_of_primes():
    _, sample = drawn(20_000, pool="all", balanced=False)
    # 5709 of 65536 are prime; drawn without replacement the standard error is below .002
    assert sample.targets.mean() == pytest.approx(5709 / 65536, abs=0.008)


def test_encoding_and_label_never_move_the_numbers():
    _, sample = drawn()
    for settings in ({"encoding": "flags"}, {"encoding": "ids"}, {"label": "smooth"}):
        assert_array_equal(drawn(**settings)[1].latents, sample.latents)


def test_every_encoding_says_which_number_it_is():
    numbers = numbers_at(drawn()[1].latents)
    read = {
        "scalar": lambda X: np.rint((X[:, 0] + 1) * LOW),
        "bits": lambda X: (X > 0) @ 2 ** np.arange(17)[::-1],
        "decimal": lambda X: X.reshape(-1, 6, 10).argmax(axis=2) @ 10 ** np.arange(6)[::-1],
        # octave 0 is one turn across the range: its angle is the place
        "fourier": lambda X: np.rint((np.arctan2(X[:, 16], X[:, 0]) / (2 * np.pi) % 1 + 1) * LOW),
    }
    for encoding, numbers_of in read.items():
        assert_array_equal(numbers_of(drawn(encoding=encoding)[1].inputs), numbers)
    assert set(np.unique(drawn(encoding="bits")[1].inputs)) == {-1, 1}
    assert set(np.unique(drawn(encoding="decimal")[1].inputs)) == {0, 1}


def test_fourier_octaves_are_whole_multiples_of_the_first_angle():
    _, sample = drawn(encoding="fourier")
    for octave in range(16):
        angle = 2 * np.pi * sample.latents[:, 0] * 2**octave
        # 2^15 turns times 2 pi: the angle is 2e5, so that 1e-10 is its rounding
        np.testing.assert_allclose(sample.inputs[:, octave], np.cos(angle), atol=1e-9)
        np.testing.assert_allclose(sample.inputs[:, 16 + octave], np.sin(angle), atol=1e-9)


def test_residues_and_flags_speak_of_division():
    world, sample = drawn(encoding="residues", primes=3)
    assert_array_equal(world.divisors, [11, 13, 17])
    flags = drawn(encoding="flags", primes=3)[1].inputs
    for number, row, flag in zip(numbers_at(sample.latents), sample.inputs, flags, strict=True):
        assert [int(part.argmax()) for part in np.split(row, [11, 24])] == [
            number % 11,
            number % 13,
            number % 17,
        ]
        assert row.sum() == 3
        assert_array_equal(flag, [number % p == 0 for p in (11, 13, 17)])
    assert Integers(primes=50).divisors[-1] == 251


def test_the_smooth_label_has_as_many_changes_as_its_curve_has_zeros():
    world = Integers(label="smooth")
    labels = world.labels(np.linspace(0, 0.9999, 5001)[:, np.newaxis])
    # 2 pi 3.3 x + .7 runs from .7 to 21.43 = 6.8 pi: it passes pi, 2 pi, .. 6 pi
    assert (np.diff(labels) != 0).sum() == 6
    assert labels[0] == 1  # sin(.7) is above 0
    changes = (np.flatnonzero(np.diff(labels)) + 0.5) * 0.9999 / 5000
    # Zeros lie where 2 pi 3.3 x + .7 is a multiple of pi; places asked are 1 / 5000 apart.
    expected = (np.arange(1, 7) * np.pi - 0.7) / (2 * np.pi * 3.3)
    np.testing.assert_allclose(changes, expected, atol=1 / 5000)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"encoding": "roman"}, "encoding must be one of scalar, bits, .* got 'roman'"),
        ({"label": "lucky"}, "label must be one of prime, smooth, got 'lucky'"),
        ({"pool": "odd"}, "pool must be one of coprime, all, got 'odd'"),
        ({"primes": 51}, "primes must be between 1 and 50, got 51"),
    ],
)
def test_bad_settings_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        Integers(**settings)


def test_bad_draws_and_latents_are_named():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="n must be between 1 and 11418, got 11419"):
        Integers().sample(11_419, rng)
    with pytest.raises(ValueError, match="n must be between 1 and 14981, got 0"):
        Integers(balanced=False).sample(0, rng)
    with pytest.raises(ValueError, match="latents must be below 1"):
        Integers().render(np.ones((1, 1)))


def test_numbers_may_be_a_list_or_whole_floats():
    assert_array_equal(is_prime([2, 4.0, 7]), [True, False, True])
    assert_array_equal(is_prime([]), [])
    with pytest.raises(ValueError, match=r"numbers must be whole numbers .* got 2\.5"):
        is_prime(np.array([2.5]))
    with pytest.raises(ValueError, match="numbers must be an array of real numbers, got a list"):
        is_prime([[1, 2], [3]])


def test_more_columns_than_memory_holds_are_refused():
    """A column for each of 65,536 numbers is 34 GB."""
    world = Integers(encoding="ids", pool="all", balanced=False)
    with pytest.raises(ValueError, match="n must be between 1 and 11585, got 11586"):
        world.sample(11_586, np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"latents must have at most 11585 rows, .* got 11586"):
        world.render(np.zeros((11_586, 1)))
    with pytest.raises(ValueError, match="n must be at most 22133, so that its rows of 6064 "):
        Integers(encoding="residues", primes=50, pool="all", balanced=False).sample(
            22_134, np.random.default_rng(0)
        )


@pytest.mark.parametrize("limit", [1, 10**8 + 1, 10**400])
def test_a_sieve_too_small_or_too_large_is_refused(limit):
    with pytest.raises(ValueError, match="limit must be between 2 and 100000000, got "):
        sieve(limit)


def test_a_sieve_asked_for_before_is_no_way_round_the_check():
    assert_array_equal(np.flatnonzero(sieve(8)), [2, 3, 5, 7])
    with pytest.raises(ValueError, match=r"limit must be a whole number, got 8\.0"):
        sieve(8.0)
    with pytest.raises(TypeError, match="limit must be a number, got a list"):
        sieve([8])
