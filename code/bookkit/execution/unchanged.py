"""Whether anything has changed since the last build without a fault: if not, it is built.

Sphinx needs seconds to find that out. We keep the entries of all files below the project, of the
site, and of what pages depend on elsewhere (see `bookkit.execution.changed`), and compare them.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookkit.execution.files import installed, is_source, seen_of

if TYPE_CHECKING:  # it takes a second, which a build with nothing to do need not pay
    from sphinx.application import Sphinx

ELSEWHERE = "elsewhere.json"  # files that pages depend on outside the project


class State:
    """What the last build without a fault saw and left.

    Parameters
    ----------
    root
        The project's folder.
    output
        The site's folder.
    address
        Where the site will stand, in place of what the book's settings say.
    """

    def __init__(self, root: Path, output: Path, address: str | None) -> None:
        self.address = address
        self.root, self.output = root.resolve(), output.resolve()
        self.path = self.output.parent / "unchanged.json"
        self.began = time.time()

    def holds(self) -> bool:
        """Tell whether all is as it was."""
        with suppress(OSError, ValueError):
            before = json.loads(self.path.read_text("utf-8"))
            return bool(before == json.loads(json.dumps(self._now())))
        return False

    def forget(self) -> None:
        """Forget it: from here on the site may change."""
        self.path.unlink(missing_ok=True)

    def keep(self) -> None:
        """Keep it, unless a source has changed while the book was built."""
        now = self._now()
        young = (seen for seen in now["sources"].values() if seen and seen[2] >= self.began * 1e9)
        if next(young, None) is None:
            with suppress(OSError):  # a full disk: then the next build looks at everything
                self.path.write_text(json.dumps(now), "utf-8")

    def _now(self) -> dict[str, Any]:
        sources = {str(path): seen_of(path) for path in _files(self.root)}
        for path in self._elsewhere():
            sources[str(path)] = seen_of(path)
        site = {str(path): seen_of(path) for path in sorted(self.output.rglob("*"))}
        return {"address": self.address, "sources": sources, "site": site, "tools": installed()}

    def _elsewhere(self) -> Iterator[Path]:
        with suppress(OSError, ValueError):
            names = json.loads((self.output.parent / ELSEWHERE).read_text("utf-8"))
            yield from map(Path, names)


def _files(folder: Path) -> Iterator[Path]:
    """List all files and folders below a folder that no build has made, and the packages' stamp."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if is_source(path, folder) or entry.name == "record":
            if entry.is_dir():
                yield from _files(path)
            else:
                yield path
        elif entry.name == "node_modules":
            yield path / ".ready"


def note_elsewhere(app: "Sphinx", fault: Exception | None) -> None:
    """Note the files outside the project that pages depend on."""
    if fault is None and app.builder.format == "html":
        root = os.path.realpath(app.srcdir)
        named = (name for names in app.env.dependencies.values() for name in names)
        found = {os.path.realpath(Path(app.srcdir, name)) for name in named}
        outside = sorted(name for name in found if not Path(name).is_relative_to(root))
        (Path(app.outdir).parent / ELSEWHERE).write_text(json.dumps(outside), "utf-8")


def connect(app: "Sphinx") -> None:
    """Note at the end what a later build has to look at."""
    app.connect("build-finished", note_elsewhere)
