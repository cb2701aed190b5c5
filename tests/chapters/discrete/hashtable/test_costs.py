"""The dated table of what memories cost in time: whole, and about the experiment's memories."""

import ast
import datetime
from pathlib import Path

from bigcurves.chapters.discrete.hashtable import costs, hashtable


def test_each_memory_is_one_that_the_experiment_counts_the_bits_of():
    text = Path(hashtable.__file__).read_text("utf-8")
    counted = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
    names = [each["memory"] for each in costs.COSTS]
    assert len(names) == len(set(names)) == 5
    assert set(names) <= counted


def test_it_says_when_and_on_what_it_was_measured():
    assert datetime.date.fromisoformat(costs.MEASURED_ON["date"]).year >= 2026
    assert set(costs.MEASURED_ON) == {"date", "processor", "keys", "Python", "numpy"}


def test_every_time_is_there():
    for each in costs.COSTS:
        assert all(each[name] > 0 for name in ("build", "one", "many")), each
