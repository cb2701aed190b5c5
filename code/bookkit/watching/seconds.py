"""How long each page took in an earlier build: from it the time left is reckoned."""

import json
from pathlib import Path

from bookkit.execution.files import write_whole
from bookkit.watching.state import State

NAME = "seconds.json"


def kept_seconds(folder: Path) -> dict[str, float]:
    """Read each page's seconds; nothing where none are kept or the file is damaged."""
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
        return {str(page): float(seconds) for page, seconds in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def keep_seconds(folder: Path, state: State) -> None:
    """Keep the seconds of the pages that this build read.

    A page that was executed once says how long that takes until it is executed again: whether it
    will be is not known beforehand. Runs that were made for a page are not made again.
    """
    kept = dict(state.usual)
    for name, page in state.reading.items():
        if page.ended and not page.failed and not page.made and (page.cells or name not in kept):
            kept[name] = round(page.ended - page.began, 2)
    if kept != state.usual:
        write_whole(folder / NAME, json.dumps(kept, indent=1, sort_keys=True))
