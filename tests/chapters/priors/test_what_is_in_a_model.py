"""What is in a model: no free lunch counted by hand, skills on one scale, charts that tell them."""

import pandas as pd
import pytest

from bigcurves.chapters.discrete.counter_evidence import parity
from bigcurves.chapters.priors.what_is_in_a_model import figures
from bigcurves.chapters.priors.what_is_in_a_model.cases import CASES
from bigcurves.chapters.priors.what_is_in_a_model.charts.no_free_lunch import describe_no_free_lunch
from bigcurves.chapters.priors.what_is_in_a_model.charts.summary_map import (
    describe_summary,
    summary_chart,
)
from bigcurves.chapters.priors.what_is_in_a_model.no_free_lunch import LEARNERS, Settings, run
from bigcurves.chapters.priors.what_is_in_a_model.synthesis import Case, missed, scored, skills
from bigcurves.running import runs
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


# No free lunch


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


# Skills


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


# Charts


def summary():
    return summary_chart(MEANS, description="Words.")


def test_the_lists_count_what_fits():
    spec = summary().to_dict()
    assert "3 cases, skill 0.00 to 1.00" in draw(compile_layouts(spec)["wide"]).picture
    next(p for p in spec["params"] if p["name"] == "ask_structure")["value"] = "none"
    assert "1 case, skill 0.00 to 0.00" in draw(compile_layouts(spec)["wide"]).picture


def test_the_words_give_the_figures():
    assert "structure there, prior general, few samples: 1 cases from 0.25" in describe_summary(
        MEANS
    )
    assert "with at most 1 changes neighbour 50%" in describe_no_free_lunch(LUNCH)


# Figures


@pytest.fixture(scope="module")
def page():
    return figures.page(range(3))


def test_a_skill_on_the_scale_is_that_of_the_recorded_rows(page):
    """From the share of right answers by hand: half of them are worth nothing."""
    rows = runs.run(parity, seeds=range(3))
    rows = rows[(rows["learner"] == "network") & (rows["task"] == "sparse") & (rows["rows"] == 500)]
    (found,) = page.scale[page.scale["case"] == "parity of 3 bits, 500 rows"]["mean"]
    assert found == pytest.approx(2 * rows["test"].sum() / 3 - 1)
    assert page.numbers.cases == len(CASES)


def test_what_the_neighbour_gains_its_opposite_loses(page):
    numbers = page.numbers
    assert numbers.smooth + numbers.opposite == pytest.approx(100)
    assert numbers.smooth > numbers.all_right == pytest.approx(50)


def test_the_cases_that_the_text_names_are_the_ones_it_gives_skills_of(page):
    """The sieve is found as the one case of its kind, the convolution as the most of its own."""
    numbers, found = page.numbers, page.scale.set_index("case")["mean"]
    assert numbers.sieve == found["primes, sieve handed over"]
    assert numbers.shuffled == found["shifted, pixels shuffled, convolution"]
    assert numbers.against_enough_most < numbers.few_most < numbers.enough_least
