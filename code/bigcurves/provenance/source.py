"""What a result depends on: source files, settings and library versions, as short keys.

A key is made of the texts that files have now. Which code a process holds, and where a run may
therefore be made, is told in `bigcurves.provenance.imported`.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from bigcurves.provenance import imported
from bigcurves.provenance.closure import NUMERIC_LIBRARIES
from bigcurves.provenance.code_key import code_of


@dataclass(frozen=True, kw_only=True)
class Source:
    """The code behind one module, found without importing it.

    Attributes
    ----------
    name
        The module's dotted name.
    key
        Hash of the code that it can run and of what is declared, on any machine the same.
    fingerprint
        The key with the versions of Python and of the numeric libraries: what this machine has.
    path
        The module's file, where it lies and not where it leads if it is a link.
    texts
        The text of each file that the key is made of, from its own root and from this package.
    files
        The data files that a run may open.
    """

    name: str
    key: str
    fingerprint: str
    path: Path
    texts: Mapping[Path, str] = field(repr=False, compare=False)
    files: tuple[Path, ...]

    @classmethod
    def of(cls, name: str, path: Path) -> "Source":
        """Follow the imports of the module `name`, whose file is `path`."""
        place = path.absolute()  # and not where a link leads: its imports start from here
        code = code_of(place, place.parents[name.count(".")])
        versions = [f"python {sys.version_info[0]}.{sys.version_info[1]}"]
        versions += [f"{name} {_version(name)}" for name in (*NUMERIC_LIBRARIES, *code.libraries)]
        return cls(
            name=name,
            key=code.key,
            fingerprint=digest([code.key, *versions]),
            path=place,
            texts=code.texts,
            files=code.files,
        )

    @property
    def short_name(self) -> str:
        """The module's own name, which its record carries wherever the module lies."""
        return self.name.rpartition(".")[2]

    @property
    def root(self) -> Path:
        """The folder that holds the module's outermost package."""
        return self.path.parents[self.name.count(".")]

    def edited(self) -> list[Path]:
        """List the files that were edited after this process imported them."""
        return imported.edited(self.texts)

    def is_here(self) -> bool:
        """Tell whether this process holds, for certain, the code that the key is made of."""
        return imported.certain(self.texts, self.root)

    def is_past(self) -> bool:
        """Tell whether a process that began after the key was made holds another code by now.

        Data files are opened by each run anew, so they must be as they were.
        """
        if imported.differing(self.texts):
            return True
        return bool(self.files) and Source.of(self.name, self.path).key != self.key


@cache
def _version(library: str) -> str:
    """Ask for a library's version, by either of its names; what is missing is no fault as yet.

    It is asked once: what this process has imported stays, whatever is installed meanwhile.
    """
    with suppress(metadata.PackageNotFoundError):
        return metadata.version(library)
    names = metadata.packages_distributions().get(library, ())
    return " ".join(metadata.version(name) for name in sorted(set(names))) or "missing"


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
        kind = type(value).__qualname__  # and not where it lies: a module may move
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
