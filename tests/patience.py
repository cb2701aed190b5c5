"""How long a test waits for what must happen. It never decides how fast something has to be.

Every limit of a test comes from here, and `tests/test_patience.py` sees to it. `BOOK_PATIENCE=3`
waits three times as long, on a machine that has much else to do.
"""

import os
import time
from collections.abc import Callable

SECONDS = 60 * float(os.environ.get("BOOK_PATIENCE", "1"))  # for one thing to happen
MILLISECONDS = 1000 * SECONDS  # the same, for Playwright
BUILD_SECONDS = 10 * SECONDS  # for a small book to be built, or a package to be installed


def eventually(ask: Callable[[], object]) -> bool:
    """Ask again and again until the answer is yes, or patience ends."""
    end = time.monotonic() + SECONDS
    while not ask():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
