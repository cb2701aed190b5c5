"""Which pages to read again: those with a file that is not what it was, whatever its time says.

Sphinx compares modification times, and sees no change where an editor, `git stash`, `rsync -t` or
`tar` leaves an older one. We keep what we saw of each file that a page depends on. A file is
looked into only where its size, its times or its place on the disk differ; the time of the last
change to its entry (`ctime`) cannot be set by a program.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bigcurves.provenance.closure import SOURCE_ROOT
from bookkit.execution.files import Seen, digest, installed, key_of, seen_of
from bookkit.execution.forced import FORCE
from bookkit.execution.stamp import opened, pages_with_cells


@dataclass(frozen=True)
class Signed:
    """What was seen of a file: its entry on the disk, and its content."""

    seen: Seen
    digest: str


def sign(path: Path, began: float, known: str = "") -> Signed:
    """Sign a file; one that changed while the book was built is taken as unknown.

    Parameters
    ----------
    path
        The file, or a folder for its names.
    began
        When the build began, in seconds as `time.time` counts them.
    known
        The digest of what the page saw, where that is known.
    """
    seen, found = seen_of(path), digest(path)
    if known:
        return Signed(seen if found == known else (), known)
    young = bool(seen) and seen[2] >= began * 1e9
    return Signed(() if young else seen, "" if young else found)


class Watch:
    """Watches the files behind all pages, from one build to the next."""

    def __init__(self) -> None:
        self.began = time.time()

    def outdated(self, _app: Sphinx, env: BuildEnvironment, *_docnames: set[str]) -> list[str]:
        """Name the pages with a file that is not what it was."""
        signed: dict[str, dict[str, Signed]] = getattr(env, "bookkit_signed", {})
        answers: dict[tuple[str, str], bool] = {}
        found = {os.environ.get(FORCE, "")}
        if getattr(env, "bookkit_modules", _modules()) != _modules():
            found |= pages_with_cells(env)  # a name may now lead elsewhere
        for docname, files in signed.items():
            for name, sign_before in files.items():
                asked = (name, sign_before.digest)
                if asked not in answers:
                    path = Path(name)
                    same = bool(sign_before.seen) and seen_of(path) == sign_before.seen
                    answers[asked] = same or digest(path) == sign_before.digest
                if not answers[asked]:
                    found.add(docname)
                    break
        return sorted(found & env.found_docs)

    def sign_all(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Sign the files of all pages that were read now; no page is written on our account."""
        signed: dict[str, dict[str, Signed]] = getattr(env, "bookkit_signed", {})
        fresh: dict[str, Signed] = {}
        for docname in sorted(env.found_docs):
            read_at = env.all_docs.get(docname, 0)
            if docname in signed and read_at < self.began * 1e6:
                continue
            files = {}
            for name in (env.doc2path(docname), *sorted(env.dependencies[docname])):
                path = os.path.normpath(Path(app.srcdir, name))
                fresh[path] = fresh.get(path) or sign(Path(path), self.began)
                files[path] = fresh[path]
            for path, known in opened(app, docname).items():
                files[path] = sign(Path(path), self.began, known)
            signed[docname] = files
        env.bookkit_signed = {  # type: ignore[attr-defined]
            docname: files for docname, files in signed.items() if docname in env.found_docs
        }
        env.bookkit_modules = _modules()  # type: ignore[attr-defined]
        return []


def _modules() -> frozenset[str]:
    """List the Python files of our packages."""
    own = (SOURCE_ROOT / "bigcurves", SOURCE_ROOT / "bookkit")
    return frozenset(str(path) for folder in own for path in folder.rglob("*.py"))


def tools() -> str:
    """Hash what turns a page's text into a site: our own code, its templates, all libraries."""
    own = SOURCE_ROOT / "bookkit"
    files = (path for path in own.rglob("*") if path.suffix in (".py", ".html", ".toml", ".conf"))
    parts = [f"{path.relative_to(own).as_posix()} {digest(path)}" for path in sorted(files)]
    parts.append(digest(SOURCE_ROOT / "web" / "package-lock.json"))
    return key_of([*installed(), *parts])


def connect(app: Sphinx) -> None:
    """Watch from the beginning of the build to its end; other tools, other pages."""
    app.add_config_value("bookkit_tools", tools(), "env", types=frozenset({str}))
    watch = Watch()
    app.connect("env-get-outdated", watch.outdated)
    app.connect("env-updated", watch.sign_all)
