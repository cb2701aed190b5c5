"""The law of the largest hole, read both ways."""

import numpy as np
import pytest

from bigcurves.measures import HoleLaw


def test_the_law_is_found_again_and_read_both_ways():
    sizes = np.array([100, 1000, 10_000])
    law = HoleLaw.fit(sizes, 0.8 * (sizes / np.log(sizes)) ** -0.5)
    assert law.power.slope == pytest.approx(-0.5, abs=1e-12)
    assert law.radius(500) == pytest.approx(0.8 * np.sqrt(np.log(500) / 500), rel=1e-12)
    for n in (5, 700, 10**7):
        assert law.samples(law.radius(n)) == pytest.approx(n, rel=1e-9)


def test_a_law_that_never_gets_there_asks_for_endless_samples():
    flat = HoleLaw.fit([100, 1000], [0.7, 0.7])
    assert flat.samples(0.1) == np.inf
    assert HoleLaw.fit([100, 1000], [0.7, 0.7 - 1e-6]).samples(0.1) == np.inf
    assert HoleLaw.fit([100, 1000], [0.5, 0.3]).samples(1e9) == pytest.approx(np.e)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: HoleLaw.fit([2, 100], [0.5, 0.1]), "sizes must all be above 2.7"),
        (lambda: HoleLaw.fit([3, 100], [0.5, 0.1]).radius(2), "n must be 3 or more and finite"),
        (
            lambda: HoleLaw.fit([3, 4], [0.5, 10]).radius(1e40),
            r"^n must be where the law gives at most 1e100, got 1e\+40$",
        ),
        (lambda: HoleLaw.fit([3, 100], [0.5, -1]), "^holes must all be above 0, got -1$"),
        (
            lambda: HoleLaw.fit([3, 100, 200], [0.5, 0.1]),
            "^holes must have 3 values as sizes, got 2$",
        ),
        (
            lambda: HoleLaw.fit([3, 100], [0.5, 0.1]).samples(0),
            "radius must be .* got 0",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_law_is_a_power_law():
    with pytest.raises(TypeError, match=r"^power must be a PowerLaw, got a float$"):
        HoleLaw(power=0.5)
