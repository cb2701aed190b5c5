"""Numbers of a page are glued field by field, intervals with both ends."""

from dataclasses import dataclass

import myst_nb
import pytest

from bigcurves.measures.intervals import Interval
from bookkit.execution.glue import glue_all


@dataclass(frozen=True, kw_only=True)
class Numbers:
    seeds: int
    curve: list[tuple[int, float]]
    shift: Interval


@pytest.fixture
def glued(monkeypatch):
    found = {}

    def glue(name, value, *, display):
        assert display is False, "the page shows it in its text, and nowhere else"
        found[name] = value

    monkeypatch.setattr(myst_nb, "glue", glue)
    return found


def test_each_field_is_a_name_and_an_interval_is_four(glued):
    shift = Interval(mean=2.0, low=1.0, high=4.0, seeds=3)
    glue_all(Numbers(seeds=3, curve=[(1, 0.5)], shift=shift))
    assert glued == {
        "seeds": 3,
        "curve": [(1, 0.5)],
        "shift": 2.0,
        "shift_low": 1.0,
        "shift_high": 4.0,
        "shift_interval": (1.0, 4.0),
    }


def test_what_is_no_dataclass_is_refused(glued):
    with pytest.raises(TypeError, match="dataclass"):
        glue_all({"seeds": 3})
    assert glued == {}
