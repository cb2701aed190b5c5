"""How many rows a world may be asked for, and what it keeps of its settings."""

from dataclasses import dataclass

import numpy as np
import pytest

from bigcurves.validation import settle
from bigcurves.worlds import BarWorld, DigitAddition, Keys
from bigcurves.worlds.settings import require_draws, symbols_at

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("n", "features", "most", "message"),
    [
        (0, 10, 5, "n must be between 1 and 5, got 0"),
        (6, 10, 5, "n must be between 1 and 5, got 6"),
        (0, 10, 2**31 - 1, "n must be at least 1, got 0"),
        (
            2**17 + 1,
            1024,
            2**31 - 1,
            "n must be at most 131072, so that its rows of 1024 numbers and all that is drawn for"
            " them fit in memory, got 131073",
        ),
        (
            2**24 + 1,
            1,
            2**31 - 1,
            "n must be at most 16777216, so that its rows of 1 numbers and all that is drawn for"
            " them fit in memory, got 16777217",
        ),
    ],
)
def test_more_rows_than_there_are_or_memory_holds_are_refused(n, features, most, message):
    with pytest.raises(ValueError, match="n must") as caught:
        require_draws(n, RNG, features=features, most=most)
    assert str(caught.value) == message


def test_as_many_rows_as_allowed_are_and_come_back_as_a_plain_number():
    assert require_draws(2**17, RNG, features=1024) == 2**17
    assert require_draws(5, RNG, features=1, most=5) == 5
    assert type(require_draws(np.int8(3), RNG, features=1)) is int


def test_what_is_no_generator_is_told_how_to_make_one():
    with pytest.raises(TypeError, match=r"rng must be a numpy Generator, .* got None"):
        require_draws(3, None, features=1)


def test_a_frozen_thing_keeps_what_its_checks_gave():
    @dataclass(frozen=True)
    class Frozen:
        side: int = 3

    frozen = Frozen()
    settle(frozen, side=4)
    assert frozen == Frozen(4)


def test_numpys_narrow_numbers_do_not_overflow():
    assert BarWorld(side=np.int8(64)).pixels == 4096  # in int8 it would be 0
    assert DigitAddition(digits=np.int8(3)).size == 1000
    assert Keys(bits=np.uint8(16)).universe == 65_536
    assert repr(BarWorld(side=np.array(16), noise=np.float32(0.5))) == repr(BarWorld(noise=0.5))


def test_a_latent_stands_for_the_nearest_symbol_and_none_for_the_one_that_is_not() -> None:
    assert symbols_at([[0.0], [0.19], [0.21], [0.89]], 1, 5).ravel().tolist() == [0, 1, 1, 4]
    message = r"latents must be below 1, and nearer to 4 / 5 than to 1, got 0\.91"
    with pytest.raises(ValueError, match=message):
        symbols_at([[0.91]], 1, 5)
