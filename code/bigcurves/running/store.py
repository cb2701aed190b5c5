"""Results on disk: one small text file for each run, trusted only while its checksum holds.

An entry is a line of JSON that says what it is, then one line of JSON a row. JSON writes the
shortest text that reads back as the same float, so a table from the store equals the one that was
computed, bit by bit. Files are written under a temporary name and renamed, so that any number
of processes may share a store and none ever sees half an entry.
"""

import hashlib
import json
import os
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bigcurves.provenance.closure import SOURCE_ROOT
from bigcurves.running.record import encode
from bigcurves.running.repeats import Rows


class StoreError(RuntimeError):
    """The store cannot be written. The message names the folder and the cause."""


class DamagedEntryWarning(UserWarning):
    """An entry does not match its checksum; it is computed again."""


def _umask() -> int:
    """Ask for the umask, which can only be had by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_UMASK = _umask()  # asked once, before there are threads


def default_store() -> Path:
    """Find the folder of results: `BIGCURVES_STORE`, the checkout's `_build/runs`, or a cache."""
    if chosen := os.environ.get("BIGCURVES_STORE"):
        return Path(chosen)
    checkout = SOURCE_ROOT.parent
    if (checkout / "pyproject.toml").is_file() and SOURCE_ROOT.name == "code":
        return checkout / "_build" / "runs"
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "bigcurves" / "runs"


def store_at(store: "str | os.PathLike[str] | None") -> Path:
    """Return the folder of results that somebody names, the usual one where there is no name."""
    if not isinstance(store, str | os.PathLike | None):
        raise TypeError(f"store must be a folder's path, got a {type(store).__name__}")
    return default_store() if store is None else Path(store)


@dataclass(frozen=True, kw_only=True)
class CacheEntries:
    """The entries of one experiment under one key, a file for each seed.

    Attributes
    ----------
    folder
        Where the entries lie: store / experiment / key.
    about
        What is written into each entry for a human reader.
    """

    folder: Path
    about: Mapping[str, str]

    def read(self, seed: int) -> Rows | None:
        """Get one seed's rows; None, with a warning where there is damage, if they must be run."""
        entry = self.entry(seed)
        return entry[0] if entry else None

    def entry(self, seed: int) -> tuple[Rows, dict[str, Any]] | None:
        """Get one seed's rows and what is known of how they were made; None as in `read`."""
        path = self._path(seed)
        try:
            head, _, body = path.read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"cannot read results in {self.folder}: {error.strerror}") from error
        try:
            about = json.loads(head)
            if about["checksum"] == self._checksum(seed, body):
                rows = [json.loads(line) for line in body.splitlines()]
                return rows, dict(about.get("made") or {})
        except (ValueError, KeyError, TypeError, RecursionError):  # the last of many brackets
            pass
        warnings.warn(f"damaged entry, computed again: {path}", DamagedEntryWarning, stacklevel=3)
        return None

    def prepare(self) -> None:
        """Make the folder, so that one which cannot be written is known before a run is made.

        Raises
        ------
        StoreError
            As `write` does.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            raise self._cannot_write(error) from error

    def write(
        self, seed: int, rows: Sequence[Mapping[str, Any]], made: Mapping[str, Any] | None = None
    ) -> None:
        """Keep one seed's rows, all or nothing, with what is known of how they were made.

        Raises
        ------
        StoreError
            If the file cannot be written: no permission, a full disk.
        """
        body = encode(rows)
        about = {**self.about, "seed": seed, "made": dict(made or {})}
        about["checksum"] = self._checksum(seed, body)
        try:
            replace(self._path(seed), json.dumps(about).encode() + b"\n" + body)
        except OSError as error:
            raise self._cannot_write(error) from error

    def _cannot_write(self, error: OSError) -> StoreError:
        return StoreError(f"cannot write results in {self.folder}: {error.strerror or error}")

    def _path(self, seed: int) -> Path:
        return self.folder / f"{seed}.jsonl"

    def _checksum(self, seed: int, body: bytes) -> str:
        """Hash the rows with their place, so that a file under a wrong name is noticed too."""
        return hashlib.sha256(f"{self.folder.name} {seed}\n".encode() + body).hexdigest()


def replace(path: Path, content: bytes) -> None:
    """Write a file beside its target, then rename it, which replaces in one step.

    The file has the mode that the umask asks for, as any other that a program writes. Where the
    target is a symbolic link, what it points to is replaced, and the link stays.

    Raises
    ------
    OSError
        If it cannot be written, or what stands there is no regular file: a device, a pipe.
    """
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not path.is_file():
        raise OSError(f"it is no regular file: name another, not {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), 0o666 & ~_UMASK)
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
