"""Augmentation is coverage: rows, equal counts, and gaps measured another way."""

import numpy as np
import pandas as pd
import pytest

from bigcurves.chapters.priors.augmentation import augmentation
from bigcurves.sample import Sample

TINY = augmentation.Settings(n=2, k=4, turns=(30, 180), fresh=(2, 8), test=100)


@pytest.fixture(scope="module")
def table():
    return pd.DataFrame(augmentation.run(TINY, 3))


def test_rows_are_tidy_and_repeatable(table):
    assert (table["seed"] == 3).all()
    assert not table["set"].duplicated().any()
    assert table.notna().all(axis=None)
    assert (table.loc[table["kind"] == "augmented", "count"] == 8).all()
    pd.testing.assert_frame_equal(table, pd.DataFrame(augmentation.run(TINY, 3)))
    assert not table.equals(pd.DataFrame(augmentation.run(TINY, 4)).assign(seed=3))


def test_shuffled_labels_are_at_chance():
    settings = augmentation.Settings(labels="shuffled", turns=(), fresh=(64,), test=1000)
    rows = pd.DataFrame(augmentation.run(settings, 0)).set_index("set")
    # seven answers in eight are wrong; 512 labels at random spread it by .015
    assert rows.loc["64 fresh", "error"] == pytest.approx(7 / 8, abs=0.06)


def test_the_gap_goes_the_short_way_round_the_turn():
    z, y = np.array([[0.95, 0.5, 0.5], [0.5, 0.5, 0.5]]), np.array([0, 1])
    test = Sample(
        inputs=np.zeros((2, 1)),
        latents=np.array([[0.05, 0.5, 0.5], [0.5, 0.2, 0.5]]),
        targets=np.array([0, 1]),
    )
    scale = np.array([2.0, 10.0, 1.0])
    # a tenth of a turn at 2, and .3 of the second latent at 10
    assert augmentation._gap(z, y, test, scale) == pytest.approx((0.2 + 3.0) / 2)


def test_a_set_on_the_fresh_curve_is_foretold():
    rows = [
        {"kind": "fresh", "set": "a", "gap": 1.0, "error": 0.5},
        {"kind": "fresh", "set": "b", "gap": 0.1, "error": 0.1},
        {"kind": "augmented", "set": "c", "gap": np.sqrt(0.1), "error": 0.3},
    ]
    assert augmentation.predicted_errors(pd.DataFrame(rows)).tolist() == pytest.approx([0.3])
