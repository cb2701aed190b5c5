"""The command line: what it prints, and that what goes wrong is one clear line."""

import json
import os
import re
import signal
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from tests.patience import SECONDS, eventually

from bigcurves import chapters
from bigcurves.__main__ import main
from bigcurves.claims import judge
from bigcurves.cli.worlds import as_png, as_text, picture_worlds
from bigcurves.running import catalogue

COIN = '''"""A coin, fair or loaded."""

from dataclasses import dataclass, replace
import time

import numpy as np

from bigcurves.claims.claim import Claim, at_least


@dataclass(frozen=True, kw_only=True)
class Settings:
    chance: float = 0.9


def run(settings, seed):
    throws = np.random.default_rng([seed, 1]).random(100) < settings.chance
    return [{"seed": seed, "side": "heads", "share": throws.mean()}]


def weigh_evenly(settings):
    """Let both sides fall alike."""
    return replace(settings, chance=0.5)


CLAIMS = (
    Claim(
        id="coin-is-loaded",
        sentence="The coin falls on heads.",
        thread=3,
        chapter="manifold/coin",
        figure=lambda run: run["share"].mean(),
        threshold=at_least(0.7),
        mutation=weigh_evenly,
    ),
)
'''


@pytest.fixture
def coin(tmp_path, monkeypatch):
    """Let the chapters hold one coin, and the store be an empty folder."""
    folder = tmp_path / "bigcurves" / "chapters"
    folder.mkdir(parents=True)
    (folder / "coin.py").write_text(COIN)
    monkeypatch.setattr(chapters, "__path__", [str(folder)])
    monkeypatch.setenv("BIGCURVES_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("QUIET", "1")  # faults alone
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield folder / "coin.py"
    sys.modules.pop("bigcurves.chapters.coin", None)


def said(*words, code=0):
    """Run a command in this process; give its output, checked for tracebacks."""
    result = CliRunner().invoke(main, [str(word) for word in words], prog_name="bigcurves")
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit | None)
    return result.output


def complaint(*words, code=1):
    """Run a command that must fail, with one line."""
    output = said(*words, code=code)
    assert output.startswith("Error: ")
    assert output.count("\n") == 1, output
    return output


@pytest.mark.parametrize("command", ["", "worlds", "experiments", "run", "claims", "doctor"])
def test_help_shows_an_example(command):
    output = said(*command.split(), "--help")
    assert re.search(r"Examples?:\n +python -m bigcurves", output)


def test_experiments_are_listed_with_what_they_ask(coin):
    assert re.search(r"coin +A coin, fair or loaded\.", said("experiments"))


def test_run_writes_the_table(coin, tmp_path):
    out = tmp_path / "new" / "table.csv"
    assert said("run", "coin", "--seeds", "2:5", "--out", out) == f"3 rows of 3 seeds: {out}\n"
    table = pd.read_csv(out)
    expected = [(np.random.default_rng([s, 1]).random(100) < 0.9).mean() for s in (2, 3, 4)]
    assert table["seed"].tolist() == [2, 3, 4]
    assert table["share"].tolist() == expected
    assert said("run", "coin", "--seeds", "2:5") == out.read_text()


def test_claims_print_figure_interval_threshold_and_verdict(coin):
    verdict = judge.judge("coin", range(4))[0]
    output = said("claims", "--seeds", "0:4")
    (line,) = (line for line in output.splitlines() if "coin-is-loaded" in line)
    low, high = verdict.mean - verdict.half_width, verdict.mean + verdict.half_width
    parts = ("3", "coin-is-loaded", f"{verdict.mean:.3g}", f"{low:.3g} to {high:.3g}", "≥ 0.7")
    assert re.split(r"  +", line.strip()) == [*parts, "stands"]
    assert output.endswith("1 claims on 4 seeds, 0 fallen\n")


def test_a_fallen_claim_is_status_1_and_json_says_so(coin):
    coin.write_text(COIN.replace("at_least(0.7)", "at_least(0.99)"))
    assert re.search(r"coin-is-loaded.*FALLS", said("claims", "coin", "--seeds", "0:3", code=1))
    (told,) = json.loads(said("claims", "--seeds", "0:3", "--json", code=1))
    assert (told["claim"], told["stands"], len(told["figures"])) == ("coin-is-loaded", False, 3)


def test_an_experiment_that_fails_leaves_the_others_their_verdicts(coin, monkeypatch):
    broken = COIN.replace("coin-is-loaded", "purse-is-full").replace(
        "    throws", "    if seed == 2:\n        raise ValueError('no coin left')\n    throws", 1
    )
    (coin.parent / "a_purse.py").write_text(broken)
    monkeypatch.setenv("BIGCURVES_JOBS", "1")
    result = CliRunner().invoke(main, ["claims", "--seeds", "0:3"], prog_name="bigcurves")
    assert result.exit_code == 1
    assert re.search(r"coin-is-loaded.*stands", result.stdout)
    assert result.stdout.endswith("1 claims on 3 seeds, 0 fallen\n")
    (line,) = result.stderr.splitlines()
    assert line.startswith("a_purse was not judged: ValueError: no coin left (in bigcurves.")
    assert "seed 2" in line


