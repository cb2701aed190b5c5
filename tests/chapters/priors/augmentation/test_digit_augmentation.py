"""Real digits, augmented: rows, repeatability, and a control that changes nothing."""

import pandas as pd

from bigcurves.chapters.priors.augmentation import digit_augmentation

TINY = digit_augmentation.Settings(sizes=(2,), k=3)


def test_rows_are_tidy_and_repeatable():
    table = pd.DataFrame(digit_augmentation.run(TINY, 3))
    assert (table["seed"] == 3).all()
    assert not table.duplicated(["n", "how"]).any()
    assert table[["error", "turned"]].max().le(1).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(digit_augmentation.run(TINY, 3)))
    assert not table.equals(pd.DataFrame(digit_augmentation.run(TINY, 4)).assign(seed=3))


def test_copies_are_copies_however_they_are_called():
    settings = digit_augmentation.Settings(sizes=(2,), k=3, turning="copy")
    table = pd.DataFrame(digit_augmentation.run(settings, 1))
    assert (table[["error", "turned"]].std() == 0).all()
