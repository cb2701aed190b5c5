"""Flipped labels: rows as promised, the vote against scikit-learn, and labels without truth."""

import numpy as np
import pandas as pd
import pytest
from sklearn.neighbors import KNeighborsClassifier

from bigcurves.chapters.density.more_data_better_data import more_data
from bigcurves.chapters.density.more_data_better_data.more_data import Settings
from bigcurves.chapters.density.more_data_better_data.voting import VOTERS, Voting

SMALL = Settings(sizes=(100, 400), test=600)


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(more_data.run(SMALL, 1))


def test_there_is_one_row_for_each_kind_share_and_size(small):
    assert list(small.columns) == [
        *("seed", "flips", "share", "n", "error", "voters", "worth", "rate", "guide")
    ]
    assert len(small) == len(small.drop_duplicates(["flips", "share", "n"])) == 7 * 5
    assert set(small["seed"]) == {1}


def test_the_same_seed_gives_the_same_rows(small):
    pd.testing.assert_frame_equal(small, pd.DataFrame(more_data.run(SMALL, 1)))


def test_rates_are_given_where_the_truth_still_leads(small):
    lost = (small["flips"] == "systematic") & (small["share"] == 0.6) | (small["flips"] == "none")
    assert small.loc[lost, "rate"].isna().all()
    given = small[~lost]
    assert np.allclose(given["rate"], given["n"] / given["worth"])
    guides = given.groupby(["flips", "share"])["guide"].first()
    # By hand: 1 / (1 - 0.2 * 5 / 4)^2, 1 / (1 - 0.6 * 5 / 4)^2 and 1 / (1 - 2 * 0.4)^2.
    assert guides["symmetric", 0.2] == pytest.approx(16 / 9)
    assert guides["symmetric", 0.6] == pytest.approx(16)
    assert guides["systematic", 0.4] == pytest.approx(25)


def test_labels_that_tell_nothing_leave_chance():
    settings = Settings(sizes=(100, 1600), test=2000, shares=(0.2, 0.4, 0.8))
    table = pd.DataFrame(more_data.run(settings, 0)).set_index(["flips", "share", "n"])["error"]
    # Four flips in five spread over four classes leave each label equally likely. Chance is a
    # miss of 0.8, but cells differ in size and the guesses hang together: within 0.15.
    assert table["symmetric", 0.8, 1600] == pytest.approx(0.8, abs=0.15)
    assert table["none", 0.0, 1600] < 0.1, "the positive control"


@pytest.mark.parametrize("features", [2, 12])
def test_the_vote_is_scikit_learns(features):
    """With 12 features the rows use 2 dimensions of 12: the search leaves out the others."""
    rng = np.random.default_rng(0)
    turn = np.linalg.qr(rng.standard_normal((features, features)))[0][:2]
    known, new = rng.random((300, 2)) @ turn, rng.random((200, 2)) @ turn
    labels, answers = rng.integers(0, 3, 300), rng.integers(0, 3, 200)
    error, voters = Voting.of(known, new, classes=3).error(labels, answers)
    held = 300 // 5
    rights = [
        KNeighborsClassifier(k).fit(known[held:], labels[held:]).score(known[:held], labels[:held])
        for k in VOTERS
        if k <= (300 - held) // 2
    ]
    assert rights[VOTERS.index(voters)] == pytest.approx(max(rights))
    fresh = KNeighborsClassifier(voters).fit(known, labels).score(new, answers)
    assert error == pytest.approx(1 - fresh, abs=1e-12)


def test_too_few_rows_are_named():
    with pytest.raises(ValueError, match="known must have at least 5 rows, got 4"):
        Voting.of(np.zeros((4, 2)), np.zeros((4, 2)), classes=2)
