"""What each page was seen to open when it last ran, kept with the cache of executed pages.

The cache is keyed on a page's cells and on its stamp. A stamp belongs to one execution: it is
given out again only while all files that the page opened then still hold what they held. Where
nothing is known of a page, it gets a stamp that nobody has had, and runs. So an execution whose
notes were lost, or cut off by a kill, is never served.
"""

import json
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bookkit.execution.files import digest, write_whole

KEPT = 20  # executions remembered of a page: as it is, and as it was before some edits


@dataclass
class Execution:
    """One execution of a page: its stamp, and the files that it opened with their digests."""

    stamp: str
    files: dict[str, str] = field(default_factory=dict)

    def holds(self) -> bool:
        """Tell whether every file still holds what it held."""
        return all(digest(Path(name)) == found for name, found in self.files.items())


class Noticed:
    """The executions of one page.

    Parameters
    ----------
    folder
        Where the notes of all pages lie.
    docname
        The page, as Sphinx names it.
    """

    def __init__(self, folder: Path, docname: str) -> None:
        self.path = folder / f"{docname}.json"
        self.heard = folder / f"{docname}.heard"  # what the kernel writes

    def begin(self, key: str) -> str:
        """Give the stamp for a page of this key, and make room for what its kernel will write."""
        self.heard.parent.mkdir(parents=True, exist_ok=True)
        self.heard.unlink(missing_ok=True)
        known = self._read().get(key)
        return known.stamp if known and known.holds() else f"{key} {uuid.uuid4().hex[:16]}"

    def end(self, key: str, stamp: str) -> list[str]:
        """Keep what the kernel heard, if the page was executed; return what could not be seen."""
        try:
            lines = [json.loads(line) for line in self.heard.read_text("utf-8").splitlines()]
        except (FileNotFoundError, ValueError):
            return []  # served from the cache, or cut off: then it runs again
        files = {line["file"]: line["digest"] for line in reversed(lines) if "file" in line}
        kept = self._read()
        kept.pop(key, None)
        kept[key] = Execution(stamp, files)
        newest = dict(list(kept.items())[-KEPT:])
        text = json.dumps({key: vars(each) for key, each in newest.items()}, indent=1)
        write_whole(self.path, text)
        self.heard.unlink()
        return [line["fault"] for line in lines if "fault" in line]

    def forget(self) -> None:
        """Forget all executions, so that the page runs again."""
        self.path.unlink(missing_ok=True)

    def files(self, key: str) -> dict[str, str]:
        """List the files that the page opened at this key, with their digests."""
        known = self._read().get(key)
        return known.files if known else {}

    def _read(self) -> dict[str, Execution]:
        with suppress(FileNotFoundError, ValueError, TypeError):
            found: dict[str, Any] = json.loads(self.path.read_text("utf-8"))
            return {key: Execution(**each) for key, each in found.items()}
        return {}
