"""Choices: a scale moves by four both ways, a kind takes every member of its set."""

from dataclasses import dataclass

import pytest

from bigcurves.claims.choices import Choice, by_four, each_of, named


@dataclass(frozen=True, kw_only=True)
class Settings:
    n: int = 10
    width: float = 0.5
    sizes: tuple[int, ...] = (1, 8, 100)
    kernel: str = "gaussian"


def labelled(choices):
    return {choice.label: choice(Settings()) for choice in choices}


def test_a_scale_moves_by_four_both_ways_and_whole_numbers_stay_whole():
    assert labelled(by_four("n")) == {"n / 4": Settings(n=2), "n x 4": Settings(n=40)}
    assert labelled(by_four("width")) == {
        "width / 4": Settings(width=0.125),
        "width x 4": Settings(width=2.0),
    }
    assert labelled(by_four("sizes"))["sizes / 4"].sizes == (1, 2, 25)
    assert labelled(by_four("sizes"))["sizes x 4"].sizes == (4, 32, 400)


def test_an_end_that_cannot_be_run_is_left_out_with_its_reason():
    assert set(labelled(by_four("n", lacking="x 4: there are only 1,797 digits"))) == {"n / 4"}
    for reason in ("x 4", "x 2: too many", "because"):
        with pytest.raises(ValueError, match="lacking must be '/ 4: why' or 'x 4: why', got"):
            by_four("n", lacking=reason)


def test_a_scale_is_a_number_or_numbers():
    (down, _) = by_four("kernel")
    with pytest.raises(ValueError, match="a scale must be a number or numbers, got 'gaussian'"):
        down(Settings())


def test_a_kind_takes_every_member_of_its_set():
    found = labelled(each_of("kernel", ("laplace", "linear")))
    assert found == {
        "kernel laplace": Settings(kernel="laplace"),
        "kernel linear": Settings(kernel="linear"),
    }


def shift_the_step(settings):
    """Put the step elsewhere."""
    return settings


def test_a_function_is_a_choice_under_its_own_name():
    assert named(shift_the_step).label == "shift the step"
    choice = Choice("other", shift_the_step)
    assert named(choice) is choice
    for nameless in (lambda settings: settings, len, 3):
        with pytest.raises(ValueError, match="a choice must be a named function with a docstring"):
            named(nameless)
