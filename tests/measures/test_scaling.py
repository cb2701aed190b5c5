"""Power laws with planted exponents, and collapses that are known to hold or not."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bigcurves.measures import PowerLaw, collapse_r_squared, power_law

SIZES = np.array([100, 200, 400, 800, 1600])


def test_an_exact_law_is_read_back():
    law = power_law(SIZES, 3 * SIZES**-0.5)
    assert law.slope == pytest.approx(-0.5)
    assert law.prefactor == pytest.approx(3)
    assert law.standard_error == pytest.approx(0, abs=1e-9)
    assert law.r_squared == pytest.approx(1)
    assert law.at(10_000) == pytest.approx(0.03)
    assert law.at(0.25) == pytest.approx(6)
    assert law.size_for(0.03) == pytest.approx(10_000)


def test_a_law_is_asked_for_sizes_and_errors_that_exist():
    law = power_law(SIZES, 3 * SIZES**-0.5)
    with pytest.raises(ValueError, match=r"^size must be 0 or more and finite, got -1"):
        law.at(-1)
    with pytest.raises(ValueError, match=r"^error must be 2.*e-308 or more and finite, got 0"):
        law.size_for(0)
    with pytest.raises(ValueError, match=r"^size must be above 0 where the law falls, got 0$"):
        law.at(0)
    with pytest.raises(ValueError, match=r"^size must be where the law gives at most 1e\+100"):
        power_law([1, 2], [1, 1e-9]).at(1e-30)
    assert power_law(SIZES, SIZES).at(0) == 0


def test_equal_errors_are_a_flat_law():
    law = power_law(SIZES, np.full(5, 0.1))
    assert law == PowerLaw(slope=0.0, standard_error=0.0, prefactor=0.1, r_squared=1.0)
    assert (law.at(7), law.size_for(0.01)) == (pytest.approx(0.1), math.inf)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"slope": math.nan}, "slope must be finite, got nan"),
        ({"standard_error": -1}, "standard_error must be 0 or more and finite, got -1"),
        ({"prefactor": 0}, "prefactor must be 2.* or more and finite, got 0"),
        ({"r_squared": 1.1}, "r_squared must be between 0 and 1, got 1.1"),
    ],
)
def test_a_law_holds_numbers_that_can_be(settings, message):
    law = {"slope": -0.5, "standard_error": 0.0, "prefactor": 2**64, "r_squared": 1.0}
    assert PowerLaw(**law).size_for(1) == pytest.approx(2.0**128)  # no log of a long integer
    with pytest.raises(ValueError, match=f"^{message}"):
        PowerLaw(**law | settings)


def test_slope_and_error_match_the_normal_equations():
    rng = np.random.default_rng(0)
    x, y = np.log(SIZES), rng.standard_normal(5)
    design = np.column_stack([np.ones(5), x])
    solution, rss, _, _ = np.linalg.lstsq(design, y, rcond=None)
    covariance = rss[0] / 3 * np.linalg.inv(design.T @ design)  # 5 points less 2 parameters
    law = power_law(SIZES, np.exp(y))
    assert law.slope == pytest.approx(solution[1])
    assert law.standard_error == pytest.approx(math.sqrt(covariance[1, 1]))


def test_standard_error_covers_the_planted_slope():
    rng = np.random.default_rng(1)
    misses = 0
    for _ in range(400):
        law = power_law(SIZES, SIZES**-1.0 * np.exp(0.1 * rng.standard_normal(5)))
        misses += abs(law.slope + 1) > 3.182 * law.standard_error  # t at 97.5 %, 3 degrees
    # 5 % of 400 = 20 expected, standard error 4.4: four of them to each side.
    assert 3 <= misses <= 37


def world(rng, n=400):
    """Draw two settings and the gap that they make, with no noise in the error."""
    size, kappa = 10 ** rng.uniform(1, 3, n), 10 ** rng.uniform(0, 1, n)
    return size, kappa, kappa / np.sqrt(size)


def test_a_function_of_one_variable_collapses():
    size, kappa, gap = world(np.random.default_rng(2))
    error = 2 * (1 - np.exp(-(gap**2) / 2))
    assert collapse_r_squared(gap, error) > 0.999  # a cubic follows the plateau
    assert collapse_r_squared(np.column_stack([size, kappa]), error) > 0.999  # so can the pair
    # log gap = log kappa - log size / 2: both settings spread over 1 decade of it, so size
    # alone explains about half.
    assert 0.3 < collapse_r_squared(size, error) < 0.7


def test_a_straight_collapse_is_the_power_law():
    rng = np.random.default_rng(3)
    x = rng.uniform(1, 9, 50)
    error = x**-2 * np.exp(0.3 * rng.standard_normal(50))
    assert collapse_r_squared(x, error, degree=1) == pytest.approx(power_law(x, error).r_squared)


def test_chance_explains_what_its_terms_can():
    rng = np.random.default_rng(4)
    scores = [collapse_r_squared(rng.random((60, 2)), rng.random(60), degree=2) for _ in range(300)]
    # 5 terms beside the constant: Beta(5/2, 54/2), mean 5/59, sd .036; 300 runs, 4 s.e.
    assert np.mean(scores) == pytest.approx(5 / 59, abs=4 * 0.036 / math.sqrt(300))


def test_units_do_not_matter():
    rng = np.random.default_rng(5)
    x, error = rng.random(40) + 0.1, rng.random(40) + 0.1
    assert_allclose(collapse_r_squared(1e6 * x, 1e-6 * error), collapse_r_squared(x, error))


@pytest.mark.parametrize(
    ("sizes", "errors", "message"),
    [
        ([1, 2], [1], "errors must have"),
        ([1, 2, 3], [1, 2], "errors must have 3 values"),
        ([1, 0], [1, 2], "sizes must all be above 0, got 0"),
        ([1, 2], [1, -2], "errors must all be above 0, got -2"),
        ([1, 2], [1, math.nan], "errors must be finite"),
        (
            [1e12, 1e12 + 0.1],
            [1, 2],
            r"sizes must hold at least 2 different values, got only 1e\+12",
        ),
        (
            [1e90, 2e90],
            [1, 1e9],
            "sizes and errors must follow a law whose error at size 1 is from",
        ),
        ([5, 5], [1, 2], "sizes must hold at least 2 different values, got only 5"),
    ],
)
def test_bad_input_is_named(sizes, errors, message):
    with pytest.raises(ValueError, match=message):
        power_law(sizes, errors)


@pytest.mark.parametrize(
    ("variables", "errors", "message"),
    [
        (np.ones((9, 2, 2)), np.arange(1, 10), r"variables must have shape \(9,\) or"),
        (np.zeros(9), np.arange(1, 10), "variables must all be above 0"),
        (np.arange(1, 10), np.ones(9), "errors must hold at least 2 different values"),
        (["a"] * 9, np.arange(1, 10), "variables must be an array of real numbers"),
        (np.arange(1, 8), np.arange(1, 8), "errors must have at least 8 values, got 7"),
    ],
)
def test_bad_collapses_are_named(variables, errors, message):
    with pytest.raises(ValueError, match=message):
        collapse_r_squared(variables, errors)
