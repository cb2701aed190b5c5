"""Runs: nothing is computed twice, nothing stale or damaged is ever believed."""

import importlib
import json
import os
import signal
import warnings
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from tests.patience import SECONDS, eventually
from tests.recording.walk import Walk
from tests.running.lab import EXPERIMENT, Lab

from bigcurves.provenance.closure import SOURCE_ROOT
from bigcurves.provenance.source import Source, describe
from bigcurves.recording.keeping import faults_of, keep
from bigcurves.running import catalogue, notes, runs
from bigcurves.running.record import RecordWarning

ALL = 20 + 5 + 5  # the defaults on the book's seeds, two mutations on theirs


def test_a_second_call_reads_and_equals_the_first_bit_by_bit(lab: Lab) -> None:
    first = lab.run()
    second = lab.run()
    assert lab.ran() == [0, 1, 2]
    assert_frame_equal(first, second, check_exact=True)
    expected = 2.0 * np.random.default_rng([2, 1]).standard_normal(3)
    assert second[second["seed"] == 2]["value"].tolist() == expected.tolist()


def test_more_seeds_run_only_the_new_ones_and_keep_the_order_asked_for(lab: Lab) -> None:
    lab.run(seeds=[0, 2])
    table = lab.run(seeds=[5, 2, 0])
    assert lab.ran() == [0, 2, 5]
    assert table["seed"].unique().tolist() == [5, 2, 0]


def test_other_settings_are_other_runs(lab: Lab) -> None:
    lab.run(seeds=[0])
    assert len(lab.run(seeds=[0], n=4)) == 4
    assert lab.ran() == [0, 0]


def test_an_edit_of_an_imported_module_runs_again_and_of_another_does_not(lab: Lab) -> None:
    first = lab.run(seeds=[0])
    lab.write("unused", "EVEN = 'changed'\n")
    lab.run(seeds=[0])
    assert lab.ran() == [0]
    lab.write("scale", "SCALE = 4.0\n")
    second = lab.run(seeds=[0])
    assert lab.ran() == [0, 0]
    assert second["value"].tolist() == (2 * first["value"]).tolist()


def test_an_experiment_outside_the_package_depends_on_the_package_too(lab: Lab) -> None:
    lab.write("draws", EXPERIMENT + "\nfrom bigcurves.sample import Sample\n\nKIND = Sample\n")
    source = Source.of("lab.draws", lab.root / "lab" / "draws.py")
    assert SOURCE_ROOT / "bigcurves" / "sample.py" in source.texts
    assert lab.root / "lab" / "scale.py" in source.texts


def test_a_linked_experiment_depends_on_what_it_imports_where_the_link_lies(lab: Lab) -> None:
    (lab.root / "elsewhere").mkdir()
    (lab.root / "lab" / "draws.py").rename(lab.root / "elsewhere" / "draws.py")
    (lab.root / "lab" / "draws.py").symlink_to(lab.root / "elsewhere" / "draws.py")
    source = Source.of("lab.draws", lab.root / "lab" / "draws.py")
    assert lab.root / "lab" / "scale.py" in source.texts


def test_a_killed_run_resumes(lab: Lab) -> None:
    hold = lab.log.with_name(f"{lab.log.name}.hold-3")
    hold.touch()
    process = lab.process(seeds=range(8), jobs=1)
    assert eventually(lambda: 3 in lab.ran()), "the process never got to its fourth seed"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert len(lab.entries()) == 3
    hold.unlink()
    lab.log.unlink()
    lab.run(seeds=range(8), pause=0.1)
    assert lab.ran() == list(range(3, 8))


