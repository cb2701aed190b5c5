"""Fourier concentration: pure waves, pure noise, and Parseval."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bigcurves.measures import concentration_by_chance, fourier_concentration, frequency_power


def waves(p, frequencies, phase=0.4):
    turns = np.outer(np.arange(p), frequencies) / p
    return np.cos(2 * np.pi * turns + phase)


@pytest.mark.parametrize("p", [7, 30, 31])
def test_circles_have_one_frequency_each(p):
    embedding = waves(p, [1, 3, 2])
    shares = frequency_power(embedding + 5)  # the mean is left out
    assert shares.shape == (3, p // 2)
    assert_allclose(shares.argmax(axis=1), [0, 2, 1])
    assert fourier_concentration(embedding) == pytest.approx(1)


@pytest.mark.parametrize("p", [30, 31])
def test_shares_add_up_and_weigh_amplitudes_squared(p):
    rng = np.random.default_rng(0)
    assert_allclose(frequency_power(rng.standard_normal((p, 9))).sum(axis=1), 1)
    mixed = waves(p, [2]) + 3 * waves(p, [5])
    assert_allclose(frequency_power(mixed)[0, [1, 4]], [0.1, 0.9])


def test_noise_reads_what_theory_says():
    rng = np.random.default_rng(1)
    found = fourier_concentration(rng.standard_normal((31, 4000)))
    # The largest of 15 shares has a spread of about .06: 4000 units, 5 standard errors.
    assert found == pytest.approx(concentration_by_chance(31), abs=5 * 0.06 / math.sqrt(4000))
    assert concentration_by_chance(31) == pytest.approx(0.2212, abs=5e-5)
    assert concentration_by_chance(3) == 1  # a single frequency


def test_even_p_shares_power_by_mean_square_of_two_quadratures():
    # White noise on p = 4 has power in frequency 1 (two quadratures) and 2 (one): a unit's first
    # share is Beta(1, 1/2), mean 2/3, as its degrees of freedom. Its spread is .298: of 20,000
    # units the mean's standard error is .0021.
    noise = np.random.default_rng(2).standard_normal((4, 20_000))
    assert_allclose(frequency_power(noise).mean(axis=0), [2 / 3, 1 / 3], atol=5 * 0.0021)


def test_rotating_the_numbers_changes_nothing():
    embedding = np.random.default_rng(3).standard_normal((31, 20))
    assert_allclose(frequency_power(np.roll(embedding, 11, axis=0)), frequency_power(embedding))


def test_scrambling_the_numbers_destroys_the_circles():
    rng = np.random.default_rng(4)
    embedding = waves(31, rng.integers(1, 16, 200))
    assert fourier_concentration(rng.permutation(embedding)) < 0.4


def test_a_constant_unit_counts_as_none():
    embedding = np.column_stack([np.full(31, 0.3), waves(31, [4])])
    assert fourier_concentration(embedding) == pytest.approx(0.5)
    # 100,000.1 is rounded where it is stored and summed, and still counts as none.
    assert_allclose(frequency_power(np.full((31, 1), 100_000.1)), 0)


def test_a_faint_wave_counts_whatever_stands_beside_or_below_it():
    wave = waves(31, [4])
    assert fourier_concentration(1 + 1e-9 * wave) == pytest.approx(1, abs=1e-4)
    assert fourier_concentration(np.hstack([1000 * wave, 1e-14 * wave])) == pytest.approx(1)


@pytest.mark.parametrize("unit", [2.0**-1000, 2.0**-600, 2.0**300])
def test_the_unit_changes_nothing(unit):
    embedding = np.random.default_rng(5).standard_normal((11, 3))
    assert_allclose(frequency_power(unit * embedding), frequency_power(embedding), atol=1e-12)


@pytest.mark.parametrize(
    ("embedding", "message"),
    [
        (np.ones((2, 4)), r"embedding must have shape .* n at least 3, got \(2, 4\)"),
        (np.ones(31), r"embedding must have shape .* got \(31,\)"),
        (np.full((31, 2), np.inf), "embedding must be finite"),
    ],
)
def test_bad_embeddings_are_named(embedding, message):
    with pytest.raises(ValueError, match=message):
        fourier_concentration(embedding)


def test_chance_is_for_odd_p():
    with pytest.raises(ValueError, match="p must be odd and at least 3, got 30"):
        concentration_by_chance(30)
    with pytest.raises(ValueError, match=r"^p must be a whole number, got 31.0$"):
        concentration_by_chance(31.0)
    assert concentration_by_chance(2**31 - 1) == pytest.approx(21.3716 / 2**30, rel=1e-4)  # at once
