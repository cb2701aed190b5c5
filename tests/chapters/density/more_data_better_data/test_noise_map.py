"""A map of noise: rows as promised, its clean column, its edges, and its kinds of flips."""

import numpy as np
import pandas as pd
import pytest
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.density.more_data_better_data import noise_map
from bigcurves.chapters.density.more_data_better_data.noise_map import Settings
from bigcurves.chapters.density.more_data_better_data.voting import Voting
from bigcurves.worlds import FlatWorld, VoronoiCells

SMALL = Settings(sizes=(100, 1600), shares=(0.0, 0.3, 0.6, 0.8), test=500)


@pytest.fixture(scope="module")
def small():
    rows = [row for seed in range(4) for row in noise_map.run(SMALL, seed)]
    return pd.DataFrame(rows)


def error(table, flips, share, n):
    rows = table[(table["flips"] == flips) & (table["share"] == share) & (table["n"] == n)]
    return rows["error"].mean()


def test_there_is_one_row_for_each_kind_share_and_size(small):
    assert list(small.columns) == ["seed", "flips", "share", "n", "error"]
    assert len(small) == len(small.drop_duplicates(list(small.columns)[:4])) == 4 * 2 * 4 * 2


def test_without_flips_the_kinds_are_the_same(small):
    clean = small[small["share"] == 0]
    kinds = [clean.loc[clean["flips"] == k, "error"].to_list() for k in clean["flips"].unique()]
    assert kinds[0] == kinds[1]


def test_the_clean_column_is_a_vote_of_scikit_learn():
    settings = Settings(sizes=(200,), shares=(0.0,), test=300)
    (row, _) = noise_map.run(settings, 2)
    world, rng = FlatWorld(d=2, features=30), np.random.default_rng([2, 0])
    cells = VoronoiCells.draw(rng, d=2, classes=5)
    new, known = world.sample(300, rng), world.sample(200, rng)
    answers, truth = cells(new.latents), cells(known.latents)
    _, voters = Voting.of(known.inputs, new.inputs, classes=5).error(truth, answers)
    model = KNeighborsClassifier(voters).fit(known.inputs, truth)
    missed = np.mean(model.predict(new.inputs) != answers)
    # Ties between classes may be broken otherwise: a few places of 300.
    assert row["error"] == pytest.approx(missed, abs=0.02)


def test_more_rows_mend_what_is_spread_out_and_harm_what_agrees(small):
    assert error(small, "symmetric", 0.6, 1600) < error(small, "symmetric", 0.6, 100) - 0.15
    assert error(small, "systematic", 0.6, 1600) > error(small, "systematic", 0.6, 100)
    assert error(small, "systematic", 0.3, 1600) < error(small, "systematic", 0.3, 100)


def test_where_no_label_leads_only_chance_is_left(small):
    # Four in five spread over four classes: a miss of 0.8 on average, but cells differ in size.
    assert error(small, "symmetric", 0.8, 1600) == pytest.approx(0.8, abs=0.12)


def test_the_kind_of_flips_is_a_setting():
    settings = Settings(sizes=(1600,), shares=(0.6,), test=500, symmetric="systematic")
    table = pd.DataFrame(noise_map.run(settings, 0)).set_index("flips")["error"]
    assert table["symmetric"] == table["systematic"] > 0.5
