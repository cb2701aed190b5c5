"""Which source files a piece of Python truly depends on, followed by imported name.

The site asks this for a chapter, and the claims for their own text; `code_key` follows
names in the same way for a run, and looks closer.
A layer's `__init__` re-exports names from many modules; following the *name* to the
module that defines it, and not the whole `__init__`, keeps an edit of one world from
running every chapter again.

Where the package is installed, it lies beside numpy, scipy and all others. Those are told
apart by their versions; of the files only its own, and those of the package that asks, count.
"""

import ast
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path

SOURCE_ROOT = Path(__file__).resolve().parents[2]
OWN_PACKAGE = Path(__file__).resolve().parents[1].name
NUMERIC_LIBRARIES = ("numpy", "scipy", "scikit-learn", "pandas")


def closure(source: str, *, package: str = "", root: Path = SOURCE_ROOT) -> list[Path]:
    """List the files below `root` that `source` imports, directly or through others.

    Parameters
    ----------
    source
        Python text: a module, or a chapter's cells joined. Text that does not parse
        imports nothing (running it will say what is wrong).
    package
        The dotted package that `source` lives in, for its relative imports.
    root
        The folder that holds the packages. Imports of anything else are ignored; in a folder of
        installed packages, so is every package but this one and the one that `package` names.

    Returns
    -------
    Files in alphabetical order, without `source` itself.
    """
    found: set[Path] = set()
    ours = {package.partition(".")[0], OWN_PACKAGE}
    waiting = list(_imported_modules(source, package, root))
    while waiting:
        path = waiting.pop()
        if path in found or not counts(path, ours, root):
            continue
        found.add(path)
        waiting += _imported_modules(path.read_text("utf-8"), package_of(path, root), root)
    return sorted(found)


def module_closure(path: Path, *, root: Path = SOURCE_ROOT) -> list[Path]:
    """List a module's own file and every file that it imports, in alphabetical order.

    A file that is a link counts where the link lies: what it imports is found from there.
    """
    path = path.absolute()
    imported = closure(path.read_text("utf-8"), package=package_of(path, root), root=root)
    return sorted({path, *imported})


def fingerprint(
    paths: Iterable[Path],
    *,
    libraries: Iterable[str] = NUMERIC_LIBRARIES,
    root: Path = SOURCE_ROOT,
) -> str:
    """Hash the files' names and bytes with Python's and the libraries' versions: 16 hex digits."""
    digest = hashlib.sha256(f"python {sys.version_info[0]}.{sys.version_info[1]}".encode())
    for library in sorted(libraries):
        digest.update(f"{library} {metadata.version(library)}\0".encode())
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _imported_modules(source: str, package: str, root: Path) -> Iterator[Path]:
    """Find the module files that `source` imports, one step deep."""
    try:
        tree = _parse(source)
    except SyntaxError:
        return
    for node in import_statements(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _files_of(alias.name, root)
        else:
            base = absolute(node, package)
            for alias in node.names:
                yield from definition(base, alias.name, root)[0]


@lru_cache(maxsize=2048)
def import_statements(tree: ast.Module) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """List a tree's imports, wherever they stand, once: most trees are asked for many times."""
    return tuple(n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom))


@lru_cache(maxsize=1024)
def _parse(source: str) -> ast.Module:
    """Parse a text once: the same modules stand in the closure of every experiment."""
    return ast.parse(source)


def _files_of(module: str, root: Path) -> list[Path]:
    """Find a dotted module's own file, the package before the module, as Python does."""
    base = root.joinpath(*module.split("."))
    choices = (base / "__init__.py", base.with_suffix(".py"))
    return [path for path in choices if path.is_file()][:1]


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def definition(
    module: str, name: str, root: Path, read: Callable[[Path], str] = _text
) -> tuple[list[Path], str]:
    """Find where a name is defined, following re-exports of a package's `__init__`.

    Parameters
    ----------
    module, name
        The dotted module that it is imported from, and the name; empty for the module itself.
    root
        The folder that holds the packages.
    read
        Gives a file's text.

    Returns
    -------
    The file, none if it is not below `root`, and the name there: "*" for a whole module, as it is
    where `name` is empty.
    """
    if not name:
        return _files_of(module, root), "*"
    files: list[Path] = []
    asked: set[tuple[str, str]] = set()
    # `from . import part` leads back to itself where `part` is compiled, or a folder without files.
    while (module, name) not in asked:
        asked.add((module, name))
        if submodule := _files_of(f"{module}.{name}", root):
            return submodule, "*"
        found = _files_of(module, root)
        files = found or files  # a name from a compiled part depends on what names the part
        origin = _origin(read, found[0], module, name) if found else None
        if origin is None:
            return files, name if found else "*"
        module, name = origin
    return files, "*"


def _origin(
    read: Callable[[Path], str], path: Path, module: str, name: str
) -> tuple[str, str] | None:
    """Tell where a package's `__init__` has a name from: a module, and the name there."""
    if path.name == "__init__.py" and name != "*":
        for node in _parse(read(path)).body:
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if name == (alias.asname or alias.name):
                        return absolute(node, module), alias.name
    return None


def counts(path: Path, ours: set[str], root: Path) -> bool:
    """Tell whether a file is ours; all are, unless the root is a folder of installed packages."""
    return path.relative_to(root).parts[0].removesuffix(".py") in ours or not _is_installed(root)


@cache
def _is_installed(root: Path) -> bool:
    """Tell a folder that an installer keeps by the notes that it leaves of each package."""
    return next(root.glob("*.dist-info"), None) is not None


def absolute(node: ast.ImportFrom, package: str) -> str:
    """Name the module that a `from` import means, its leading dots resolved."""
    if not node.level:
        return node.module or ""
    parents = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parents, *([node.module] if node.module else [])])


def package_of(path: Path, root: Path) -> str:
    """Name the dotted package that a file lives in."""
    return ".".join(path.relative_to(root).parts[:-1])
