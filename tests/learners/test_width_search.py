"""The search for a width: it ends rightly, and tables whose least width is known find theirs."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bigcurves.learners import min_width, min_width_search
from bigcurves.sample import Floats, Targets

CORNERS = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])


def table(m: int = 40, seed: int = 0) -> tuple[Floats, Targets]:
    rng = np.random.default_rng(seed)
    return rng.choice([-1.0, 1.0], (m, 12)), rng.integers(0, 2, m)


@pytest.mark.parametrize("threshold", [1, 2, 5, 17, 40, 200])
def test_the_search_finds_where_it_becomes_enough(threshold: int) -> None:
    asked = []

    def enough(width: int) -> bool:
        asked.append(width)
        return width >= threshold

    assert min_width(enough, 36) == threshold
    assert min(asked) >= 1
    assert len(asked) <= 20


def test_widths_fall_by_a_fifth_and_then_the_gap_is_halved() -> None:
    asked = []

    def enough(width: int) -> bool:
        asked.append(width)
        return width >= 20

    min_width(enough, 50)
    assert asked == [50, 40, 32, 25, 20, 16, 18, 19]


def test_a_start_that_is_too_narrow_is_doubled() -> None:
    asked = []

    def enough(width: int) -> bool:
        asked.append(width)
        return width >= 21

    assert min_width(enough, 3) == 21
    assert asked[:4] == [3, 6, 12, 24]


@pytest.mark.parametrize("seed", range(20))
def test_where_luck_decides_the_width_is_still_enough_and_one_less_is_not(seed: int) -> None:
    lucky = np.append(np.random.default_rng(seed).random(40) < 0.5, True)

    def enough(width: int) -> bool:
        return bool(lucky[min(width, 40)])

    found = min_width(enough, 36)
    assert enough(found)
    assert found == 1 or not enough(found - 1)


def test_the_narrowest_stores_everything_and_the_reliable_is_no_narrower() -> None:
    X, y = table(m=48)
    smallest, reliable = min_width_search(X, y, np.random.default_rng(2), starts=3)
    for network in (smallest, reliable):
        assert (network.predict(X) == y).all()
    assert smallest.width <= reliable.width
    # 48 fair bits in a unit with 12 inputs: 14 parameters do not hold them (Cover 1965: about
    # two bits to a weight), three such units may
    assert 2 <= smallest.width <= 8


@pytest.mark.parametrize(
    ("y", "width"),
    [
        ([0, 0, 1, 1], 1),  # the first input by itself
        ([0, 1, 1, 0], 2),  # one unit rises along its weights only, and this falls again
    ],
)
def test_bits_that_need_so_many_units_are_held_by_as_many(y: list[int], width: int) -> None:
    # A start in six finds the two units that an exclusive or needs: some of 20 does, and not all.
    smallest, reliable = min_width_search(CORNERS, np.array(y), np.random.default_rng(0), starts=20)
    assert_array_equal(smallest.predict(CORNERS), y)
    assert smallest.width == width < reliable.width


def test_of_one_start_some_and_every_are_the_same() -> None:
    X, y = table(m=20)
    one, other = min_width_search(X, y, np.random.default_rng(3), starts=1)
    assert one is other


def test_a_search_can_be_repeated() -> None:
    X, y = table(m=20)
    first, again = (min_width_search(X, y, np.random.default_rng(4), starts=2) for _ in range(2))
    for one, other in zip(first, again, strict=True):
        assert one.width == other.width
        assert_array_equal(one.arrays[0], other.arrays[0])


def test_a_search_of_no_starts_is_refused() -> None:
    X, y = table()
    with pytest.raises(ValueError, match="starts must be between 1 and 1000, got 0"):
        min_width_search(X, y, np.random.default_rng(0), starts=0)


def test_equal_rows_with_different_bits_are_refused() -> None:
    X, y, rng = np.array([[1.0, 0], [1, 0], [0, 1]]), np.array([0, 1, 1]), np.random.default_rng(0)
    with pytest.raises(ValueError, match="y must give equal rows of X one bit, got both for 1"):
        min_width_search(X, y, rng)
    near = X + np.array([[0, 0], [1e-12, 0], [0, 0]])  # and equal in single precision
    with pytest.raises(ValueError, match="y must give equal rows of X one bit"):
        min_width_search(near, y, rng)


def test_a_search_that_finds_no_width_ends() -> None:
    def enough(width: int) -> bool:
        return False

    with pytest.raises(
        ValueError, match="enough must be true of some width, got none up to 4194304"
    ):
        min_width(enough, 4)


def test_rows_that_do_not_train_are_named() -> None:
    X, y = 1e6 + np.arange(40.0)[:, np.newaxis], np.arange(40) % 2
    with pytest.raises(ValueError, match=r"X must let 1 starts train: .* at any width up to 384"):
        min_width_search(X, y, np.random.default_rng(0), starts=1)
