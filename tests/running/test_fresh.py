"""A process that has imported nothing: what is asked there is answered, raised, or told as lost."""

import importlib
import os
import py_compile
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bigcurves.running import fresh

ERRAND = """
import os
from dataclasses import dataclass

OFFSET = 1


class Odd(Exception):
    def __init__(self, one, two):
        super().__init__(f"{one} {two}")


@dataclass(frozen=True)
class Errand:
    experiment: str = __name__

    def timed(self, seed):
        print("a run may print")
        if seed == 66:
            os._exit(9)
        if seed in (77, 88):
            error = KeyError("lost") if seed == 77 else Odd("very", "odd")
            error.add_note(f"seed {seed}")
            raise error
        return seed + OFFSET, os.getpid()
"""
Errand = Callable[[], Any]


@pytest.fixture
def errand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Errand]:
    """Give work of a module that this process imports now and a new one imports again."""
    (tmp_path / "errand.py").write_text(ERRAND)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield lambda: importlib.import_module("errand").Errand()
    for name in ("errand", "parcel", "parcel.errand"):
        sys.modules.pop(name, None)


def test_all_seeds_are_answered_by_one_process_that_is_not_this_one(
    errand: Errand, capfd: pytest.CaptureFixture[str]
) -> None:
    with fresh.process(errand()) as timed:
        answers = [timed(seed) for seed in (5, 0, 2**31)]
    assert [value for value, _ in answers] == [6, 1, 2**31 + 1]
    assert len({process for _, process in answers} - {os.getpid()}) == 1
    assert capfd.readouterr() == ("", "a run may print\n" * 3)


def test_what_runs_there_is_the_text_of_today(errand: Errand, tmp_path: Path) -> None:
    work = errand()
    (tmp_path / "errand.py").write_text(ERRAND.replace("OFFSET = 1", "OFFSET = 10"))
    with fresh.process(work) as timed:
        assert timed(1)[0] == 11
    assert work.timed(1)[0] == 2


def test_an_error_comes_back_with_its_notes_and_the_next_seed_is_answered(errand: Errand) -> None:
    with fresh.process(errand()) as timed:
        with pytest.raises(KeyError, match="lost") as plain:
            timed(77)
        with pytest.raises(RuntimeError, match="Odd: very odd") as odd:  # pickle cannot read it
            timed(88)
        assert timed(1)[0] == 2
    assert (plain.value.__notes__, odd.value.__notes__) == (["seed 77"], ["seed 88"])


def test_a_process_that_dies_is_told_with_its_work(errand: Errand) -> None:
    message = r"^the process that ran errand, seed 66, died \(9\)$"
    with (
        fresh.process(errand()) as timed,
        pytest.raises(ChildProcessError, match=message),
    ):
        timed(66)


@pytest.mark.parametrize("fails", [False, True])
def test_the_process_ends_with_the_block(errand: Errand, fails: bool) -> None:
    with suppress(ZeroDivisionError), fresh.process(errand()) as timed:
        _, process = timed(0)
        os.kill(process, 0)  # it lives: nothing is raised
        1 / (not fails)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_packages_are_looked_through_where_the_caller_does(errand: Errand, tmp_path: Path) -> None:
    (tmp_path / "parcel").mkdir()
    (tmp_path / "parcel" / "__init__.py").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "errand.py").rename(tmp_path / "elsewhere" / "errand.py")
    importlib.import_module("parcel").__path__ = [str(tmp_path / "elsewhere")]
    work = importlib.import_module("parcel.errand").Errand()
    with fresh.process(work) as timed:
        assert timed(1)[0] == 2


def test_bytecode_is_dropped_only_where_it_is_of_another_text(tmp_path: Path) -> None:
    kept, stale, broken, alone = (tmp_path / f"{name}.py" for name in ("kept", "stale", "b", "a"))
    cached = {}
    for path in (kept, stale, broken):
        path.write_text("A = 1\n")
        cached[path] = Path(str(py_compile.compile(str(path), doraise=True)))
    cached[broken].write_bytes(cached[broken].read_bytes()[:20])
    texts = {kept: "A = 1\n", stale: "A = 2\n", broken: "A = 1\n", alone: "A = 1\n"}
    fresh.drop_stale_bytecode(texts)
    assert {path for path in cached if cached[path].exists()} == {kept}
