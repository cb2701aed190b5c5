"""How long a test waits for what must happen. It never decides how fast something has to be.

`BOOK_PATIENCE=3` waits three times as long, on a machine that has much else to do.
"""

import os
import time
from collections.abc import Callable

SECONDS = 60 * float(os.environ.get("BOOK_PATIENCE", "1"))


def eventually(ask: Callable[[], object]) -> bool:
    """Ask again and again until the answer is yes, or patience ends."""
    deadline = time.monotonic() + SECONDS
    while not ask():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
