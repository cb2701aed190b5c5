"""Repeated runs against recorded ones: each kind of column finds what it must, and no more."""

import math
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.recording.forging import Row, forge, is_default
from tests.recording.forging import seed_of as _seed
from tests.recording.walk import Walk

from bigcurves.claims.claim import Claim, at_least
from bigcurves.provenance.source import Source
from bigcurves.recording.asked import Ask
from bigcurves.recording.compare import Pair, differences
from bigcurves.recording.keeping import keep
from bigcurves.recording.verify import one_of_each, verify
from bigcurves.running.record import Run, read
from bigcurves.running.repeats import Repeats, close, exact, trained


def test_rounding_passes_in_a_close_column(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    monkeypatch.setenv("WALK_ROUNDING", "1e-12")
    assert verify().faults == []
    monkeypatch.setenv("WALK_ROUNDING", "1e-8")
    start = "walk, far, seed 0: 1 of 1 values differ, first in row 0: "
    assert any(fault.startswith(start) for fault in verify().faults)


def test_one_changed_digit_in_a_close_column_is_found(walk: Walk) -> None:
    keep()

    def change(run: Run, row: Row) -> Row:
        if is_default(run) and run.seed == 7:
            text = repr(row["far"])
            row["far"] = float(text[:7] + str((int(text[7]) + 1) % 10) + text[8:])
        return row

    forge(walk, change)
    (fault,) = verify().faults
    assert "walk, far, seed 7" in fault


@pytest.mark.parametrize(
    ("column", "value"), [("part", "begin"), ("steps", 51), ("steps", None), ("steps", 50.5)]
)
def test_a_changed_exact_value_is_found(walk: Walk, column: str, value: Any) -> None:
    keep()
    forge(walk, lambda run, row: row | ({column: value} if run.seed == 3 else {}))
    assert [column in fault and "seed 3" in fault for fault in verify().faults] == [True] * 3


@pytest.mark.parametrize(("errors", "found"), [(5.1, True), (-5.1, True), (4.9, False)])
def test_a_trained_mean_of_twenty_moved_by_five_standard_errors_is_found(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, errors: float, found: bool
) -> None:
    keep()
    figures = [run.rows[0]["skill"] for run in read(walk.file) if is_default(run)]
    mean = sum(figures) / 20
    error = (sum((figure - mean) ** 2 for figure in figures) / 19 / 20) ** 0.5
    forge(walk, lambda run, row: row | {"skill": row["skill"] + errors * error * is_default(run)})
    faults = verify().faults
    assert bool(faults) == found
    assert all(f.startswith("walk, walk-is-skilled: the mean is ") for f in faults)


def test_in_a_mutated_world_the_claims_that_fall_there_are_compared(walk: Walk) -> None:
    keep()
    forge(walk, lambda run, row: row | {"skill": row["skill"] + 9 * (not is_default(run))})
    (fault,) = verify().faults
    assert fault.startswith("walk steps=1, walk-is-skilled: the mean is ")


def test_a_single_trained_seed_lies_in_the_recorded_range(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep()
    monkeypatch.setenv("WALK_SHIFT", "0.1")
    alone = one_of_each("commit")
    assert verify(choose=alone).faults == []
    monkeypatch.setenv("WALK_SHIFT", "9")
    (fault,) = verify(choose=alone).faults
    assert "walk, walk-is-skilled, seed " in fault
    assert "recorded are" in fault


@pytest.mark.parametrize(("ends", "found"), [(0.99, False), (1.01, True)])
def test_a_single_trained_seed_may_lie_where_one_more_draw_lies_but_once_in_a_thousand(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, ends: float, found: bool
) -> None:
    keep()
    figures = {run.seed: run.rows[0]["skill"] for run in read(walk.file) if is_default(run)}
    values = list(figures.values())
    by_student = stats.t.ppf(0.9995, 19) * np.std(values, ddof=1) * math.sqrt(21 / 20)
    by_range = 1.5 * max(values) - 0.5 * min(values) - np.mean(values)
    far = max(by_student, by_range)
    shift = np.mean(values) + ends * far - figures[_seed("commit")]
    monkeypatch.setenv("WALK_SHIFT", repr(float(shift)))
    assert bool(verify(choose=one_of_each("commit")).faults) == found


def test_rows_that_come_or_go_are_found(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    monkeypatch.setenv("WALK_TWICE", "1")
    assert "walk, seed 0: 2 rows, recorded are 1" in verify().faults


def test_where_all_columns_are_trained_the_number_of_rows_may_move(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.edit(
        'exact("part steps") | close("far") | trained("skill")', 'trained("part steps far skill")'
    )
    keep()
    monkeypatch.setenv("WALK_TWICE", "1")
    assert verify().faults == []


def test_a_column_that_is_not_declared_is_named(walk: Walk) -> None:
    walk.edit(' | close("far")', "")
    keep()
    assert "walk, far: REPEATS does not say how this column repeats" in verify().faults


@pytest.mark.parametrize(
    ("repeats", "was", "now", "found"),
    [
        (exact("v"), 0.1, float(np.nextafter(0.1, 1)), True),
        (exact("v"), 0.0, 1e-13, True),
        (exact("v"), 1, 1.0, False),
        (exact("v"), 1, True, True),
        (exact("v"), "a", "b", True),
        (exact("v"), None, 0, True),
        (close("v"), 1.0, 1.0 + 9e-10, False),
        (close("v"), 1.0, 1.0 + 2e-9, True),
        (close("v"), 1e-30, -1e-13, False),
        (close("v"), 1.0, "1.0", True),
        (close("v", relative=1e-3), -1000.0, -1000.9, False),
        (trained("v"), 1.0, 2.0, False),
    ],
)
def test_a_value_differs_beyond_its_columns_tolerance(
    repeats: Repeats, was: Any, now: Any, found: bool
) -> None:
    pair = Pair(
        seed=3,
        recorded=[{"seed": 3, "v": 5}, {"seed": 3, "v": was}],
        repeated=[{"seed": 3, "v": 5}, {"seed": 3, "v": now}],
    )
    said = f"toy, v, seed 3: 1 of 2 values differ, first in row 1: {now!r}, recorded is {was!r}"
    assert differences(ask_of(repeats), [pair], {}) == [said] * found


def test_a_column_that_is_gone_is_found() -> None:
    pair = Pair(seed=0, recorded=[{"seed": 0, "v": 1}], repeated=[{"seed": 0}])
    (fault,) = differences(ask_of(exact("v")), [pair], {})
    assert fault.endswith("1 of 1 values differ, first in row 0: None, recorded is 1")


@pytest.mark.parametrize("shift", [0.0, 10.8, -10.8, 10.95, -10.95])
def test_means_may_differ_as_two_draws_do_but_once_in_a_thousand(shift: float) -> None:
    figures = (0.0, 2.0, 4.0, 6.0)
    pairs = [pair_of(seed, was, was + shift) for seed, was in enumerate(figures)]
    faults = differences(ask_of(trained("v"), claim()), pairs, recorded(*figures))
    found = bool(stats.ttest_ind([was + shift for was in figures], figures).pvalue < 0.001)
    assert found == (abs(shift) > 10.9)
    said = f"toy, v-is-high: the mean is {3 + shift:.6g}, recorded is 3"
    assert [fault.partition(": two draws")[0] for fault in faults] == [said] * found


@pytest.mark.parametrize(("moved", "found"), [(0.49, False), (-0.49, False), (0.51, True)])
def test_a_figure_of_one_training_may_go_half_of_the_way_to_its_threshold(
    moved: float, found: bool
) -> None:
    at = 2.0
    shift = moved * abs(claim().threshold.margin(at))
    again = [pair_of(seed, at, at - shift) for seed in range(5)]
    for pairs in (again[:1], again):
        faults = differences(ask_of(trained("v"), claim()), pairs, recorded(*[at] * 5))
        assert bool(faults) == found
    assert differences(ask_of(trained("v"), claim()), again[:1], recorded(at)), "of one seed"


def test_a_skewed_figure_may_lie_half_a_range_beyond() -> None:
    """One of a hundred is 10: Student's t alone would end at 3.6."""
    figures = (*[0.0] * 99, 10.0)
    assert stats.t.ppf(0.9995, 99) * np.std(figures, ddof=1) * math.sqrt(1.01) + 0.1 < 14.9
    for figure, found in ((14.9, False), (15.1, True), (-4.9, False), (-5.1, True)):
        faults = differences(
            ask_of(trained("v"), claim()), [pair_of(1, 0.0, figure)], recorded(*figures)
        )
        assert faults == [f"toy, v-is-high, seed 1: {figure:.6g}, recorded are 0 to 10"] * found


@dataclass(frozen=True, kw_only=True)
class Settings:
    n: int = 3


def sink(settings: Settings) -> Settings:
    """Let it sink."""
    return Settings(n=0)


def claim() -> Claim:
    return Claim(
        id="v-is-high",
        sentence="It is high.",
        thread=1,
        chapter="toy",
        figure=lambda run: float(run["v"].mean()),
        threshold=at_least(0),
        mutation=sink,
    )


def ask_of(repeats: Repeats, *claims: Claim) -> Ask:
    module = types.ModuleType("toy")
    vars(module).update(Settings=Settings, REPEATS=repeats, CLAIMS=claims)
    source = Source(name="toy", key="", fingerprint="", path=Path("toy.py"), texts={}, files=())
    return Ask(module=module, source=source, settings=Settings(), text="", seeds=range(2))


def pair_of(seed: int, was: float, now: float) -> Pair:
    rows = [[{"seed": seed, "v": value}] for value in (was, now)]
    return Pair(seed=seed, recorded=rows[0], repeated=rows[1])


def recorded(*values: float) -> dict[int, list[dict[str, Any]]]:
    return {seed: [{"seed": seed, "v": value}] for seed, value in enumerate(values)}
