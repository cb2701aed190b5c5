"""A build that broke off says why in one line, with the cure, where the cause lies outside it."""

import errno
import logging
import os
import re
import traceback
from collections.abc import Iterator

from sphinx.application import Sphinx
from sphinx.errors import SphinxError, SphinxParallelError
from sphinx.util.logging import NAMESPACE

FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST)
_REASONS = {os.strerror(number): number for number in (*FULL, *CLOSED)}
# What SQLite says, in which jupyter-cache keeps executed chapters.
_REASONS |= {"database or disk is full": errno.ENOSPC, "readonly database": errno.EROFS}
_IN_WORDS = re.compile(f"({'|'.join(map(re.escape, _REASONS))})(?:: '([^'\n]+)')?")


def connect(app: Sphinx) -> None:
    """Break off at the first warning that tells of a full disk: Sphinx would warn of each file."""
    logger, breaker = logging.getLogger(NAMESPACE), _Breaker(logging.WARNING)
    logger.handlers.insert(0, breaker)
    app.connect("build-finished", lambda *_: logger.removeHandler(breaker))


class _Breaker(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        found = _IN_WORDS.search(record.getMessage())
        if found and (number := _REASONS[found[1]]) in FULL:
            raise OSError(number, found[1], found[2])


def in_words(fault: BaseException) -> str:
    """Say what broke a build off: in a line if it was the disk, else as much as is known."""
    for number, reason, path in _causes(fault):
        where = f": {path}" if path else ""
        if number in FULL:
            cure = "Make room and repeat the command: what was finished is kept"
            return f"The disk is full{where}. {cure}"
        return f"The book cannot be built here ({reason}{where}). Build it where you may write"
    if isinstance(fault, SphinxParallelError):
        return str(fault.traceback)
    if isinstance(fault, SphinxError):
        return f"{fault.category}: {fault}"
    return "".join(traceback.format_exception(fault))


def _causes(fault: BaseException | None) -> Iterator[tuple[int, str, str]]:
    """List the faults of the disk behind an exception: number, reason and path."""
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        if isinstance(fault, OSError) and fault.errno in (*FULL, *CLOSED):
            yield fault.errno, str(fault.strerror), str(fault.filename or "")
        # What a forked reader or a database raised comes here in words only.
        words = f"{fault}\n{getattr(fault, 'traceback', '')}"
        for found in _IN_WORDS.finditer(words):
            yield _REASONS[found[1]], found[1], found[2] or ""
        fault = getattr(fault, "orig_exc", None) or fault.__cause__ or fault.__context__
