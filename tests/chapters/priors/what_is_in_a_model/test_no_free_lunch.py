"""No free lunch, counted by hand: two places, one known."""

import pandas as pd
import pytest

from bigcurves.chapters.priors.what_is_in_a_model.no_free_lunch import LEARNERS, Settings, run


def test_two_places_leave_each_learner_what_counting_says():
    # Worlds 00, 11 have no change, 01, 10 one: the neighbour is right in the first two.
    rows = pd.DataFrame(run(Settings(places=2, known=1, changes=(0, 1)), 0))
    right = rows.set_index(["changes", "learner"])["right"]
    assert right[0, "nearest neighbour"] == right[0, "the majority"] == 1
    assert right[0, "the neighbour's opposite"] == 0
    assert (right[1] == 0.5).all()
    assert rows.groupby("changes")["worlds"].first().tolist() == [2, 4]


@pytest.mark.parametrize("seed", range(3))
def test_over_all_worlds_no_learner_is_better(seed):
    rows = pd.DataFrame(run(Settings(changes=(11,)), seed))
    assert rows["right"].tolist() == pytest.approx([0.5] * len(LEARNERS))


def test_worlds_are_counted():
    # At most one change along 12 places: 2 constant worlds and 2 * 11 with one step.
    rows = pd.DataFrame(run(Settings(changes=(1,)), 0))
    assert rows["worlds"].tolist() == [24] * len(LEARNERS)
