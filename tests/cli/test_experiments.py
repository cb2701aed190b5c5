"""`experiments` and `run`: what is listed, what a file, a pipe, a terminal gets, and Ctrl-C."""

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.cli.asking import said
from tests.one_coin import COIN
from tests.patience import SECONDS, eventually

from bigcurves.__main__ import main

TWO_SIDES = COIN.replace(
    "throws.mean()}]",
    'throws.mean()},\n            {"seed": seed, "side": "tails", "share": 1 - throws.mean()}]',
)
SLOW_COIN = COIN.replace("    throws =", "    time.sleep(0.3)\n    throws =")
# Python runs this at its start, in the workers too.
AT_START = """
import signal  # a shell's background job ignores Ctrl-C, and hands that on to all it starts
signal.signal(signal.SIGINT, signal.default_int_handler)
import bigcurves.claims.claim
from bigcurves import chapters
from bigcurves.running import workers
chapters.__path__ = [{folder!r}]
workers.POOL_COSTS = 0.01
"""


def share(seed: int) -> float:
    """Throw the coin of one seed by hand."""
    return float((np.random.default_rng([seed, 1]).random(100) < 0.9).mean())


def no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every run an error: what is then shown was read."""

    def never(*_: object) -> None:
        raise AssertionError("a run was made")

    monkeypatch.setattr("bigcurves.running.workers.Task.__call__", never)


def on_a_terminal(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """Run a command whose output a person reads; give the lines."""
    monkeypatch.setenv("TERM", "dumb")  # no colours between the words
    with monkeypatch.context() as patch:
        patch.setattr(sys.stdout, "isatty", lambda: True)
        main.main(words, prog_name="bigcurves", standalone_mode=False)
    return capsys.readouterr().out.splitlines()


def test_experiments_are_listed_with_what_they_ask(coin: Path) -> None:
    assert re.search(r"coin +A coin, fair or loaded\.", said("experiments"))


def test_a_list_is_in_alphabetical_order_and_imports_no_experiment(coin: Path) -> None:
    unfit = COIN.replace('"""\n', '"""\n\nraise SystemExit(9)\n', 1)  # fails where it is imported
    (coin.parent / "a_purse.py").write_text(unfit)
    (coin.parent / "z_purse.py").write_text(COIN.replace("A coin", "A purse"))
    (coin.parent / "helper_of_coins.py").write_text("SIDES = 2\n")  # no experiment
    listed = [line.split()[0] for line in said("experiments").splitlines() if line.strip()]
    assert listed == ["experiment", "a_purse", "coin", "z_purse"]
    assert not {name for name in sys.modules if name.endswith((".coin", "_purse"))}


def test_run_writes_the_table(coin: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "table.csv"
    assert said("run", "coin", "--seeds", "2:5", "--out", out) == f"3 rows of 3 seeds: {out}\n"
    table = pd.read_csv(out)
    expected = [(np.random.default_rng([s, 1]).random(100) < 0.9).mean() for s in (2, 3, 4)]
    assert table["seed"].tolist() == [2, 3, 4]
    assert table["share"].tolist() == expected
    assert said("run", "coin", "--seeds", "2:5") == out.read_text()


def test_rows_and_seeds_are_counted_apart(coin: Path, tmp_path: Path) -> None:
    coin.write_text(TWO_SIDES)
    out = tmp_path / "table.csv"
    assert said("run", "coin", "--seeds", "7", "--out", out) == f"2 rows of 1 seeds: {out}\n"
    table = pd.read_csv(out)
    assert table["side"].tolist() == ["heads", "tails"]
    assert table["share"].tolist() == [share(7), 1 - share(7)]


def test_what_was_run_before_is_only_read_from_the_store_that_is_named(
    coin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    words = ("run", "coin", "--seeds", "4:6", "--store", other)
    first = said(*words)
    assert sorted(path.stem for path in other.rglob("*.jsonl")) == ["4", "5"]
    assert not (tmp_path / "store").exists()
    no_run(monkeypatch)
    assert said(*words) == first
    assert pd.read_csv(io.StringIO(first))["share"].tolist() == [share(4), share(5)]


def test_a_terminal_gets_the_first_rows_and_is_told_of_the_others(
    coin: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    head, *rows, last = on_a_terminal(
        ["run", "coin", "--seeds", "0:30", "--jobs", "1"], monkeypatch, capsys
    )
    assert head.split() == ["seed", "side", "share"]
    assert [line.split() for line in rows] == [
        [str(seed), "heads", f"{share(seed):.4g}"] for seed in range(24)
    ]
    assert last == "... 6 more rows; --out FILE writes them all"


def test_a_terminal_that_got_all_rows_is_told_of_no_others(
    coin: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = on_a_terminal(["run", "coin", "--seeds", "0:24", "--jobs", "1"], monkeypatch, capsys)
    assert len(lines) == 1 + 24
    assert lines[-1].split()[0] == "23"


def test_numbers_on_a_terminal_have_four_digits_and_whole_ones_all(
    coin: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    coin.write_text(COIN.replace("throws.mean()}", 'throws.mean() / 7e6, "of": 1234567}'))
    words = ["run", "coin", "--seeds", "1", "--jobs", "1"]
    _, row = on_a_terminal(words, monkeypatch, capsys)
    assert row.split()[2:] == [f"{share(1) / 7e6:.3e}", "1234567"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_control_c_is_one_line_and_keeps_what_was_run(
    coin: Path, tmp_path: Path, jobs: int
) -> None:
    coin.write_text(SLOW_COIN)
    (tmp_path / "sitecustomize.py").write_text(AT_START.format(folder=str(coin.parent)))
    words = ("-m", "bigcurves", "run", "coin", "--seeds", "0:400", "--jobs", str(jobs))
    process = subprocess.Popen(
        [sys.executable, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
    )

    def kept() -> int:
        return len(list((tmp_path / "store").rglob("*.jsonl")))

    assert eventually(lambda: kept() >= 4 or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    os.killpg(process.pid, signal.SIGINT)  # what a terminal sends: to parent and workers alike
    output, errors = process.communicate(timeout=SECONDS)
    assert (process.returncode, output) == (130, "")
    assert errors == "Error: stopped. What was run is kept; the same command goes on.\n"
    assert 4 <= kept() < 400
