"""The charts of the augmentation chapter: they compile, say what they hold, refuse bad tables."""

import pandas as pd
import pytest

from bigcurves.chapters.priors.augmentation.charts.augmented import (
    describe_digit_gains,
    describe_sets,
    digit_gains_chart,
    equal_counts_chart,
)
from bigcurves.chapters.priors.augmentation.charts.dial import describe_dial, dial_chart
from bigcurves.chapters.priors.augmentation.charts.harm import describe_harm, harm_chart
from bookkit.charts.compile import compile_layouts, draw

ENDS = {"low": 0.1, "high": 0.3}
FRESH = pd.DataFrame({"count": [4, 64], "gap": [0.5, 0.1], "error": [0.5, 0.02]})
TURNED = pd.DataFrame({"turn": [0, 180], "gap": [0.5, 0.11], "error": [0.5, 0.024]})
HARM = pd.DataFrame({"turn": [0, 0, 180, 180], "pair": ["6 and 9", "T and O"] * 2})
HARM = HARM.assign(mean=[0.1, 0.0, 0.5, 0.0], **ENDS)
SETS = pd.DataFrame(
    {"kind": ["fresh", "augmented", "augmented"], "set": ["4 fresh", "copies", "b"]}
)
SETS = SETS.assign(count=[4, 64, 64], gap=[0.5, 0.5, 0.1], mean=[0.5, 0.5, 0.02], **ENDS)
GAINS = pd.DataFrame({"n": [4, 4, 8, 8], "how": "copies", "asked": ["as they are", "turned"] * 2})
GAINS = GAINS.assign(mean=[0.2, 0.4, 0.1, 0.3], **ENDS)


def dial(table=TURNED, description="Words."):
    return dial_chart([10, 10], [-0.5, 0.5], FRESH, table, description=description)


def harm(table=HARM, description="Words."):
    return harm_chart(table, description=description)


def sets(table=SETS, description="Words."):
    return equal_counts_chart(table, description=description)


def gains(table=GAINS, description="Words."):
    runs = table.rename(columns={"mean": "error"})
    return digit_gains_chart(runs, table, n=4, description=description)


CHARTS = {dial: (TURNED, "gap"), harm: (HARM, "pair"), sets: (SETS, "gap"), gains: (GAINS, "how")}


@pytest.mark.parametrize("chart", CHARTS)
def test_each_chart_compiles_and_draws(chart):
    for layout in compile_layouts(chart().to_dict()).values():
        assert draw(layout)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_table_without_a_column_and_empty_words_are_refused(chart):
    table, column = CHARTS[chart]
    with pytest.raises(ValueError, match=column):
        chart(table.drop(columns=column))
    with pytest.raises(ValueError, match="description"):
        chart(description=" ")


def test_the_words_give_the_figures():
    assert "0 degrees: 50.0%; 180 degrees: 2.4%" in describe_dial(TURNED)
    assert "6 and 9: 10.0% at 0, 50.0% at 180; T and O: 0.0% at 0" in describe_harm(HARM)
    assert "64 pictures of each class" in describe_sets(SETS)
    assert "copies: 50.0%; b: 2.0%" in describe_sets(SETS)
    assert (
        "With 4 digits of each class: copies: 20% as they are, 40% turned"
        in describe_digit_gains(GAINS, n=4)
    )


@pytest.mark.parametrize(("most", "gap"), [(0, 90), (180, 45)])
def test_the_dial_tells_the_mean_gap(most, gap):
    """One place on a circle is 90 degrees from the others on average, two opposite ones 45."""
    spec = dial_chart([10, 10], [-0.5, 0.5], FRESH, TURNED, most=most, description="W.").to_dict()
    assert f"{gap}° to the nearest" in draw(compile_layouts(spec)["wide"]).picture
