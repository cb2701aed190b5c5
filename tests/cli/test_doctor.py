"""`doctor`: what it finds on a machine that is laid out by hand, and when it is alarmed."""

import os
import re
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from tests.cli.asking import said

from bigcurves.cli import doctor
from bigcurves.worlds import mnist


def told(output: str) -> dict[str, str]:
    """Map each name in the first column to what stands beside it."""
    lines = [line for line in output.splitlines() if not line.startswith((" ", "Error"))]
    return {line.split()[0]: line.split(maxsplit=1)[1] for line in lines}


def test_doctor_names_versions_store_and_browser(coin: Path, tmp_path: Path) -> None:
    output = said("doctor")
    assert re.search(rf"numpy +{re.escape(np.__version__)}", output)
    assert str(tmp_path / "store") in output
    assert "0 results" in output
    assert "browser" in output


def test_versions_are_those_that_run(coin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LIBRARIES", ("click", "no-such-lib"))
    found = told(said("doctor"))
    assert found["python"] == sys.version.split()[0]
    assert found["click"] == metadata.version("click")
    assert found["no-such-lib"] == "not installed"
    assert "numpy" not in found


def test_cores_and_the_processes_of_a_run_are_told(
    coin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIGCURVES_JOBS", "3")
    assert told(said("doctor"))["cores"] == f"{os.cpu_count()}, runs use 3"


def test_what_store_and_record_hold_is_counted(
    coin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = tmp_path / "record"
    sizes = {
        tmp_path / "store" / "walk" / "0.jsonl": 1_200_000,
        tmp_path / "store" / "coin" / "ab" / "7.jsonl": 300_000,
        tmp_path / "store" / "coin" / "ab" / "left-over.tmp": 9_000_000,
        record / "coin.jsonl.xz": 700_000,
        record / "index.csv": 9_000_000,
    }
    for path, size in sizes.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\n" * size)
    monkeypatch.setenv("BIGCURVES_RECORD", str(record))
    output = said("doctor")
    assert re.search(r"\n +2 results, 1\.5 MB; \d+\.\d GB free\n", output)
    assert told(output)["record"] == f"{record}: 1 experiments, 0.7 MB"


def test_a_browser_is_looked_for_on_the_path(
    coin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "bin" / "chromium"
    browser.parent.mkdir()
    monkeypatch.setenv("PATH", str(browser.parent))
    assert told(said("doctor"))["browser"] == "none found; the browser tests need Chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    assert told(said("doctor"))["browser"] == str(browser)


def test_it_says_whether_mnist_is_there(
    coin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(said("doctor"))["mnist"] == "70,000 digits, of the right checksums"
    monkeypatch.setattr(mnist, "WEB", tmp_path / "web")
    assert told(said("doctor"))["mnist"].startswith("not looked for: OpenML sends it")
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "package.json").touch()
    mnist._load.cache_clear()
    assert told(said("doctor"))["mnist"].endswith(": run `make book`")


def test_a_store_that_is_yet_to_be_made_is_fine_and_is_not_made(
    coin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for folder in (Path("new/deeper"), tmp_path / "new"):
        assert doctor.fault_of(folder) == ""
        assert told(said("doctor", "--store", folder))["store"] == str(folder)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_store_below_a_file_alarms_it_after_all_is_told(coin: Path) -> None:
    below = coin / "runs" / "deeper"
    assert doctor.fault_of(below) == f"{coin} is a file"
    output = said("doctor", "--store", below, code=1)
    assert {"numpy", "cores", "record", "browser"} <= set(told(output))
    assert output.splitlines()[-1] == (
        f"Error: results cannot be kept in {below}: {coin} is a file"
    )


@pytest.mark.parametrize(("mode", "fine"), [(0o700, True), (0o500, False), (0o600, False)])
def test_a_store_needs_leave_to_write_and_to_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, fine: bool
) -> None:
    def as_the_owner(path: Path, asked: int) -> bool:
        """Answer as the system would, unless root asks."""
        return path.stat().st_mode >> 6 & asked == asked

    tmp_path.chmod(mode)
    monkeypatch.setattr(os, "access", as_the_owner)
    fault = doctor.fault_of(tmp_path)
    tmp_path.chmod(0o700)
    assert fault == ("" if fine else f"no permission to write in {tmp_path}")
