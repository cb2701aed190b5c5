"""Wrong augmentation: rows, and harm where it must be."""

import pandas as pd

from bigcurves.chapters.priors.augmentation import wrong_augmentation

TINY = wrong_augmentation.Settings(n=2, k=8, turns=(0, 45, 180), test=200)


def test_rows_are_tidy_and_repeatable():
    table = pd.DataFrame(wrong_augmentation.run(TINY, 3))
    assert (table["seed"] == 3).all()
    assert not table.duplicated(["turn", "glyph"]).any()
    assert table["error"].between(0, 1).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(wrong_augmentation.run(TINY, 3)))
    assert not table.equals(pd.DataFrame(wrong_augmentation.run(TINY, 4)).assign(seed=3))


def test_the_error_of_all_is_the_mean_of_the_glyphs():
    table = pd.DataFrame(wrong_augmentation.run(TINY, 1)).pivot_table(
        index="turn", columns="glyph", values="error"
    )
    glyphs = table[["6", "9", "T", "O"]].mean(axis=1)  # fifty test pictures of each
    assert (abs(table["all"] - glyphs) < 1e-12).all()


def test_half_a_turn_mixes_a_six_and_a_nine_and_no_o():
    table = pd.DataFrame(wrong_augmentation.run(TINY, 2)).set_index(["turn", "glyph"])["error"]
    # as good as a coin, whichever of the two half-turned sets lies nearer on the whole
    assert table[180, "6"] + table[180, "9"] > 0.4
    assert table[180, "O"] < 0.1
