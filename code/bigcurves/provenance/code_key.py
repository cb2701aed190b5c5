"""A key for the code behind a run: the normal forms of the modules that it imports.

The key is made module by module. Where a module lies is no part of it: in place of the path of an
import stands what is imported, so that a file can move and its runs stay known. Library versions
are no part of it either; the record says of each run what it was made with.

What no import shows is declared in `DEPENDS_ON`, see `bigcurves.provenance.depends`.
"""

import ast
import hashlib
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bigcurves.provenance.closure import (
    NUMERIC_LIBRARIES,
    OWN_PACKAGE,
    SOURCE_ROOT,
    absolute,
    counts,
    definition,
    import_statements,
    package_of,
)
from bigcurves.provenance.depends import DeclarationError, declaration
from bigcurves.provenance.syntax import ALL, normal, write

_COUNTED = frozenset({*NUMERIC_LIBRARIES, "sklearn"})  # these count for every run


@dataclass(frozen=True, kw_only=True)
class Code:
    """What stands behind a module.

    Attributes
    ----------
    key
        Hash of the normal forms and of all that is declared: 16 hex digits.
    texts
        The text of each file that was read, from which the key was made: the modules whose code
        it is, its own included, and what says where their names are defined.
    files
        The data files that `DEPENDS_ON` names.
    libraries
        The further libraries that it names, and those that the modules import.
    """

    key: str
    texts: Mapping[Path, str]
    files: tuple[Path, ...]
    libraries: tuple[str, ...]


@dataclass(frozen=True)
class _Import:
    """One imported name: as it is written, the files that define it, and its name there."""

    written: tuple[str, str]
    files: tuple[Path, ...]
    name: str  # "*" for a whole module


def code_of(path: Path, root: Path = SOURCE_ROOT, used: Collection[str] = ()) -> Code:
    """Follow the imports of a module, name by name, and make its key.

    Parameters
    ----------
    path
        The module's file.
    root
        The folder that holds its package. Imports of this package are followed as well.
    used
        The names that are used of it; for an experiment none but `run` and `Settings`.

    Raises
    ------
    DeclarationError
        If a `DEPENDS_ON` is misspelt or names what is not there.
    """
    walk = _Walk(path.absolute(), root, frozenset(used))
    forms = {module: walk.form(module) for module in walk.used}
    ours = {module: [i for i in walk.imports(module) if i.files] for module in forms}
    blank = {module: {i.written: i.name for i in ours[module]} for module in forms}
    plain = {
        module: _written(tree, frozenset(blank[module].items())) for module, tree in forms.items()
    }
    full = {
        module: {i.written: " ".join([*sorted(plain[f] for f in i.files), i.name]) for i in found}
        for module, found in ours.items()
    }
    whole = {
        module: _written(tree, frozenset(full[module].items())) for module, tree in forms.items()
    }
    parts = [whole[walk.path], *sorted(set(whole.values()))]
    parts += [f"environment {name}={os.environ.get(name)!r}" for name in sorted(walk.environment)]
    parts += sorted(
        f"file {file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in walk.files
    )
    return Code(
        key=_hash("\n".join(parts)),
        texts=walk.texts,
        files=tuple(sorted(walk.files)),
        libraries=tuple(sorted(walk.libraries)),
    )


class _Walk:
    """The modules behind a module, each with the names that are used of it."""

    def __init__(self, path: Path, root: Path, used: frozenset[str]) -> None:
        self.path = path
        self._roots = (root,) if root == SOURCE_ROOT else (root, SOURCE_ROOT)
        self._ours = {path.relative_to(root).parts[0].removesuffix(".py"), OWN_PACKAGE}
        self.used: dict[Path, frozenset[str]] = {path: used}
        self.texts: dict[Path, str] = {}
        self.files: set[Path] = set()
        self.environment: set[str] = set()
        self.libraries: set[str] = set()
        waiting = [path]
        while waiting:
            module = waiting.pop()
            for found in (*self.imports(module), *self._declared(module)):
                for file in found.files:
                    before = self.used.get(file)
                    names = frozenset({found.name}) | (before or frozenset())
                    if before is None or not names <= before:
                        self.used[file] = names
                        waiting.append(file)

    def form(self, module: Path) -> ast.Module:
        """Give a module's normal form, as far as it is used."""
        names = self.used[module]
        return _form(self._read(module), ALL if "*" in names else names)

    def imports(self, module: Path) -> Iterator[_Import]:
        """List what a module imports of our packages."""
        root = self._root_of(module)
        package = package_of(module, root)
        for node in import_statements(self.form(module)):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield self._found((alias.name, ""), alias.name, "")
            else:
                base = absolute(node, package)
                for alias in node.names:
                    written = ("." * node.level + (node.module or ""), alias.name)
                    yield self._found(written, base, alias.name)

    def _found(self, written: tuple[str, str], module: str, name: str) -> _Import:
        """Follow a name to the files that define it."""
        for root in self._roots:
            files, known_as = definition(module, name, root, self._read)
            ours = tuple(file for file in files if counts(file, self._ours, root))
            if ours:
                return _Import(written, ours, known_as)
        library = module.partition(".")[0]
        if library not in {"", *self._ours, *sys.stdlib_module_names, *_COUNTED}:
            self.libraries.add(library)
        return _Import(written, (), "*")

    def _declared(self, module: Path) -> Iterator[_Import]:
        """Take up what a module declares, and list the modules among it."""
        declared = declaration(self.form(module), module)
        self.environment.update(declared["environment"])
        self.libraries.update(declared["libraries"])
        for name in declared["files"]:
            file = (module.parent / name).resolve()
            if not file.is_file():
                raise DeclarationError(f"DEPENDS_ON of {module}: there is no file {file}")
            self.files.add(file)
        for name in declared["modules"]:
            found = self._found((name, ""), name, "")
            if not found.files:
                raise DeclarationError(f"DEPENDS_ON of {module}: there is no module {name}")
            yield found

    def _read(self, path: Path) -> str:
        """Read a file once: an edit while we walk must not give half of each text."""
        if path not in self.texts:
            self.texts[path] = path.read_text("utf-8")
        return self.texts[path]

    def _root_of(self, module: Path) -> Path:
        return next(root for root in self._roots if module.is_relative_to(root))


@lru_cache(maxsize=1024)
def _form(source: str, used: frozenset[str]) -> ast.Module:
    """Normalise a text once: the same modules stand behind every experiment."""
    return normal(source, used)


@lru_cache(maxsize=4096)
def _written(tree: ast.Module, names: frozenset[tuple[tuple[str, str], str]]) -> str:
    """Hash a tree with its imports written as given, once: most experiments share most of it."""
    return _hash(write(tree, dict(names)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
