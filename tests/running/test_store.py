"""The store: an entry is read back to the bit, or noticed as damaged, and never half written."""

import json
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from tests.running.lab import EXPERIMENT, Lab

from bigcurves.running.store import (
    CacheEntries,
    DamagedEntryWarning,
    StoreError,
    default_store,
    replace,
    store_at,
)


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: entry[:-9],
        lambda entry: entry[:0],
        lambda entry: entry.replace(b'"place": 1', b'"place": 7'),
        lambda entry: b'{"seed": 1}\n' + entry.partition(b"\n")[2],
        lambda entry: b"[1]\n" + entry,
        lambda entry: b"\xff\xfe" + entry,
    ],
    ids=["cut short", "empty", "changed", "no checksum", "not an entry", "not text"],
)
def test_a_damaged_entry_is_noticed_and_run_again(
    lab: Lab, damage: Callable[[bytes], bytes]
) -> None:
    first = lab.run()
    path = next(path for path in lab.entries() if path.stem == "1")
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    with pytest.warns(DamagedEntryWarning, match=r"1\.jsonl"):
        assert_frame_equal(lab.run(), first, check_exact=True)
    assert path.read_bytes().splitlines()[1:] == whole.splitlines()[1:]
    assert lab.ran() == [0, 1, 2, 1]


def test_an_entry_under_another_seed_is_not_believed(lab: Lab) -> None:
    lab.run(seeds=[0])
    (entry,) = lab.entries()
    entry.with_name("1.jsonl").write_bytes(entry.read_bytes())
    with pytest.warns(DamagedEntryWarning):
        assert lab.run(seeds=[1])["seed"].tolist() == [1, 1, 1]


def test_entries_say_what_they_are(lab: Lab) -> None:
    lab.run(seeds=[0])
    about = json.loads(lab.entries()[0].read_text().splitlines()[0])
    assert about["experiment"] == "lab.draws"
    assert json.loads(about["settings"])["n"] == 3
    assert about["seed"] == 0


def test_floats_of_every_size_come_back_exactly(lab: Lab) -> None:
    lab.write("draws", EXPERIMENT.replace("SCALE *", "10.0 ** (300 * (seed - 1)) *"))
    first, second = lab.run(), lab.run()
    assert first["value"].abs().min() < 1e-300
    assert isinstance(first, pd.DataFrame)
    assert first["value"].tolist() == second["value"].tolist()


def test_a_store_that_cannot_be_written_is_one_clear_error(lab: Lab) -> None:
    lab.store.write_text("a file stands where the folder should")
    with pytest.raises(StoreError, match=r"store.*: Not a directory"):
        lab.run(seeds=[0])


def test_what_is_written_replaces_a_file_and_nothing_else(tmp_path: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    new = tmp_path / "new.csv"
    replace(new, b"1")
    assert new.stat().st_mode & 0o777 == 0o666 & ~mask
    (tmp_path / "link.csv").symlink_to(new)
    replace(tmp_path / "link.csv", b"2")
    assert (tmp_path / "link.csv").is_symlink()
    assert new.read_bytes() == b"2"
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", Path(os.devnull), tmp_path):
        with pytest.raises(OSError, match=r"it is no regular file: name another, not "):
            replace(place, b"3")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "new.csv", "pipe"]


def test_a_full_disk_leaves_no_half_entry(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.run(seeds=[0])

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(StoreError, match="No space left on device"):
            lab.run(seeds=[0, 1])
    assert lab.files() == ["0.jsonl"]
    lab.run(seeds=[0, 1])
    assert lab.ran() == [0, 1, 1]


def test_the_store_is_found_by_environment_then_checkout(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bigcurves.running import store

    monkeypatch.setenv("BIGCURVES_STORE", str(lab.root / "chosen"))
    assert store.default_store() == lab.root / "chosen"
    monkeypatch.delenv("BIGCURVES_STORE")
    assert store.default_store().parts[-2:] == ("_build", "runs")
    monkeypatch.setattr(store, "SOURCE_ROOT", lab.root / "site-packages")
    monkeypatch.setenv("XDG_CACHE_HOME", str(lab.root))
    assert store.default_store() == lab.root / "bigcurves" / "runs"


def test_what_is_kept_is_read_with_how_it_was_made(entries: CacheEntries) -> None:
    rows: list[dict[str, Any]] = [{"v": 0.1 + 0.2, "word": "ß\n"}, {"v": -0.0, "word": None}]
    assert entries.read(3) is None
    entries.write(3, rows, {"numpy": "2.0"})
    assert entries.entry(3) == (rows, {"numpy": "2.0"})
    assert str(entries.entry(3)) == str((rows, {"numpy": "2.0"}))  # where -0.0 is not 0.0
    entries.write(3, rows[:1])
    assert entries.entry(3) == (rows[:1], {})


def test_an_entry_under_another_key_is_not_believed(entries: CacheEntries) -> None:
    entries.write(0, [{"seed": 0}])
    moved = CacheEntries(folder=entries.folder.with_name("fedcba"), about={})
    entries.folder.rename(moved.folder)
    with pytest.warns(DamagedEntryWarning, match=r"computed again: .*fedcba/0\.jsonl$"):
        assert moved.read(0) is None


def test_an_entry_that_cannot_be_read_is_one_clear_error(entries: CacheEntries) -> None:
    (entries.folder / "5.jsonl").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"cannot read results in .*abcdef: Is a directory"):
        entries.read(5)


@pytest.fixture
def entries(tmp_path: Path) -> CacheEntries:
    return CacheEntries(folder=tmp_path / "toy" / "abcdef", about={"experiment": "toy"})


def test_a_store_is_tried_before_a_run_is_made(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "TemporaryFile", refused)
        with pytest.raises(StoreError, match=r"cannot write results in .*: Permission denied"):
            lab.run(seeds=[0])
    assert lab.ran() == []


def test_a_store_may_be_named_by_a_text(tmp_path: Path) -> None:
    assert store_at(str(tmp_path)) == store_at(tmp_path) == tmp_path
    assert store_at(None) == default_store()
    with pytest.raises(TypeError, match="store must be a folder's path, got a int"):
        store_at(3)  # type: ignore[arg-type]


def test_a_head_of_many_brackets_is_damage(entries: CacheEntries) -> None:
    entries.folder.mkdir(parents=True)
    (entries.folder / "5.jsonl").write_text("[" * 100_000)
    with pytest.warns(DamagedEntryWarning, match="damaged entry, computed again"):
        assert entries.read(5) is None
