"""Figures of claims, kept beside the runs: a second call reads them and imports no experiment."""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from os import PathLike
from pathlib import Path

from bigcurves.provenance import imported
from bigcurves.provenance.closure import OWN_PACKAGE, SOURCE_ROOT, fingerprint, module_closure
from bigcurves.provenance.source import Source, digest
from bigcurves.running import catalogue, runs
from bigcurves.running.record import file_of
from bigcurves.running.repeats import Rows
from bigcurves.running.store import CacheEntries, store_at
from bigcurves.running.task import TimedRun


def kept_rows(
    kind: str,
    name: str,
    seeds: Sequence[int],
    figures: Callable[[list[int]], dict[int, Rows]],
    store: str | PathLike[str] | None = None,
) -> Rows:
    """Return the figures of an experiment's claims on some seeds, in the order of the seeds.

    Parameters
    ----------
    kind
        What they are, in a word: another kind is kept apart.
    name
        The experiment's own name.
    seeds
        The seeds.
    figures
        Works them out for the seeds that are not kept, as rows that need no import to be read.
    store
        Where they are kept, if not in the usual place.
    """
    source = catalogue.source(name)
    key = _key(source, kind)
    folder = store_at(store) / source.name / key
    entries = CacheEntries(folder=folder, about={"experiment": source.name, "kind": kind})
    rows = {seed: found for seed in seeds if (found := entries.read(seed)) is not None}
    missing = [seed for seed in seeds if seed not in rows]
    if missing:
        made = figures(missing)
        rows |= made
        if key == _key(source, kind) and _are_of_today(source):
            for seed in missing:
                runs.keep(entries, TimedRun(seed, made[seed], 0.0))
    return [row for seed in seeds for row in rows[seed]]


def _key(source: Source, kind: str) -> str:
    """Hash what figures are made from: runs, recorded or not, and the text of the claims."""
    path = file_of(source.short_name)
    kept = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    claims = fingerprint(_files(source), root=source.root)
    return digest([kind, source.fingerprint, kept, claims, _own()[0]])


def _are_of_today(source: Source) -> bool:
    """Tell whether this process imported the claims, and what judges them, as the key has them."""
    files = _files(source)
    return imported.unchanged({path: path.read_text("utf-8") for path in files} | _own()[1])


def _files(source: Source) -> set[Path]:
    """List the files behind an experiment's claims, and behind what is doubted of them."""
    beside = source.path.with_name(f"{catalogue.DOUBTS}.py")
    paths = [path for path in (source.path, beside) if path.is_file()]
    return {file for path in paths for file in module_closure(path, root=source.root)}


@cache
def _own() -> tuple[str, dict[Path, str]]:
    """Hash what judges claims, and give its texts."""
    files = module_closure(SOURCE_ROOT / OWN_PACKAGE / "claims" / "specifications.py")
    return fingerprint(files), {path: path.read_text("utf-8") for path in files}
