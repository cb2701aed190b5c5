"""Write the record: what the book asks for, all of it, and nothing else.

Runs come from the record where it has them, else from this machine's store, else they are made
now, the longest first. A file whose content stays the same is left as it is, to the byte.
"""

import lzma
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bigcurves.recording.asked import Ask, asked, changes
from bigcurves.running import catalogue, index, record, runs
from bigcurves.running.progress import Progress, say
from bigcurves.running.record import Recorded, Run, file_of, record_folder, recorded
from bigcurves.running.store import StoreError, replace
from bigcurves.running.task import Task
from bigcurves.running.workers import default_jobs, on_every_core


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a call of `keep` did.

    Attributes
    ----------
    runs, made
        How many runs the record holds now, and how many of them were made by this call.
    written, dropped
        The files that were written, and those that were removed.
    faults
        What could not be used of the record as it was, each with its cure.
    """

    runs: int
    made: int
    written: tuple[Path, ...]
    dropped: tuple[Path, ...]
    faults: tuple[str, ...]


def keep(
    folder: Path | None = None,
    *,
    anew: bool = False,
    jobs: int | None = None,
    store: Path | None = None,
) -> Kept:
    """Bring the record up to date.

    Parameters
    ----------
    folder
        The record; by default the checkout's.
    anew
        Whether to leave what is recorded out of account, as after an update of the libraries.
        What this machine's store has with today's libraries is used all the same.
    jobs, store
        As `runs.run` takes them.

    Raises
    ------
    StoreError
        If a file cannot be written. The runs stay in the store.
    """
    folder = folder or record_folder()
    say("Looking for the runs that the book asks for")
    asks = every_ask()
    before = {} if anew else {name: recorded(name, folder) for name in catalogue.titles()}
    how, fault = index.load(folder)
    made = _make_missing(asks, before, how, jobs or default_jobs(), store)
    written, groups, count = [], [], 0
    with Progress("Writing the record, experiments", [0.0 for _ in catalogue.titles()]) as progress:
        for name in catalogue.titles():
            mine = [ask for ask in asks if ask.name == name]
            found = [list(_runs(ask, before.get(name), how, store)) for ask in mine]
            for ask, pairs in zip(mine, found, strict=True):
                groups += index.grouped(name, changes(ask), pairs)
            content = [run for pairs in found for run, _ in pairs]
            count += len(content)
            written += _write(file_of(name, folder), record.write(name, content))
            progress.step(name, 0.0)
    written += _write_plainly(folder / index.NAME, index.write(groups).encode())
    idle = _of_no_experiment(folder)
    for path in idle:
        path.unlink()
    faults = [each.fault for each in before.values() if each.fault]
    return Kept(
        runs=count,
        made=made,
        written=tuple(written),
        dropped=tuple(idle),
        faults=(*faults, *([fault] if fault else [])),
    )


def faults_of(folder: Path | None = None) -> list[str]:
    """Say what of the record is missing, unasked or damaged; nothing if `keep` has no work."""
    folder = folder or record_folder()
    found = []
    groups = []
    say("Comparing the record with what the book asks for")
    how, fault = index.load(folder)
    found += [fault] if fault else []
    for name in catalogue.titles():
        there = recorded(name, folder)
        found += [there.fault] if there.fault else []
        asked_for = set()
        for ask in asked(name):
            pairs = [(run, how.get((name, run.key, run.seed), {})) for run in _recorded(ask, there)]
            groups += index.grouped(name, changes(ask), pairs)
            asked_for |= {(ask.key, seed) for seed in ask.seeds}
        has = {(run.key, run.seed) for run in there.runs}
        missing, idle = len(asked_for - has), len(has - asked_for)
        if missing or idle:
            found.append(f"{there.path}: {missing} runs missing, {idle} that nothing asks for")
    found += [f"{path} belongs to no experiment" for path in _of_no_experiment(folder)]
    if not found and (folder / index.NAME).read_text("utf-8") != index.write(groups):
        found.append(f"{folder / index.NAME} does not say what the record holds")
    return [
        f"{fault}: run `make record`" if "make record" not in fault else fault for fault in found
    ]


def _of_no_experiment(folder: Path) -> list[Path]:
    """List the files of the record whose experiment is gone."""
    names = {file_of(name, folder).name for name in catalogue.titles()}
    return [path for path in sorted(folder.glob(f"*{record.SUFFIX}")) if path.name not in names]


def every_ask() -> list[Ask]:
    """List what is asked of all experiments."""
    return [ask for name in catalogue.titles() for ask in asked(name)]


def _make_missing(
    asks: Sequence[Ask],
    before: Mapping[str, Recorded],
    how: index.HowMade,
    jobs: int,
    store: Path | None,
) -> int:
    """Make the runs that neither the record nor the store has, and keep them in the store."""
    work: list[tuple[Ask, int, float]] = []
    for ask in asks:
        entries = runs.Place.of(ask.source, ask.settings, store).entries
        there = before.get(ask.name)
        usual = index.usual_seconds(how, ask.name)
        work += [
            (ask, seed, usual)
            for seed in ask.seeds
            if not (there and there.run(ask.key, seed)) and entries.entry(seed) is None
        ]
    work.sort(key=lambda each: -each[2])
    pairs = [(Task.of(ask.source, ask.settings), seed) for ask, seed, _ in work]
    with Progress("Making runs", [seconds for *_, seconds in work]) as progress:
        for place, result in on_every_core(pairs, jobs) if work else ():
            ask, _, usual = work[place]
            runs.keep(runs.Place.of(ask.source, ask.settings, store).entries, result)
            progress.step(ask.name, usual)
    return len(work)


def _recorded(ask: Ask, there: Recorded) -> list[Run]:
    """List an ask's recorded runs in the order of its seeds."""
    found = (there.run(ask.key, seed) for seed in ask.seeds)
    return [run for run in found if run]


def _runs(
    ask: Ask,
    there: Recorded | None,
    how: index.HowMade,
    store: Path | None,
) -> Iterator[tuple[Run, Mapping[str, Any]]]:
    """Give an ask's runs, each with how it was made."""
    entries = runs.Place.of(ask.source, ask.settings, store).entries
    for seed in ask.seeds:
        run = there.run(ask.key, seed) if there else None
        made = how.get((ask.name, ask.key, seed))
        if run and made:
            yield run, made
            continue
        entry = entries.entry(seed)
        if run:  # the index was lost, or says nothing of it
            yield run, entry[1] if entry else {}
            continue
        if entry is None:  # it was there a moment ago
            raise StoreError(f"{entries.folder} lost seed {seed} meanwhile: run it again")
        body = record.encode(entry[0])
        yield Run(key=ask.key, settings=ask.text, seed=seed, body=body), entry[1]


def _write(path: Path, content: bytes) -> list[Path]:
    """Write a file of the record, unless its content is there already."""
    with suppress(OSError, lzma.LZMAError, EOFError):
        if lzma.decompress(path.read_bytes()) == content:
            return []
    return _replaced(path, lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


def _write_plainly(path: Path, content: bytes) -> list[Path]:
    if path.is_file() and path.read_bytes() == content:
        return []
    return _replaced(path, content)


def _replaced(path: Path, content: bytes) -> list[Path]:
    try:
        replace(path, content)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
    return [path]
