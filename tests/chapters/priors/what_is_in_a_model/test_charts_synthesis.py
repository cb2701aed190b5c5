"""The last chapter's charts, and the scale that its cases are measured on."""

import pandas as pd
import pytest

from bigcurves.chapters.priors.what_is_in_a_model.cases import CASES
from bigcurves.chapters.priors.what_is_in_a_model.charts.lunch import describe_lunch, lunch_chart
from bigcurves.chapters.priors.what_is_in_a_model.charts.summary_map import (
    describe_summary,
    summary_chart,
)
from bigcurves.chapters.priors.what_is_in_a_model.synthesis import Case, missed, scored, skills
from bookkit.charts.compile import compile_layouts, draw

ENDS = {"low": 0.4, "high": 0.6}
LUNCH = pd.DataFrame({"changes": [0, 1], "worlds": [2, 24], "learner": "neighbour", "mean": 0.5})
LUNCH = LUNCH.assign(**ENDS)
MEANS = pd.DataFrame(
    {
        "case": ["one", "two", "three"],
        "structure": ["there", "there", "none"],
        "samples": ["few", "enough", "few"],
        "prior": ["general", "made for it", "general"],
        "mean": [0.25, 1.0, 0.0],
    }
).assign(**ENDS)
RUNS = pd.DataFrame({"seed": [3, 4], "task": "a", "test": [0.55, 1.0], "error": [0.45, 0.0]})


def summary(table=MEANS, description="Words."):
    return summary_chart(table, description=description)


def lunch(table=LUNCH, description="Words."):
    return lunch_chart(table, description=description)


CHARTS = {summary: (MEANS, "prior"), lunch: (LUNCH, "worlds")}


@pytest.mark.parametrize("chart", CHARTS)
def test_each_chart_draws_and_refuses_what_it_cannot_use(chart):
    table, column = CHARTS[chart]
    for layout in compile_layouts(chart().to_dict()).values():
        assert draw(layout)
    with pytest.raises(ValueError, match=column):
        chart(table.drop(columns=column))
    with pytest.raises(ValueError, match="description"):
        chart(description=" ")


def test_the_lists_count_what_fits():
    spec = summary().to_dict()
    assert "3 cases, skill 0.00 to 1.00" in draw(compile_layouts(spec)["wide"]).picture
    next(p for p in spec["params"] if p["name"] == "ask_structure")["value"] = "none"
    assert "1 case, skill 0.00 to 0.00" in draw(compile_layouts(spec)["wide"]).picture


def test_the_words_give_the_figures():
    assert "structure there, prior general, few samples: 1 cases from 0.25" in describe_summary(
        MEANS
    )
    assert "with at most 1 changes neighbour 50%" in describe_lunch(LUNCH)


def test_skill_is_0_at_chance_and_1_where_all_is_right():
    share, error = scored("test", chance=0.1, task="a"), missed("error", chance=0.9)
    case = {"structure": True, "samples": "few", "prior": "general", "experiment": "e"}
    cases = (Case(name="s", skill=share, **case), Case(name="e", skill=error, **case))
    found = skills(cases, {"e": RUNS})
    assert found["skill"].tolist() == pytest.approx([0.5, 1, 0.5, 1])
    assert found["seed"].tolist() == [3, 4, 3, 4]


def test_a_case_that_chooses_no_row_or_two_is_refused():
    case = Case(
        name="n",
        experiment="e",
        structure=True,
        samples="few",
        prior="general",
        skill=scored("test", chance=0.5, task="b"),
    )
    with pytest.raises(ValueError, match="one row of each seed, got 0 rows"):
        skills((case,), {"e": RUNS})
    twice = RUNS.assign(seed=3, task="b")
    with pytest.raises(ValueError, match="got 2 rows"):
        skills((case,), {"e": twice})


def test_every_case_has_a_name_of_its_own():
    assert len({case.name for case in CASES}) == len(CASES)
