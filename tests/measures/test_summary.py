"""Tables over seeds against pandas and scipy's own interval."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from bigcurves.measures.summary import interval_at, interval_table, over_seeds

RUNS = pd.DataFrame(
    {
        "seed": [0, 1, 2, 0, 1, 2],
        "learner": ["b", "b", "b", "a", "a", "a"],
        "error": [1.0, 2.0, 4.0, 0.1, 0.2, 0.9],
    }
)


def test_means_and_intervals_are_scipys():
    table = interval_table(RUNS, ["learner"], "error")
    assert table["learner"].tolist() == ["b", "a"], "groups keep the order of the runs"
    for row in table.itertuples():
        values = RUNS.loc[RUNS["learner"] == row.learner, "error"]
        low, high = stats.t.interval(0.95, 2, values.mean(), stats.sem(values))
        assert (row.mean, row.low, row.high, row.seeds) == pytest.approx(
            (values.mean(), low, high, 3)
        )


def test_the_level_is_the_one_asked_for():
    (low, high) = stats.t.interval(0.5, 2, 7 / 3, stats.sem([1, 2, 4]))
    first = interval_table(RUNS, ["learner"], "error", level=0.5).iloc[0]
    assert (first["low"], first["high"]) == pytest.approx((low, high))


def test_logarithms_give_the_geometric_mean():
    table = interval_table(RUNS, ["learner"], "error", log=True).set_index("learner")
    assert table.loc["b", "mean"] == pytest.approx(2.0)  # the cube root of 1 * 2 * 4
    assert table.loc["b", "low"] > 0
    # In logarithms the interval is even on both sides of the mean.
    b = table.loc["b"]
    assert b["mean"] / b["low"] == pytest.approx(b["high"] / b["mean"])


def test_groups_without_a_known_value_are_kept():
    runs = RUNS.assign(d=[1.0, 1.0, 1.0, np.nan, np.nan, np.nan])
    assert len(interval_table(runs, ["d"], "error")) == 2


@pytest.mark.parametrize(
    ("runs", "by", "message"),
    [
        (RUNS.drop(columns="error"), ["learner"], "error"),
        (RUNS, ["world"], "world"),
        (RUNS.assign(seed=0), ["learner"], "a seed once"),
        (RUNS[RUNS["seed"] == 0], ["learner"], "at least 2, got"),
    ],
)
def test_a_broken_table_is_refused_with_the_cause(runs, by, message):
    with pytest.raises(ValueError, match=message):
        interval_table(runs, by, "error")


def test_logarithms_of_zero_are_refused():
    with pytest.raises(ValueError, match="above 0"):
        interval_table(RUNS.assign(error=0.0), ["learner"], "error", log=True)


def test_a_figure_over_seeds_is_worked_out_run_by_run():
    found = over_seeds(RUNS, lambda run: float(run["error"].max() - run["error"].min()))
    spans = RUNS.groupby("seed")["error"].agg(lambda run: run.max() - run.min())
    ends = stats.t.interval(0.95, len(spans) - 1, spans.mean(), stats.sem(spans))
    assert found.mean == pytest.approx(spans.mean())
    assert (found.low, found.high) == pytest.approx(ends)
    assert found.seeds == RUNS["seed"].nunique()


def test_the_interval_of_one_group_is_picked_from_a_table():
    table = interval_table(RUNS, ["learner"], "error")
    row = table.iloc[1]
    found = interval_at(table, learner=row["learner"], scale=100)
    assert (found.mean, found.low) == pytest.approx((100 * row["mean"], 100 * row["low"]))
    assert found.seeds == row["seeds"]
    assert interval_at(table.rename(columns={"learner": "table"}), table=row["learner"])
    with pytest.raises(ValueError, match=r"one row must have \{'learner': 'nobody'\}, got 0"):
        interval_at(table, learner="nobody")
    with pytest.raises(ValueError, match="got 2"):
        interval_at(table)
