"""One build of a folder at a time: the next waits."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bigcurves.running.progress import EVERY, duration


@contextmanager
def locked(path: Path, say: Callable[[bytes], None]) -> Iterator[None]:
    """Hold the lock at `path`; where another build has it, say so and wait until that has ended.

    The system frees it when the last process of a build is gone, however it ended.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        began = time.monotonic()
        said = 0.0
        while not _taken(file.fileno()):
            waited = time.monotonic() - began
            if not said or waited - said >= EVERY:
                file.seek(0)
                since = f" ({duration(waited)} so far)" if said else ""
                text = (
                    f"Another build of this book (process {file.read().strip() or 'unknown'}) "
                    f"is at work: this one waits until it has ended{since}\n"
                )
                say(text.encode())
                said = waited or EVERY / 1000
            time.sleep(0.1)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
