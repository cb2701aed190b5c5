"""What a chart asks of its table and its description, and how it says what is wrong."""

import re

import pandas as pd
import pytest

from bigcurves.plotting.tables import require_columns, require_description

TABLE = pd.DataFrame({"n": [1, 2], "error": [0.5, 0.25]})


@pytest.mark.parametrize("columns", [set(), {"n"}, {"n", "error"}])
def test_a_table_with_its_columns_is_given_back_itself(columns: set[str]) -> None:
    assert require_columns("runs", TABLE, columns) is TABLE


def test_all_lacking_columns_are_named_beside_those_that_are_there() -> None:
    message = "runs must have the columns ['low', 'mean'], got n, error"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        require_columns("runs", TABLE, {"mean", "n", "low"})


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (TABLE[:0], "runs must have at least one row, got none"),
        (TABLE[[]], "runs must have the columns ['n'], got none"),
        (pd.DataFrame({0: [1], "m": [2]}), "runs must have the columns ['n'], got 0, m"),
    ],
    ids=["no rows", "no columns", "a number for a name"],
)
def test_a_table_that_shows_nothing_is_refused(table: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        require_columns("runs", table, {"n"})


def test_a_description_becomes_one_line() -> None:
    assert require_description("  Error\n    falls,\tas it must. ") == "Error falls, as it must."


@pytest.mark.parametrize("nothing", ["", " ", "\n\t"])
def test_a_chart_without_words_is_refused(nothing: str) -> None:
    with pytest.raises(ValueError, match=r"description must say in words .* got an empty text"):
        require_description(nothing)
