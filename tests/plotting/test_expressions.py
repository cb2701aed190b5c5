"""Expressions of the charts' language: what Python writes is what Vega reads."""

from xml.etree import ElementTree

import numpy as np
import pytest

from bigcurves.plotting import expressions
from bigcurves.plotting.expressions import Term, call
from bookkit.charts.draw import pictures_of


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("datum.x + 1", "datum.x + 1"),
        (0.5, "0.5"),
        (1e-6, "1e-06"),
        (12, "12"),
        (True, "true"),
        (["px", 1], "[px, 1]"),
        ([["a", "b"], [0.25]], "[[a, b], [0.25]]"),
    ],
)
def test_an_argument_is_written_as_the_charts_language_has_it(term: Term, text: str) -> None:
    assert expressions.call("f", "x", term) == f"f(x, {text})"


def test_an_argument_that_is_none_is_left_out_and_nothing_else_is() -> None:
    assert call("f", "x", None) == "f(x)"
    assert call("f", None, 0, None) == "f(0)"
    assert call("f", False, []) == "f(false, [])"
    assert call("f") == call("f", None) == "f()"


@pytest.mark.parametrize("term", [float("inf"), np.float64("-inf"), [[0, float("inf")]]])
def test_infinity_is_refused_as_the_charts_language_has_no_word_for_it(term: Term) -> None:
    with pytest.raises(ValueError, match=r"numbers of f\(\) must be finite or NaN, got -?inf$"):
        call("f", "x", term)


def test_vega_computes_what_is_written() -> None:
    """Numbers of every size, truth values, lists in lists and calls in calls."""
    asked = {
        call("pow", 2, 10): "1024",
        call("length", [1, [2, 3], "datum.three"]): "3",
        call("max", 1e-6, -1e300, "datum.three"): "3",
        call("isNaN", float("nan")): "true",
        call("if", True, call("join", [0.5, 1e21], "'|'"), "0"): "0.5|1e+21",
    }
    assert told_by_vega(list(asked)) == list(asked.values())


def told_by_vega(written: list[str]) -> list[str]:
    """Let Vega's own engine say what expressions are, one text for each."""
    rows = [{"three": 3, "place": place} for place in range(len(written))]
    chosen = f"[{', '.join(f'toString({each})' for each in written)}][datum.place]"
    mark = {
        "type": "text",
        "from": {"data": "rows"},
        "encode": {"update": {"text": {"signal": chosen}}},
    }
    (picture,) = pictures_of([{"data": [{"name": "rows", "values": rows}], "marks": [mark]}])
    return [text.text or "" for text in ElementTree.fromstring(picture).iter() if text.text]
