"""The engines, the pages that they visit, and a server that looks over their shoulder.

`ENGINE_PAGES=all` visits every page (`make engines`). Else the engines see three fixed pages and
those that the change since `BASE` touched, or, where that is not set, what is not committed.
"""

import functools
import os
import random
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.browser.conftest import BASE, FAILURES, QuietHandler, Site
from tests.browser.conftest import pytest_runtest_makereport as pytest_runtest_makereport
from tests.conftest import ROOT
from tests.engines.engine import Engine, MissingError
from tests.engines.firefox import Firefox
from tests.engines.webkit import WebKit

ENGINES = {"firefox": Firefox, "webkit": WebKit}
FIXED = ("book/intro.html", "book/density/density-law.html", "book/back/claims.html")
# What every page is made with: of a change there a few pages more are asked, others each time.
SHARED = ("code/web/", "code/bookkit/", "code/bigcurves/", "_config.yml", "uv.lock")
MORE = 3
HERE = Path(__file__).parent
HTML = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()
PACKAGES = {"firefox": "firefox-esr", "webkit": "webkit2gtk-driver xvfb"}
OWN = ("watch.js", "faulty.html", "faulty.js")  # what the server adds to the site
# An empty page with a frame as wide as a phone: no window of a desktop gets so narrow.
PHONE = """<!DOCTYPE html><link rel="icon" href="data:,"><script src="watch.js"></script>
<iframe src="{page}" width="390" height="844"></iframe>"""


def pages_to_visit(pages: list[str], which: str, changed: list[str], commit: str) -> list[str]:
    """Choose the pages that the engines see, of all that were built.

    Parameters
    ----------
    pages
        Every page of the site.
    which
        `all`, or `touched`.
    changed
        The files that the change touched.
    commit
        What decides which pages are asked more, where the change touched what all share.
    """
    if which == "all":
        return pages
    touched = {str(Path(name).with_suffix(".html")) for name in changed}
    chosen = [page for page in pages if page in touched or page in FIXED]
    if any(name.startswith(SHARED) for name in changed):
        rest = [page for page in pages if page not in chosen and page.startswith("book/")]
        chosen += random.Random(commit).sample(rest, min(MORE, len(rest)))
    return chosen


def _git(*words: str) -> list[str]:
    run = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        raise pytest.UsageError(f"git {' '.join(words)}: {run.stderr.strip()}")
    return run.stdout.splitlines()


def _chosen() -> list[str]:
    """Choose the pages of the book that was built, or none where there is none."""
    which = os.environ.get("ENGINE_PAGES", "touched")
    if which not in ("all", "touched"):
        raise pytest.UsageError(f"ENGINE_PAGES is all or touched, not {which!r}")
    if not (HTML / "index.html").exists():
        return []
    pages = Site(HTML, "").pages()
    if which == "all" or not (ROOT / ".git").exists():
        return pages_to_visit(pages, which, [], "")
    changed = _git("diff", "--name-only", os.environ.get("BASE", "HEAD"))
    return pages_to_visit(pages, which, changed, _git("rev-parse", "HEAD")[0])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask each engine for each page by a test of its own; one engine's tests stand together.

    A test that fails is repeated once, and `tests/conftest.py` tells and counts the repeats.
    """
    if "started" in metafunc.fixturenames:
        named = [pytest.param(name, marks=pytest.mark.flaky(reruns=1)) for name in ENGINES]
        metafunc.parametrize("started", named, indirect=True, scope="session")
    if "page" in metafunc.fixturenames:
        none = pytest.mark.skip(reason=f"no book in {HTML}: run `make book` first")
        metafunc.parametrize("page", _chosen() or [pytest.param("none", marks=none)])


@dataclass(frozen=True)
class Watched:
    """The site as it is served to the engines, and what they asked for that is not there."""

    address: str
    missing: list[str] = field(default_factory=list)


class Handler(QuietHandler):
    """Serves the site with `watch.js` before each page's own scripts, and a frame for a phone."""

    missing: list[str]

    def do_GET(self) -> None:  # noqa: N802 - the server calls it so
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        if path == f"{BASE}phone.html":
            self._answer("text/html", PHONE.format(page=query))
        elif path.endswith(".html") and (file := Path(self.translate_path(path))).exists():
            script = f'<script src="{BASE}watch.js"></script>'
            html = file.read_text("utf-8")
            self._answer("text/html", html.replace("<script", f"{script}\n<script", 1))
        else:
            super().do_GET()

    def _answer(self, kind: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def translate_path(self, path: str) -> str:
        own = HERE / Path(urlsplit(path).path).name
        if own.name in OWN:
            return str(own)
        return super().translate_path(path.removeprefix(BASE.rstrip("/")))

    def send_error(self, code: int, *words: str | None) -> None:
        self.missing.append(f"{code} {self.path}")
        super().send_error(code, *words)


@pytest.fixture(scope="session")
def watched() -> Iterator[Watched]:
    """Serve the book to the engines, below a base path that is not the root."""
    missing: list[str] = []
    handler = type("Handler", (Handler,), {"missing": missing})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=HTML))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Watched(f"http://127.0.0.1:{server.server_port}{BASE}", missing)
    server.shutdown()
    server.server_close()


class Started:
    """An engine that lasts for all its tests: one that has crashed is started again."""

    def __init__(self, start: Callable[[], Engine]) -> None:
        self._start = start
        self.now = start()

    def awake(self) -> Engine:
        """Give the engine, alive."""
        if not self.now.alive():
            self.now.close()
            self.now = self._start()
        return self.now


@pytest.fixture(scope="session")
def started(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Started]:
    """Start an engine; without it, skip, except in CI."""
    name = request.param
    try:
        started = Started(lambda: ENGINES[name](tmp_path_factory.mktemp(name)))
    except MissingError as fault:
        reason = f"{fault} (on Debian: apt install {PACKAGES[name]})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    yield started
    started.now.close()


@pytest.fixture
def engine(started: Started) -> Engine:
    """Give a test its engine: a crash in one test is not the fault of the next."""
    return started.awake()


@pytest.fixture
def keep_what_failed(request: pytest.FixtureRequest, engine: Engine) -> Iterator[None]:
    """Keep a picture of what a failed visit saw below `_build/failures`."""
    yield
    if getattr(request.node, "failed_call", False):
        name = "".join(c if c.isalnum() else "-" for c in request.node.name)
        folder = FAILURES / name
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(Exception):  # an engine that has crashed shows nothing
            (folder / "page.png").write_bytes(engine.picture())
