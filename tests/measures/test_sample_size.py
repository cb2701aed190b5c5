"""Sample sizes read off learning curves that are known in closed form."""

import math

import numpy as np
import pytest

from bigcurves.measures import (
    effective_sample_size,
    symmetric_flip_rate,
    systematic_flip_rate,
)

SIZES = np.array([10, 100, 1000])
ERRORS = 2 / np.sqrt(SIZES)


@pytest.mark.parametrize("n", [10, 37, 100, 1000])
def test_a_power_law_is_inverted(n):
    found = effective_sample_size(2 / math.sqrt(n), sizes=SIZES, errors=ERRORS)
    assert found == pytest.approx(n)


@pytest.mark.parametrize("n", [2, 5000])
def test_beyond_the_ends_only_when_asked(n):
    error = 2 / math.sqrt(n)
    found = effective_sample_size(error, sizes=SIZES, errors=ERRORS, extend=True)
    assert found == pytest.approx(n)
    with pytest.raises(ValueError, match=r"error must be on the reference curve, in \[0.0632"):
        effective_sample_size(error, sizes=SIZES, errors=ERRORS)


def test_beyond_the_ends_the_overall_law_counts():
    # From (1, 1) to (100, .01) the error falls tenfold where the size grows tenfold, whatever
    # it does at 10.
    curve = {"sizes": [1, 10, 100], "errors": [1, 0.5, 0.01], "extend": True}
    assert effective_sample_size(10, **curve) == pytest.approx(0.1)
    assert effective_sample_size(0.001, **curve) == pytest.approx(1000)
    two = {"sizes": [1, 100], "errors": [1, 0.01], "extend": True}
    assert effective_sample_size(0.001, **two) == pytest.approx(1000)


def test_a_bump_in_the_curve_is_pooled():
    # .2 and .4 pool to their geometric mean, and the smallest size of a level counts.
    pooled = math.sqrt(0.2 * 0.4)
    found = effective_sample_size(pooled, sizes=[1, 10, 100, 1000], errors=[0.8, 0.2, 0.4, 0.1])
    assert found == pytest.approx(10)


def test_a_flat_curve_has_no_law_to_extend():
    with pytest.raises(ValueError, match="reference curve"):
        effective_sample_size(0.1, sizes=[1, 10], errors=[0.5, 0.5], extend=True)


def test_the_kind_of_float_changes_no_digit():
    curve = {"sizes": np.float16([1, 10]), "errors": np.float16([0.5, 0.25])}
    assert effective_sample_size(np.float16(0.25), **curve) == pytest.approx(10, rel=1e-12)
    share = np.float16(0.2)
    assert systematic_flip_rate(share) == systematic_flip_rate(float(share))
    with pytest.raises(TypeError, match=r"^share must be a number, got a str$"):
        systematic_flip_rate("0.2")
    with pytest.raises(TypeError, match=r"^extend must be True or False, got a str$"):
        effective_sample_size(0.3, **curve, extend="no")


def test_flip_rates_at_the_published_shares():
    # The design's table for 5 classes: 1.8, 4.0, 16 (symmetric) and 2.8, 25 (systematic).
    assert symmetric_flip_rate(0.2, 5) == pytest.approx(16 / 9)
    assert symmetric_flip_rate(0.4, 5) == pytest.approx(4)
    assert symmetric_flip_rate(0.6, 5) == pytest.approx(16)
    assert systematic_flip_rate(0.2) == pytest.approx(1 / 0.36)
    assert systematic_flip_rate(0.4) == pytest.approx(25)
    assert symmetric_flip_rate(0, 2) == 1 == systematic_flip_rate(0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: symmetric_flip_rate(0.8, 5), r"share must be in \[0, 0.8\), got 0.8"),
        (lambda: systematic_flip_rate(math.nan), "^share must be between 0 and 0.5, got nan$"),
        (lambda: systematic_flip_rate(0.5), r"^share must be in \[0, 0.5\), got 0.5$"),
        (  # rounded to a lead of nothing
            lambda: symmetric_flip_rate(np.nextafter(0.9, 0), 10),
            r"^share must be in \[0, 0.9\), got 0.899",
        ),
        (
            lambda: effective_sample_size(1e-9, sizes=[1, 2], errors=[1, 1 - 1e-3], extend=True),
            "^error must be where the extended curve asks for 1e-100 to 1e100 rows, got 1e-09",
        ),
        (lambda: symmetric_flip_rate(0.1, 1), "classes must be at least 2, got 1"),
        (
            lambda: effective_sample_size(0.1, sizes=[2, 1], errors=[1, 0.5]),
            "sizes must increase",
        ),
        (
            lambda: effective_sample_size(0.1, sizes=[1, 1], errors=[1, 0.5]),
            "sizes must increase",
        ),
        (
            lambda: effective_sample_size(0.1, sizes=[1], errors=[1]),
            r"^sizes must have shape \(n,\) with n at least 2, got \(1,\)",
        ),
        (
            lambda: effective_sample_size(0.1, sizes=[0, 1], errors=[1, 0.5]),
            "^sizes must all be above 0, got 0",
        ),
        (
            lambda: effective_sample_size(0.1, sizes=[1, 2], errors=[1]),
            r"^errors must have shape \(n,\) with n at least 2, got \(1,\)",
        ),
        (
            lambda: effective_sample_size(0.1, sizes=[1, 2], errors=[1, 0]),
            "^errors must all be above 0, got 0",
        ),
        (
            lambda: effective_sample_size(0, sizes=[1, 2], errors=[1, 0.5]),
            r"^error must be .* or more and finite, got 0",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
