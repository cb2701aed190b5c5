"""Random labels: what is counted as truth, as a lie, and when training ends."""

import pandas as pd
import pytest

from bigcurves.chapters.discrete.random_labels import random_labels
from bigcurves.chapters.discrete.random_labels.random_labels import PARTS, Settings


@pytest.fixture(scope="module")
def table():
    """A class of sixty, quickly taught."""
    return pd.DataFrame(random_labels.run(Settings(n=60, batch_size=20), seed=3))


def test_each_part_ends_at_its_first_epoch_without_a_miss(table):
    for part in (*PARTS, "control"):
        train = table.loc[table["part"] == part, "train"].tolist()
        assert train[-1] == 1
        assert max(train[:-1], default=0) < 1


def test_who_repeats_every_lie_says_no_truth(table):
    last = table[table["part"] != "none"].groupby("part").last()
    assert (last["obeyed"] == 1).all()
    assert (last["recovered"] == 0).all()
    assert (table["obeyed"] + table["recovered"]).max() <= 1 + 1e-12  # nobody says both


def test_nothing_is_spoilt_where_no_label_is_drawn(table):
    none = table[table["part"] == "none"]
    assert none[["recovered", "obeyed"]].isna().all(axis=None)


def test_the_control_spoils_the_shape_and_as_many_labels(table):
    shares = table.groupby("part")["random"].first()
    assert shares["control"] == shares["three_fifths"] == 0.6
    # 1,737 shuffled digits are guessed at 0.1, give or take 0.007; four times that is allowed.
    control = table.loc[table["part"] == "control", "test"]
    assert control.mean() == pytest.approx(0.1, abs=0.03)


def test_the_control_on_real_digits_is_the_part_itself_with_other_lies(table):
    raw = pd.DataFrame(random_labels.run(Settings(n=60, batch_size=20, control="raw"), seed=3))
    pd.testing.assert_frame_equal(raw[raw["part"] != "control"], table[table["part"] != "control"])
    assert raw.loc[raw["part"] == "control", "test"].max() > 0.25