def test_two_processes_share_a_store(lab: Lab) -> None:
    pair = [lab.process(seeds=range(4), jobs=1) for _ in range(2)]
    tables = [process.communicate(timeout=SECONDS)[0] for process in pair]
    assert [process.returncode for process in pair] == [0, 0]
    assert tables[0] == tables[1] != b""
    assert lab.files() == [f"{seed}.jsonl" for seed in range(4)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lab.run(seeds=range(4), pause=0.1)


def test_an_experiment_that_fails_keeps_what_was_done_and_says_where(lab: Lab) -> None:
    lab.run(seeds=[0])
    with pytest.raises(RuntimeError, match="the world ended") as caught:
        lab.run(seeds=[0, 1], fault="raise")
    assert "lab.draws, seed 0" in caught.value.__notes__[0]
    assert len(lab.entries()) == 1


@pytest.mark.parametrize(
    ("seeds", "message"),
    [
        ([], "at least one seed"),
        (range(5, 2), "at least one seed"),
        ([-1], r"between 0 and 2\*\*32 - 1, got -1"),
        ([0, 2**32], r"between 0 and 2\*\*32 - 1, got 4294967296"),
        ([1, 1], "differ"),
        ([0.5], "whole numbers"),
        ("ab", "whole numbers"),
    ],
)
def test_bad_seeds_are_named(lab: Lab, seeds: Iterable[Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lab.run(seeds=seeds)


def test_bad_experiments_settings_and_jobs_are_named(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="module with Settings and run, got math"):
        runs.run(importlib.import_module("math"))
    with pytest.raises(ValueError, match=r"Settings of lab\.draws, got int"):
        runs.run(lab.load(), 3)
    with pytest.raises(ValueError, match="jobs must be a whole number, at least 1, got 0"):
        lab.run(jobs=0)
    monkeypatch.setenv("BIGCURVES_JOBS", "many")
    with pytest.raises(ValueError, match=r"BIGCURVES_JOBS must be .* got 'many'"):
        lab.run(jobs=None)


def test_settings_without_a_stable_text_are_refused() -> None:
    with pytest.raises(ValueError, match=r"settings\[0\] must be .* got object"):
        describe((object(),))
    assert describe((1, 2.5, "a", None)) == '[1, 2.5, "a", null]'


def test_an_edited_experiment_says_so_and_its_runs_are_made(walk: Walk) -> None:
    keep()
    walk.edit("10 + rng", "11 + rng")
    with pytest.warns(
        RecordWarning, match=r"walk\.jsonl\.xz has 2 seeds from other code .*make rec"
    ):
        table = runs.run(catalogue.load("walk"), seeds=[3, 4])
    assert table["seed"].tolist() == [3, 4]
    assert faults_of() == [
        f"{walk.file}: {ALL} runs missing, {ALL} that nothing asks for: run `make record`"
    ]


def test_a_build_is_told_in_notes_and_not_on_the_page(
    walk: Walk, recwarn: pytest.WarningsRecorder
) -> None:
    keep()
    walk.edit("10 + rng", "11 + rng")
    with notes.listening(walk.root) as told:
        runs.run(catalogue.load("walk"), seeds=[3, 4])
        runs.run(catalogue.load("walk"), seeds=[3])
    assert not recwarn.list
    asked = [each for each in told.heard if "experiment" in each]
    assert [(each["read"], each["made"], each["ours"]) for each in asked] == [
        (0, 2, True),
        (1, 0, True),
    ]
    assert "from other code than today's" in asked[0]["fault"]
    assert [each["run"] for each in told.heard if "run" in each] == ["walk", "walk"]
    assert not list(walk.root.glob(".notes*"))


def test_runs_with_settings_of_ones_own_are_made_without_a_word(walk: Walk) -> None:
    keep()
    table = runs.run(catalogue.load("walk"), catalogue.load("walk").Settings(steps=3), [0])
    assert len(table) == 1
    assert len(list(walk.store.rglob("*.jsonl"))) == ALL + 1


def test_entries_of_the_store_say_how_they_were_made(walk: Walk) -> None:
    keep()
    entry = next(walk.store.rglob("*.jsonl"))
    made = json.loads(entry.read_text().splitlines()[0])["made"]
    assert {"seconds", "date", "python", "numpy", "processor", "blas"} <= set(made)


def test_seeds_may_be_numpys_and_come_one_by_one(lab: Lab) -> None:
    table = lab.run(seeds=iter(np.array([2, 0])))
    assert table["seed"].tolist() == [2, 2, 2, 0, 0, 0]
    assert lab.ran() == [2, 0]


def test_settings_that_are_left_out_are_the_experiments_own(lab: Lab) -> None:
    module = lab.load()
    told = runs.run(module, module.Settings(n=3), [4], jobs=1, store=lab.store)
    entries = lab.entries()
    assert_frame_equal(runs.run(module, seeds=[4], jobs=1, store=lab.store), told)
    assert lab.entries() == entries, "they are the same runs"
