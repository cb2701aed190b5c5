"""How a column repeats: each kind is a tolerance, and kinds are joined to one table."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from bigcurves.running.repeats import Repeats, close, exact, trained


@pytest.mark.parametrize(
    ("declared", "tolerance"),
    [
        (exact("world d"), 0.0),
        (close("world d"), 1e-9),
        (close("world d", relative=1e-4), 1e-4),
        (trained("world d"), math.inf),
    ],
    ids=["exact", "close", "less close", "trained"],
)
def test_every_name_of_a_text_has_the_tolerance_of_its_kind(
    declared: Repeats, tolerance: float
) -> None:
    assert declared == {"world": tolerance, "d": tolerance}


@pytest.mark.parametrize("declare", [exact, close, trained])
def test_names_may_stand_on_several_lines_and_an_empty_text_has_none(
    declare: Callable[[str], Repeats],
) -> None:
    assert list(declare("  world\n  d\tn ")) == ["world", "d", "n"]
    assert declare(" ") == {}


def test_kinds_are_joined_to_one_table() -> None:
    joined = exact("d") | close("two_nn") | trained("accuracy")
    assert joined == {"d": 0.0, "two_nn": 1e-9, "accuracy": math.inf}


def test_the_last_bits_of_a_sum_lie_within_a_close_column_and_not_in_an_exact_one() -> None:
    """Numbers added up in another order differ as they do on another processor."""
    numbers = np.random.default_rng(0).random(100_000)
    one, other = float(np.sum(numbers)), sum(numbers.tolist())
    assert one != other
    apart = abs(one - other) / max(one, other)
    assert exact("v")["v"] < apart < close("v")["v"] < trained("v")["v"]
