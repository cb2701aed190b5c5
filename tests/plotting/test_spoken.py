"""What charts say aloud: each choice its own means, under the key that the chart computes."""

import json

import pandas as pd
import pytest

from bigcurves.plotting.spoken import tell_means

MEANS = pd.DataFrame(
    {
        "search": ["small", "small", "large"],
        "m": [64, 64, 128.0],
        "task": ["bits|random", "curve", "curve"],
        "mean": [0.5, 0.25, 1],
    }
)


def said(**how: str) -> dict[str, str]:
    """Read the sentences back out of the expression."""
    told = tell_means(MEANS, ["search", "m"], "search + '/' + m", ["m", "task"], **how)
    expression = str(getattr(told.param, "expr", ""))
    sentences, key = expression.removeprefix("(").rsplit(")[", 1)
    assert key == "search + '/' + m] || ''"  # a choice without rows is silent
    found: dict[str, str] = json.loads(sentences)
    return found


def test_each_choice_has_its_means_under_the_key_that_the_chart_computes() -> None:
    assert said() == {
        "small/64": "64, bits random: 50.0%; 64, curve: 25.0%",
        "large/128": "128, curve: 100.0%",
    }


def test_means_are_written_as_asked() -> None:
    assert said(form=".2f", unit=" units")["large/128"] == "128, curve: 1.00 units"


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="mean"):
        tell_means(MEANS.drop(columns="mean"), ["search"], "search", ["m"])
