"""What augmented pictures are worth: rows, changes that are what they say, and copies worth one."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.ndimage import affine_transform, rotate

from bigcurves.chapters.priors.augmentation import augmentation_worth, changed_digits, digit_worth

DRAWN = augmentation_worth.Settings(ks=(2, 4), fresh=(2, 4, 8, 16), test=300, draws=2)
REAL = digit_worth.Settings(sizes=(4,), curve=(2, 4, 8, 16), k=3, draws=1, steps=20)


@pytest.mark.parametrize(("experiment", "tiny"), [(augmentation_worth, DRAWN), (digit_worth, REAL)])
def test_rows_are_tidy_and_repeatable(experiment, tiny):
    table = pd.DataFrame(experiment.run(tiny, 3))
    keys = table.columns.difference(["error", "worth"])
    assert not table.duplicated(list(keys)).any()
    pd.testing.assert_frame_equal(table, pd.DataFrame(experiment.run(tiny, 3)))


def test_copies_of_glyphs_are_worth_one_and_redrawn_ones_their_number():
    settings = {"ks": (2, 4), "fresh": (2, 4, 8, 16), "test": 1000, "draws": 2}
    worth = {}
    for turning in ("copy", "redraw"):
        rows = pd.DataFrame(
            augmentation_worth.run(augmentation_worth.Settings(**settings, turning=turning), 0)
        )
        worth[turning] = rows[rows["k"] == 4]["worth"].to_numpy()
    # Errors of .5 and .3 from 2,000 answers and four draws of few pictures: to a fifth or so.
    assert worth["copy"] == pytest.approx(1, abs=0.4)
    assert worth["redraw"] == pytest.approx(4, abs=1.4)


def test_copies_of_digits_are_worth_exactly_one_to_a_neighbour():
    settings = digit_worth.Settings(
        sizes=(4,), curve=(2, 4, 8), k=3, draws=1, steps=20, turning="copy"
    )
    table = pd.DataFrame(digit_worth.run(settings, 0))
    near = table[(table["learner"] == "nearest") & (table["how"] != "fresh")]
    assert_allclose(near["worth"], 1)


def test_where_half_of_the_digits_hold_too_few_of_a_class_later_ones_are_learned_not_asked():
    settings = digit_worth.Settings(sizes=(), curve=(2, 64), steps=1)
    table = pd.DataFrame(digit_worth.run(settings, 1291))
    near = table[table["learner"] == "nearest"]
    # In the first of its draws one class has 58 digits, not 64, among the first 898.
    asked = near["draw"].map({0: 899 - 6, 1: 899, 2: 899})
    assert_allclose(near["error"] * asked, (near["error"] * asked).round(), atol=1e-9, rtol=0)


def test_a_quarter_turn_and_a_whole_shift_are_what_another_library_makes_of_them():
    rng = np.random.default_rng(0)
    X = np.zeros((1, 8, 8))
    X[0, 2:6, 2:6] = rng.random((4, 4))
    turned = changed_digits._moved(X.reshape(1, -1), np.array([90.0]), np.zeros((1, 2)))
    assert_allclose(turned.reshape(8, 8), rotate(X[0], -90, reshape=False), atol=1e-12)
    shifted = changed_digits._moved(X.reshape(1, -1), np.zeros(1), np.array([[1.0, -2.0]]))
    assert_allclose(shifted.reshape(8, 8), np.roll(X[0], (-1, 2), axis=(0, 1)), atol=1e-12)


def test_filtering_all_pictures_at_once_is_filtering_each_bit_by_bit():
    rng = np.random.default_rng(2)
    X, degrees, moves = rng.random((20, 64)), rng.uniform(-180, 180, 20), rng.random((20, 2))
    moved = changed_digits._moved(X, degrees, moves)
    for one, angle, move, new in zip(X, np.deg2rad(degrees), moves, moved, strict=True):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        at = 3.5 - turn.sum(axis=1) * 3.5 + move
        assert_array_equal(new, affine_transform(one.reshape(8, 8), turn, offset=at).ravel())


def test_changes_leave_the_first_of_each_digit_where_they_say_so():
    rng = np.random.default_rng(1)
    X = np.repeat(rng.random((4, 64)), 3, axis=0)
    for how in changed_digits.HOWS:
        new = changed_digits.changed(X, how, rng, k=3, light=(0.6, 1.2))
        same = (new == X).all(axis=1)
        assert same.tolist() == [how == "turned 10, shifted", False, False] * 4
    shares = changed_digits.changed(X, "brighter or darker", rng, k=3, light=(0.6, 1.2)) / X
    assert_allclose(shares.std(axis=1), 0, atol=1e-12)
    assert (shares > 0.6).all()
    assert (shares < 1.2).all()
    with pytest.raises(ValueError, match=r"how must be one of .*, got 'mirrored'"):
        changed_digits.changed(X, "mirrored", rng, k=3, light=(0.6, 1.2))