@pytest.mark.parametrize(
    ("words", "message", "code"),
    [
        (["run", "coim"], "no experiment is called 'coim'; did you mean coin?", 1),
        (["claims", "quux"], "no experiment is called 'quux'; there are coin", 1),
        (["clams"], "no command is called 'clams'; did you mean claims?", 1),
        (["run"], "Missing argument 'NAME'", 2),
        (["run", "coin", "--sed", "1"], "No such option", 2),
        (["run", "coin", "--seeds", "3:3"], "'3:3' is empty", 2),
        (["run", "coin", "--seeds", "5:2"], "'5:2' is reversed", 2),
        (["run", "coin", "--seeds", "-1:2"], "'-1:2' is no range of seeds", 2),
        (["claims", "--seeds", "all"], "'all' is no range of seeds; write 0:20", 2),
        (["run", "coin", "--jobs", "0"], "0 is not in the range", 2),
        (["run", "coin", "--backend", "dask"], "--backend dask needs --scheduler", 2),
        (["run", "coin", "--scheduler", "tcp://x:1"], "--scheduler needs --backend dask", 2),
        (["run", "coin", "--seeds", "1", "--store", "/proc/none"], "cannot write results", 1),
        (["run", "coin", "--seeds", "1", "--out", "/proc/none/a.csv"], "cannot write /proc", 1),
        (["doctor", "--store", "/proc/version"], "/proc/version is a file", 1),
    ],
)
def test_what_goes_wrong_is_one_line(coin, words, message, code):
    output = said(*words, code=code).splitlines()[-1]
    assert output.startswith("Error: ")
    assert message in output


def test_complaints_stand_alone(coin):
    complaint("run", "coim")
    complaint("run", "coin", "--seeds", "5:2", code=2)
    complaint("run", "coin", "--seeds", "1", "--store", "/proc/none")


def test_a_full_disk_is_one_line_and_loses_nothing(coin, monkeypatch):
    said("run", "coin", "--seeds", "0:2")
    before = said("run", "coin", "--seeds", "0:2")

    def full(self, target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        assert "No space left on device" in complaint("run", "coin", "--seeds", "0:3")
    assert said("run", "coin", "--seeds", "0:2") == before


def test_a_silent_scheduler_is_one_line(coin, monkeypatch):
    monkeypatch.setattr("bigcurves.running.cluster.PATIENCE", 1)
    words = ("--backend", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert "no scheduler answers at tcp://127" in complaint("run", "coin", *words)


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


def test_work_says_at_once_how_far_it_is_beside_its_output(coin, monkeypatch):
    monkeypatch.setenv("QUIET", "0")
    words = ["run", "coin", "--seeds", "0:3", "--jobs", "1"]
    result = CliRunner().invoke(main, words, prog_name="bigcurves")
    assert result.stderr == "Runs of coin: 0 of 3\n"
    assert result.stdout.startswith("seed,side,share\n")
    result = CliRunner().invoke(main, ["claims", "--jobs", "1"], prog_name="bigcurves")
    assert result.stderr.startswith("Claims of experiments judged: 0 of 1\n")
    assert "1 claims on 20 seeds, 0 fallen" in result.stdout


@pytest.mark.parametrize("jobs", [1, 2])
def test_control_c_is_one_line_and_keeps_what_was_run(coin, tmp_path, jobs):
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

    def kept():
        return len(list((tmp_path / "store").rglob("*.jsonl")))

    assert eventually(lambda: kept() >= 4 or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    os.killpg(process.pid, signal.SIGINT)  # what a terminal sends: to parent and workers alike
    output, errors = process.communicate(timeout=SECONDS)
    assert (process.returncode, output) == (130, "")
    assert errors == "Error: stopped. What was run is kept; the same command goes on.\n"
    assert 4 <= kept() < 400


def test_worlds_draws_each_and_writes_a_png(tmp_path):
    out = tmp_path / "sheet.png"
    output = said("worlds", "--out", out)
    names = list(picture_worlds())
    assert {"BarWorld", "Digits"} <= set(names)
    assert [line.split(":")[0] for line in output.splitlines() if " pixels" in line] == names
    png = out.read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">2I", png[16:24])
    assert (width, height) == (12 * 58, 58 * len(names))


def test_a_png_holds_its_pixels():
    pixels = np.array([[0.0, 0.5, 1.0], [2.0, -1.0, 0.2]])
    png = as_png(pixels)
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", png[start - 8 : start - 4])
    lines = zlib.decompress(png[start : start + length])
    assert list(lines) == [0, 0, 128, 255, 0, 255, 0, 51]


def test_text_pictures_fit_the_terminal():
    images = np.zeros((5, 8, 8))
    images[:, 2, 3] = 1.0
    drawn = as_text(images, 40).splitlines()
    assert len(drawn) == 8
    assert max(map(len, drawn)) == 34
    assert drawn[2] == "  ".join([" " * 6 + "@@" + " " * 8] * 2)


def test_doctor_names_versions_store_and_browser(coin, tmp_path):
    output = said("doctor")
    assert re.search(rf"numpy +{re.escape(np.__version__)}", output)
    assert str(tmp_path / "store") in output
    assert "0 results" in output
    assert "browser" in output


def test_the_real_command_judges_from_its_module():
    done = subprocess.run(
        [sys.executable, "-m", "bigcurves", "experiments"], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert all(name in done.stdout for name in catalogue.titles())
