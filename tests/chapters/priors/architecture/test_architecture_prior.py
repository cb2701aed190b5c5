"""The architecture experiment: rows, repeatability, and orders of pixels."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

from bigcurves.chapters.priors.architecture import architecture

TINY = architecture.Settings(sizes=(2,), test=40, n=2)


def test_rows_are_tidy_and_repeatable():
    table = pd.DataFrame(architecture.run(TINY, 3))
    assert (table["seed"] == 3).all()
    assert not table.duplicated(["part", "order", "task", "learner", "n"]).any()
    assert table.groupby("part").size().to_dict() == {"sizes": 6, "what and where": 4}
    assert table["test"].between(0, 1).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(architecture.run(TINY, 3)))


@pytest.mark.parametrize("order", ["shuffled", "scrambled"])
def test_orders_move_pixels_and_keep_them_all(order):
    natural, what, where = architecture._draw(TINY, 1, 2, "natural")
    moved, *same = architecture._draw(TINY, 1, 2, order)
    assert_array_equal(np.sort(moved, axis=1), np.sort(natural, axis=1))
    assert not (moved == natural).all()
    for before, after in zip((what, where), same, strict=True):
        assert_array_equal(before, after)
    gaps = [np.linalg.norm(X[0] - X[1]) for X in (natural, moved)]
    if order == "shuffled":  # every distance stays
        assert gaps[0] == pytest.approx(gaps[1], rel=1e-12)
    else:
        assert gaps[0] != pytest.approx(gaps[1], rel=1e-3)


def test_the_quarter_is_read_from_where_the_ink_lies():
    X, _, where = architecture._draw(architecture.Settings(test=400), 2, 1, "natural")
    pictures = X.reshape(-1, 20, 20)
    across = pictures.mean(axis=1) @ np.linspace(-1, 1, 20)
    right = where % 2 == 1
    # the ink of a glyph leans to one side at most, its place tells the rest
    assert across[right].mean() > across[~right].mean() + 0.3
