"""Repeat recorded runs, and say whether they give what was recorded. The record stays as it is.

What a repeated run gives is kept in this machine's store if that has none yet.
"""

import hashlib
import random
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bigcurves.provenance import machine
from bigcurves.recording.asked import Ask, asked
from bigcurves.recording.compare import Pair, differences
from bigcurves.running import catalogue, index, runs
from bigcurves.running.progress import Progress, duration, say
from bigcurves.running.record import Recorded, RecordError, Run, file_of, parse, record_folder
from bigcurves.running.repeats import Rows
from bigcurves.running.task import Task, TimedRun
from bigcurves.running.workers import default_jobs, on_every_core


class VerifyError(RuntimeError):
    """What to compare with cannot be had. The message says why, in one line."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One recorded run that is to be repeated, and the seconds that it should take."""

    ask: Ask
    run: Run
    seconds: float


@dataclass
class Report:
    """What a verify found.

    Attributes
    ----------
    recorded, repeated
        How many runs the record has of what was asked for, and how many were repeated.
    faults
        Every difference, and every run that could not be compared.
    seconds, processor
        How long it took, and the time that the runs themselves took.
    """

    recorded: int = 0
    repeated: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0

    def __str__(self) -> str:
        end = f"{len(self.faults)} differences" if self.faults else "as recorded"
        return (
            f"{self.repeated} of {self.recorded} recorded runs repeated in "
            f"{duration(self.seconds)} ({self.processor:.0f} s of runs) on "
            f"{machine.in_words(machine.made_here(0.0))}: {end}"
        )


def verify(
    names: Sequence[str] = (),
    *,
    choose: Callable[[list[Item]], list[Item]] = list,
    against: str = "",
    jobs: int | None = None,
    folder: Path | None = None,
) -> Report:
    """Repeat recorded runs and compare them with the record.

    Parameters
    ----------
    names
        The experiments; all of them if left out.
    choose
        Picks what to repeat from all that is recorded.
    against
        A commit, whose record is compared in place of today's: by experiment, settings and seed,
        whatever key the run had there.
    jobs, folder
        The number of processes, and where the record lies.

    Raises
    ------
    VerifyError
        If there is no such commit.
    """
    folder = folder or record_folder()
    report, began = Report(), time.monotonic()
    say("Reading the record")
    how, _ = index.load(folder)
    items: list[Item] = []
    every: dict[tuple[str, str], dict[int, Rows]] = {}
    for name in names or catalogue.titles():
        usual = index.usual_seconds(how, name)
        there = _at(against, name, folder) if against else Recorded(file_of(name, folder))
        report.faults += [there.fault] if there.fault else []
        for ask in asked(name):
            find = there.alike if against else there.run
            label = ask.text if against else ask.key
            found = {seed: run for seed in ask.seeds if (run := find(label, seed))}
            if lacking := len(ask.seeds) - len(found):
                report.faults.append(f"{name}: {lacking} runs are not recorded: run `make record`")
            items += [Item(ask=ask, run=run, seconds=usual) for run in found.values()]
            every[name, ask.text] = {seed: run.rows for seed, run in found.items()}
    report.recorded = len(items)
    chosen = sorted(choose(items), key=lambda item: -item.seconds)
    pairs: dict[tuple[str, str], tuple[Ask, list[Pair]]] = {}
    for item, result in _repeated(chosen, jobs or default_jobs()):
        pair = Pair(seed=result.seed, recorded=item.run.rows, repeated=result.rows)
        pairs.setdefault((item.ask.name, item.ask.text), (item.ask, []))[1].append(pair)
        report.repeated += 1
        report.processor += result.seconds
    for place, (ask, found_pairs) in sorted(pairs.items()):
        report.faults += differences(ask, found_pairs, every[place])
    report.seconds = time.monotonic() - began
    return report


def one_of_each(commit: str) -> Callable[[list[Item]], list[Item]]:
    """Choose one run of every experiment's defaults, by the hash of a commit."""

    def choose(items: list[Item]) -> list[Item]:
        chosen: dict[str, list[Item]] = {}
        for item in items:
            if item.ask.settings == item.ask.module.Settings():
                chosen.setdefault(item.ask.name, []).append(item)
        return [found[_number(commit, name) % len(found)] for name, found in chosen.items()]

    return choose


def with_more(
    first: Callable[[list[Item]], list[Item]],
    touched: set[str],
    seconds: float,
    commit: str,
    jobs: int,
) -> Callable[[list[Item]], list[Item]]:
    """Choose further runs of some experiments, as many as should fit into the seconds."""

    def choose(items: list[Item]) -> list[Item]:
        chosen = first(items)
        left = seconds * jobs
        rest = [item for item in items if item.ask.name in touched and item not in chosen]
        random.Random(_number(commit, "")).shuffle(rest)
        for item in rest:
            left -= item.seconds
            if left < 0:
                break
            chosen.append(item)
        return chosen

    return choose


def touched_since(commit: str, folder: Path | None = None) -> set[str]:
    """List the experiments whose record differs from a commit's; none if git cannot say."""
    folder = folder or record_folder()
    done = _git("diff", "--name-only", commit, "--", str(folder), folder=folder)
    names = {line.rpartition("/")[2].partition(".")[0] for line in done.decode().split()}
    return names & set(catalogue.titles())


def _repeated(items: list[Item], jobs: int) -> "list[tuple[Item, TimedRun]]":
    """Repeat runs, the longest first."""
    done = []
    work = [(Task.of(item.ask.source, item.ask.settings), item.run.seed) for item in items]
    with Progress("Repeating runs", [item.seconds for item in items]) as progress:
        for place, result in on_every_core(work, jobs) if work else ():
            item = items[place]
            entries = runs.Place.of(item.ask.source, item.ask.settings, None).entries
            if entries.entry(result.seed) is None:
                runs.keep(entries, result)
            progress.step(item.ask.name, item.seconds)
            done.append((item, result))
    return done


def _at(commit: str, name: str, folder: Path) -> Recorded:
    """Read an experiment's record as a commit has it."""
    path = file_of(name, folder)
    try:
        content = _git("show", f"{commit}:./{path.name}", folder=folder)
    except VerifyError:
        _git("rev-parse", "--verify", f"{commit}^{{commit}}", folder=folder)  # or there is none
        return Recorded(path, ())
    try:
        return Recorded(path, parse(content, path))
    except RecordError as error:
        raise VerifyError(f"at {commit}: {error}") from error


def _git(*words: str, folder: Path) -> bytes:
    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise VerifyError(f"git cannot be asked: {error.strerror}") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise VerifyError(f"git {' '.join(words)}: {''.join(reason)}")
    return done.stdout


def _number(commit: str, name: str) -> int:
    return int(hashlib.sha256(f"{commit} {name}".encode()).hexdigest()[:12], 16)
