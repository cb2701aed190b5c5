"""The whole command: help, the options of a run, and that what goes wrong is one clear line."""

import io
import re
import signal
import subprocess
import sys
import warnings
from importlib import metadata
from pathlib import Path
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner
from tests.cli.asking import complaint, said

from bigcurves.__main__ import main
from bigcurves.cli.commands import SAID_IN_ONE_LINE, Commands, run_options, scheduler_of, write
from bigcurves.running import catalogue


@pytest.mark.parametrize(
    "command", ["", "worlds", "experiments", "run", "claims", "record", "verify", "doctor"]
)
def test_help_shows_an_example(command: str) -> None:
    output = said(*command.split(), "--help")
    assert re.search(r"Examples?:\n +python -m bigcurves", output)


def test_the_version_is_the_installed_packages() -> None:
    assert said("--version").split()[-1] == metadata.version("bigcurves")


@pytest.mark.parametrize(
    ("words", "message", "code"),
    [
        (["run", "coim"], "no experiment is called 'coim'; did you mean coin?", 1),
        (["claims", "quux"], "no experiment is called 'quux'; there are coin", 1),
        (["clams"], "no command is called 'clams'; did you mean claims?", 2),
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
        (["doctor", "--store", "/proc/none"], "/proc takes no files: No such file or directory", 1),
        (["--colour"], "No such option '--colour'", 2),
    ],
)
def test_what_goes_wrong_is_one_line(coin: Path, words: list[str], message: str, code: int) -> None:
    output = said(*words, code=code).splitlines()[-1]
    assert output.startswith("Error: ")
    assert message in output


def test_complaints_stand_alone(coin: Path) -> None:
    complaint("run", "coim")
    complaint("run", "coin", "--seeds", "5:2", code=2)
    complaint("run", "coin", "--seeds", "1", "--store", "/proc/none")


def test_a_full_disk_is_one_line_and_loses_nothing(
    coin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said("run", "coin", "--seeds", "0:2")
    before = said("run", "coin", "--seeds", "0:2")

    def full(self: Path, target: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        assert "No space left on device" in complaint("run", "coin", "--seeds", "0:3")
    assert said("run", "coin", "--seeds", "0:2") == before


def test_a_silent_scheduler_is_one_line(coin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bigcurves.running.cluster.PATIENCE", 1)
    words = ("--backend", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert "no scheduler answers at tcp://127" in complaint("run", "coin", *words)


def test_work_says_at_once_how_far_it_is_beside_its_output(
    coin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIET", "0")
    words = ["run", "coin", "--seeds", "0:3", "--jobs", "1"]
    result = CliRunner().invoke(main, words, prog_name="bigcurves")
    assert result.stderr == "Runs of coin: 0 of 3\n"
    assert result.stdout.startswith("seed,side,share\n")
    result = CliRunner().invoke(main, ["claims", "--jobs", "1"], prog_name="bigcurves")
    assert result.stderr.startswith("Claims of experiments judged: 0 of 1\n")
    assert "1 claim on 20 seeds, 0 fallen" in result.stdout


def test_the_real_command_judges_from_its_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bigcurves", "experiments"], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert all(name in done.stdout for name in catalogue.titles())


@click.group(cls=Commands)
def group() -> None:
    """Hold one command, which a test gives what it does."""


@pytest.mark.parametrize("kind", SAID_IN_ONE_LINE, ids=lambda kind: kind.__name__)
def test_what_may_happen_is_said_and_a_fault_of_ours_is_not_hidden(kind: type[Exception]) -> None:
    def fail(error: Exception) -> tuple[int, str, BaseException | None]:
        def command() -> NoReturn:
            raise error

        group.command(name="fail")(command)
        result = CliRunner().invoke(group, ["fail"])
        return result.exit_code, result.output, result.exception

    code, output, _ = fail(kind("the store is a teapot"))
    assert (code, output) == (1, "Error: the store is a teapot\n")
    ours = ZeroDivisionError("division by zero")
    assert fail(ours) == (1, "", ours)


def test_a_command_that_is_stopped_has_the_status_that_shells_give() -> None:
    @group.command(name="stop")
    def stop() -> NoReturn:
        raise KeyboardInterrupt

    result = CliRunner().invoke(group, ["stop"])
    assert result.exit_code == 128 + signal.SIGINT
    assert re.fullmatch(r"Error: stopped\. .* the same command goes on\.\n", result.output)


@pytest.mark.filterwarnings("default")
def test_a_warning_is_one_line_and_warnings_are_as_before_afterwards() -> None:
    before = warnings.showwarning

    @group.command(name="warn")
    def warn() -> None:
        warnings.warn("the record is old", UserWarning, stacklevel=1)
        click.echo("a table")

    result = CliRunner().invoke(group, ["warn"])
    assert (result.stdout, result.stderr) == ("a table\n", "the record is old\n")
    assert warnings.showwarning is before


@pytest.mark.parametrize("words", ["run coin --seeds 5:2", "run", "claims --jobs 0", "doctor now"])
def test_the_help_that_is_offered_is_there(coin: Path, words: str) -> None:
    (offered,) = re.findall(r" \(see bigcurves (.*)\)$", complaint(*words.split(), code=2).strip())
    assert said(*offered.split()).startswith(f"Usage: bigcurves {words.split()[0]} ")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", (range(20), None, None, "local", None)),
        ("--seeds 7", (range(7, 8), None, None, "local", None)),
        ("--seeds 1000:1020 --jobs 3", (range(1000, 1020), 3, None, "local", None)),
        (
            "--store here --backend dask --scheduler tcp://x:1",
            (range(20), None, Path("here"), "dask", "tcp://x:1"),
        ),
    ],
)
def test_options_of_a_run_are_read(words: str, expected: tuple[object, ...]) -> None:
    found: list[object] = []

    @click.command()
    @run_options
    def command(**options: object) -> None:
        found.extend(options[name] for name in ("seeds", "jobs", "store", "backend", "scheduler"))

    CliRunner().invoke(command, words.split(), catch_exceptions=False)
    assert tuple(found) == expected


def test_a_scheduler_is_handed_on_and_none_is_none() -> None:
    assert scheduler_of("dask", "tcp://x:1") == "tcp://x:1"
    assert scheduler_of("local", None) is None


def test_a_file_is_replaced_whole_or_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "new" / "table.csv"
    for content in (b"seed\n1\n2\n", b"seed\n"):
        write(path, content)
        assert path.read_bytes() == content
    with pytest.raises(click.ClickException, match=rf"^cannot write {tmp_path}: it is no regular"):
        write(tmp_path, b"seed\n")
    with pytest.raises(click.ClickException, match=r"cannot write .*csv/a: (Not a dir|File exi)"):
        write(path / "a", b"seed\n")
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["table.csv"]
    assert path.read_bytes() == b"seed\n"


def test_an_environment_that_asks_for_no_number_of_processes_is_one_line(
    coin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIGCURVES_JOBS", "two")
    told = complaint("run", "coin", "--seeds", "1")
    assert told == "Error: BIGCURVES_JOBS must be a whole number, at least 1, got 'two'\n"


def test_a_sign_that_the_encoding_lacks_is_a_question_mark(
    coin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    with io.TextIOWrapper(written, encoding="ascii") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        with pytest.raises(SystemExit):
            main(["claims", "coin", "--seeds", "0:2"])
        stream.flush()
        assert b"? 0.7" in written.getvalue()
