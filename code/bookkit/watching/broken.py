"""A build that broke off says why in one line, with the cure, where the cause lies outside it."""

import errno
import re
import traceback
from collections.abc import Iterator

from sphinx.errors import SphinxError, SphinxParallelError

FULL = {errno.ENOSPC, errno.EDQUOT}
CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST}
_IN_WORDS = re.compile(r"\[Errno (\d+)\] ([^:\n]+)(?:: '([^'\n]+)')?")
# What SQLite says, in which jupyter-cache keeps executed chapters.
_BY_SQLITE = (
    (re.compile(r"database or disk is full|disk I/O error"), errno.ENOSPC),
    (re.compile(r"readonly database|unable to open database file"), errno.EROFS),
)


def in_words(fault: BaseException) -> str:
    """Say what broke a build off: in a line if it was the disk, else as much as is known."""
    for number, reason, path in _causes(fault):
        where = f": {path}" if path else ""
        if number in FULL:
            return (
                f"The disk is full{where}. Make room and repeat the command: "
                "what was finished is kept"
            )
        if number in CLOSED:
            return (
                f"The book cannot be built here ({reason}{where}). "
                "Build it in a copy that you may write to"
            )
    if isinstance(fault, SphinxParallelError):
        return str(fault.traceback)
    if isinstance(fault, SphinxError):
        return f"{fault.category}: {fault}"
    return "".join(traceback.format_exception(fault))


def _causes(fault: BaseException | None) -> Iterator[tuple[int, str, str]]:
    """List the faults of the system behind an exception: number, reason and path."""
    seen = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        if isinstance(fault, OSError) and fault.errno:
            yield fault.errno, str(fault.strerror), str(fault.filename or "")
        for match in _IN_WORDS.finditer(str(fault)):
            yield int(match[1]), match[2], match[3] or ""
        for pattern, number in _BY_SQLITE:
            if found := pattern.search(str(fault)):
                yield number, found[0], ""
        fault = getattr(fault, "orig_exc", None) or fault.__cause__ or fault.__context__
