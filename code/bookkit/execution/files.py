"""Files of the project: which are sources, what is seen of them, how they are written."""

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

NO_SOURCES = {"_build", "record", "node_modules", "__pycache__"}  # and all that begin with a dot
ABSENT = "absent"
Seen = tuple[int, ...]


def digest(path: Path) -> str:
    """Hash a file's bytes or a folder's names; say `absent` of what is not there."""
    try:
        if path.is_dir():
            names = sorted(each.name for each in path.iterdir() if not _is_left_out(each.name))
            return hashlib.sha256("\n".join(names).encode()).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ABSENT


def is_source(path: Path, project: Path) -> bool:
    """Tell whether a path lies below the project and is nothing that a build has made."""
    if not path.is_relative_to(project):
        return False
    return not any(_is_left_out(part) for part in path.relative_to(project).parts)


def _is_left_out(name: str) -> bool:
    return name.startswith(".") or name in NO_SOURCES


def seen_of(path: Path) -> Seen:
    """Read a file's entry: size, modification time, time of the last change, number."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def write_whole(path: Path, text: str) -> None:
    """Write under another name first, so that a reader never finds half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part-{os.getpid()}")
    part.write_text(text, "utf-8")
    part.replace(path)


def key_of(parts: Iterable[str]) -> str:
    """Hash texts to a key: 16 hex digits."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def installed() -> list[str]:
    """Name Python and all libraries of the environment, with their versions."""
    folder = Path(sysconfig.get_path("purelib"))
    return [sys.version, *sorted(path.name for path in folder.glob("*.dist-info"))]
