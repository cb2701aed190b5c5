"""What a result depends on: source files, settings and library versions, as short keys."""

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bigcurves.closure import SOURCE_ROOT, closure, fingerprint, module_closure

PROCESS_STARTED = time.time()


@dataclass(frozen=True, kw_only=True)
class Source:
    """The files behind one module, found without importing it.

    Attributes
    ----------
    name
        The module's dotted name.
    paths
        Its own file and all that it imports, from its own root and from this package.
    fingerprint
        Hash of those files and of the numeric libraries' versions.
    """

    name: str
    paths: tuple[Path, ...]
    fingerprint: str

    @classmethod
    def of(cls, name: str, path: Path) -> "Source":
        """Follow the imports of the module `name`, whose file is `path`."""
        root = path.resolve().parents[name.count(".")]
        own = module_closure(path, root=root)
        if root == SOURCE_ROOT:
            return cls(name=name, paths=tuple(own), fingerprint=fingerprint(own))
        # A reader's experiment stands outside, and leans on this package all the same.
        ours = {used for file in own for used in closure(file.read_text("utf-8"))}
        key = digest([fingerprint(own, root=root), fingerprint(ours)])
        return cls(name=name, paths=(*own, *sorted(ours)), fingerprint=key)

    def edited(self) -> list[Path]:
        """List the files that were saved, or removed, after this process began.

        What the process imported may then be older than what the fingerprint describes.
        """
        return [p for p in self.paths if not p.exists() or p.stat().st_mtime > PROCESS_STARTED]


def digest(parts: Iterable[str]) -> str:
    """Hash some texts, order and boundaries included: 16 hex digits."""
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()[:16]


def describe(settings: Any) -> str:
    """Write settings as one line of JSON, the same for equal settings in every process.

    Raises
    ------
    ValueError
        If a field is neither a plain value, a sequence, a mapping nor a dataclass: its text
        might hold an address in memory, and the key would change with every process.
    """
    return json.dumps(_plain(settings, "settings"), sort_keys=True)


def _plain(value: Any, place: str) -> Any:
    """Turn a value into what JSON can hold, dataclasses with their type."""
    if is_dataclass(value) and not isinstance(value, type):
        kind = f"{type(value).__module__}.{type(value).__qualname__}"
        inner = {f.name: _plain(getattr(value, f.name), f"{place}.{f.name}") for f in fields(value)}
        return {"type": kind, **inner}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, tuple | list | range):
        return [_plain(item, f"{place}[{i}]") for i, item in enumerate(value)]
    if isinstance(value, dict):
        return {str(key): _plain(item, f"{place}[{key!r}]") for key, item in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    kind = type(value).__name__
    raise ValueError(f"{place} must be a number, text, sequence, mapping or dataclass, got {kind}")
