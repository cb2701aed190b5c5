"""The record: the rows of every run that the book shows, kept in its repository.

One compressed file holds an experiment: a line that says what it is, then each run, a line that
names it and a line of JSON for each row. Only `recording.keeping` writes it. A run is found by its
key (code and settings) and its seed, and trusted only while its checksum holds. What is damaged
or missing is said in one line and run anew, never guessed.
"""

import hashlib
import json
import lzma
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bigcurves.provenance.closure import SOURCE_ROOT
from bigcurves.running.repeats import Rows

FORMAT = 1
SUFFIX = ".jsonl.xz"
RESTORE = "restore it with git, or run `make record`"


class RecordWarning(UserWarning):
    """Part of the record cannot be used; its runs are made anew."""


class RecordError(ValueError):
    """A file of the record cannot be used. The message names the file, the cause and the cure."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One recorded run.

    Attributes
    ----------
    key
        Hash of the code and the settings.
    settings
        The settings as JSON.
    seed
        Its seed.
    body
        Its rows, a line of JSON each.
    """

    key: str
    settings: str
    seed: int
    body: bytes

    @property
    def rows(self) -> Rows:
        """The run's rows."""
        return [json.loads(line) for line in self.body.splitlines()]

    @property
    def checksum(self) -> str:
        """Hash of the rows with their place: a line that was moved is noticed too."""
        place = f"{self.key} {self.seed} {self.settings}\n".encode()
        return hashlib.sha256(place + self.body).hexdigest()[:32]


def record_folder() -> Path:
    """Find the record: `BIGCURVES_RECORD`, the checkout's `record`, or what was installed."""
    if chosen := os.environ.get("BIGCURVES_RECORD"):
        return Path(chosen)
    if SOURCE_ROOT.name == "code" and (SOURCE_ROOT.parent / "pyproject.toml").is_file():
        return SOURCE_ROOT.parent / "record"
    return SOURCE_ROOT / "bigcurves" / "_record"


def key_of(code: str, settings: str) -> str:
    """Make a run's key of its code's key and its settings as JSON: 16 hex digits."""
    return hashlib.sha256(json.dumps([code, settings]).encode()).hexdigest()[:16]


def file_of(experiment: str, folder: Path | None = None) -> Path:
    """Name the file that records an experiment, by the experiment's short name."""
    return (folder or record_folder()) / f"{experiment}{SUFFIX}"


def encode(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Write rows as the record and the store keep them: shortest texts that read back the same."""
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def read(path: Path) -> list[Run]:
    """Read a file of the record.

    Raises
    ------
    RecordError
        If it is damaged, cut short, of another format, or another experiment's.
    """
    return parse(path.read_bytes(), path)


def parse(content: bytes, path: Path) -> list[Run]:
    """Read the content of a file of the record; `path` is what it should hold, and is named.

    Raises
    ------
    RecordError
        As `read`.
    """
    try:
        lines = lzma.decompress(content).split(b"\n")
    except (lzma.LZMAError, EOFError) as error:
        raise RecordError(f"{path} is damaged ({error}): {RESTORE}") from None
    try:
        return _runs(lines, path)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError(f"{path} is no record of runs: {RESTORE}") from None


def _runs(lines: list[bytes], path: Path) -> list[Run]:
    head = json.loads(lines[0])
    if head["format"] != FORMAT:
        age = "newer" if head["format"] > FORMAT else "older"
        raise RecordError(f"{path} has format {head['format']}, {age} than {FORMAT}: {RESTORE}")
    if file_of(head["experiment"], path.parent) != path:
        raise RecordError(f"{path} records {head['experiment']!r}: {RESTORE}")
    runs, place, cut = [], 1, RecordError(f"{path} is cut short: {RESTORE}")
    for _ in range(head["runs"]):
        if place >= len(lines) - 1:  # behind the last line there is an empty one
            raise cut
        about = json.loads(lines[place])
        end = place + 1 + about["rows"]
        if end >= len(lines):
            raise cut
        body = b"".join(line + b"\n" for line in lines[place + 1 : end])
        run = Run(key=about["key"], settings=about["settings"], seed=about["seed"], body=body)
        if run.checksum != about["checksum"]:
            raise RecordError(f"{path} was changed by hand (seed {run.seed}): {RESTORE}")
        runs.append(run)
        place = end
    return runs


def write(experiment: str, runs: Sequence[Run]) -> bytes:
    """Write the text of a file of the record, not yet compressed, the runs in their order."""
    head = {"format": FORMAT, "experiment": experiment, "runs": len(runs)}
    parts = [json.dumps(head).encode() + b"\n"]
    for run in runs:
        about = {
            "key": run.key,
            "settings": run.settings,
            "seed": run.seed,
            "rows": run.body.count(b"\n"),
            "checksum": run.checksum,
        }
        parts += [json.dumps(about).encode() + b"\n", run.body]
    return b"".join(parts)


class Recorded:
    """The runs of one experiment, as the record has them.

    Attributes
    ----------
    fault
        Why the file cannot be used, with the cure; empty where it can, and where there is none.
    """

    def __init__(self, path: Path, runs: Sequence[Run] | None = None) -> None:
        self.path = path
        self.fault = ""
        self.runs = list(runs or ())
        try:
            self.runs = read(path) if runs is None else self.runs
        except FileNotFoundError:
            pass
        except OSError as error:
            self.fault = f"{path} cannot be read ({error.strerror}): {RESTORE}"
        except RecordError as error:
            self.fault = str(error)
        self._found = {(run.key, run.seed): run for run in self.runs}
        self._settings = {(run.settings, run.seed): run for run in self.runs}

    def run(self, key: str, seed: int) -> Run | None:
        """Give a run; None if it is not recorded."""
        return self._found.get((key, seed))

    def rows(self, key: str, seed: int) -> Rows | None:
        """Give the rows of a run; None if it is not recorded."""
        run = self.run(key, seed)
        return run.rows if run else None

    def alike(self, settings: str, seed: int) -> Run | None:
        """Give a run by its settings, whatever code made it; None if there is none."""
        return self._settings.get((settings, seed))


def recorded(experiment: str, folder: Path | None = None) -> Recorded:
    """Read what is recorded of an experiment; once, while the file stays as it is."""
    path = file_of(experiment, folder)
    try:
        stat = path.stat()
    except OSError:
        return Recorded(path)
    return _recorded(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=64)
def _recorded(path: Path, _time: int, _size: int, _inode: int) -> Recorded:
    return Recorded(path)
