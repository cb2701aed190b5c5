"""The harness sees each kind of fault, and lets pass what may pass."""

import mmap
import sys
import threading
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator
from sklearn.utils.validation import validate_data
from tests.hostile import inputs
from tests.hostile.answers import not_finite
from tests.hostile.arguments import number
from tests.hostile.everything import ALL, call_of
from tests.hostile.harness import MEMORY, Call, Recipe, drawn, held, judge, names_one
from tests.hostile.shortened import shortened
from tests.patience import SECONDS

NAN = float("nan")


def judged(function, guard=SECONDS, **arguments):
    return judge(Call(Recipe((function,), list), [arguments]), guard=guard)


def warning(rows):
    warnings.warn("rows are few", UserWarning, stacklevel=1)
    return rows


def giving(answer):
    def give(rows):
        return answer

    return give


def refusing(error):
    def refuse(rows):
        raise error

    return refuse


def endless(rows):
    try:
        while True:
            pass
    except Exception:
        return rows


def waiting(rows):
    """Give the size, inf where none is enough."""
    return np.inf if rows else NAN


@pytest.mark.parametrize(
    ("function", "fault"),
    [
        (lambda rows: rows, None),
        (giving(NAN), "an answer that is not finite: answer is nan"),
        (giving(np.inf), "an answer that is not finite: answer is inf"),
        (giving(iter((1.0, NAN))), "an answer that is not finite: answer[1] is nan"),
        (warning, "UserWarning: rows are few"),
        (
            lambda rows: np.log(0.0 * rows),
            "an answer that is not finite: answer is np.float64(-inf)",
        ),
        (lambda rows: np.log(0.0 * rows) > 0, "RuntimeWarning: divide by zero encountered in log"),
        (lambda rows: [][rows], "IndexError: list index out of range"),
        (refusing(ValueError("rows must be few, got 1")), None),
        (refusing(TypeError("rows must be a number, got None")), None),
        (
            refusing(ValueError("columns must be few")),
            "ValueError without an argument's name: columns must be few",
        ),
        (refusing(MemoryError()), "MemoryError: "),
        (lambda rows: np.zeros(2**40 * rows), "MemoryError: Unable to allocate"),
        (waiting, None),
    ],
)
def test_each_kind_of_fault_is_seen(function, fault):
    found = judged(function, rows=1)
    assert found == fault or (fault and found.startswith(fault))


def test_infinity_that_is_documented_is_an_answer_and_nan_is_none():
    assert judged(waiting, rows=0) == "an answer that is not finite: answer is nan"


def test_a_hang_is_told_although_the_function_catches_exceptions():
    assert (
        judged(endless, guard=SECONDS / 1000, rows=1)
        == f"a hang: no end within {SECONDS / 1000:g} s"
    )


class Checked(BaseEstimator):
    def fit(self, X):
        validate_data(self, X)
        return self

    def own(self, X):
        raise ValueError(f"Found array with {len(X)} sample(s)")


@pytest.mark.parametrize(("method", "told"), [("fit", None), ("own", "ValueError without an")])
def test_what_scikit_learn_says_of_x_is_its_contract(method, told):
    call = Call(Recipe((Checked, method), list), [{}, {"X": np.empty((0, 2))}])
    assert (judge(call) or "None").startswith(told or "None")


@dataclass
class Answer:
    values: list

    @property
    def mean(self):
        return np.inf if len(self.values) > 1 else 0.0


@pytest.mark.parametrize(
    ("found", "place"),
    [
        (1.0, None),
        (np.float32("nan"), "answer"),
        (complex(0, NAN), "answer"),
        ([1, {"a": np.array([NAN])}], "answer[1]['a']"),
        (Answer([NAN]), "answer.values[0]"),
        (Answer([1, 2]), "answer.mean"),
        (csr_matrix([[0, NAN]]), "answer"),
        (pd.DataFrame({"a": [1, NAN]}), "answer"),
        (np.array([1, NAN], dtype=object), "answer[1]"),
        (np.array(["a"]), None),
        (None, None),
        (np.arange(3), None),
    ],
)
def test_answers_are_looked_into(found, place):
    told = not_finite(found)
    assert told is None if place is None else told.startswith(f"{place} is ")


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("rows must be few", True),
        ("each of rows or columns", True),
        ("arrows must be few", False),
        ("n must be 3", True),
        ("y and n must be alike", True),
        ("shape (n, 3) is wrong", False),
    ],
)
def test_a_short_name_is_named_only_where_must_speaks_of_it(message, named):
    assert names_one(message, {"rows", "n"}) is named


def test_an_input_is_the_same_each_time_and_one_line():
    for at in range(0, 10 * len(ALL), 7):
        assert str(call_of(at)) == str(call_of(at))
        assert "\n" not in str(call_of(at))


def test_half_of_the_calls_have_exactly_one_hostile_argument():
    good = object()
    recipe = Recipe((print,), lambda _: ({name: number(good) for name in "abcdefgh"},))
    hostile = [
        sum(
            value is not good
            for value in drawn(recipe, np.random.default_rng([n])).arguments[0].values()
        )
        for n in range(400)
    ]
    # 200 of 400 and some of the rest, standard error 10: four of them.
    assert 160 <= hostile.count(1) <= 280
    assert 20 <= hostile.count(0) <= 90
    assert max(hostile) >= 4


def test_the_inputs_have_every_dress_and_few_ends_of_the_floats():
    rng = np.random.default_rng(0)
    drawn_ = [inputs.matrix(rng) for _ in range(2000)]
    arrays = [each for each in drawn_ if type(each) is np.ndarray and each.dtype.kind == "f"]
    with np.errstate(all="ignore"):
        largest = np.array([np.abs(each).max() for each in arrays if each.size])
    usual = (largest == 0) | ((largest > 1e-13) & (largest < 1e19))
    assert usual.mean() > 0.75
    assert {type(each).__name__ for each in drawn_} >= {"ndarray", "list", "DataFrame", "str"}
    assert max(len(shortened(each)) for each in drawn_) <= 310


@pytest.mark.skipif(sys.platform != "linux", reason="only there is memory limited")
def test_what_a_process_holds_already_takes_nothing_from_a_call():
    """As in a worker that has run other tests: its libraries and tables are not the call's."""
    kept = mmap.mmap(-1, MEMORY)  # asked for, and never written

    def starts(rows):
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()
        return rows

    assert judged(starts, rows=1) is None
    assert held() > MEMORY
    kept.close()
