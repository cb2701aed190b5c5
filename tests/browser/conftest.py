"""A browser, and the sites that it reads: a small book of the tests' own, and the book itself.

`BOOK_HTML` names a built site to read instead of `_build/html`. What a failed test saw
(page, screenshot, trace) is kept below `_build/failures`.
"""

import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright
from tests.conftest import ROOT, build_whole, copy_book
from tests.patience import MILLISECONDS, eventually

expect.set_options(timeout=MILLISECONDS)
FAILURES = ROOT / "_build" / "failures"
FIXTURE = ROOT / "tests" / "fixtures" / "book"
BESIDE_CHAPTERS = ("404.html", "search.html")
BASE = "/some/path/"  # what a project page of a public host has before its own addresses
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Repeat a test that fails once: a browser may stop drawing for no reason of ours.

    `tests/conftest.py` tells and counts the repeats.
    """
    for item in items:
        if "browser" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.flaky(reruns=1))


QUICK_PAGE = ("small", "book/charts.html")  # the one that the quick tests visit


def listed_pages() -> list[str]:
    """List the book's pages as its table of contents does, before anything is built."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    parts = [toc, *toc.get("parts", ())]
    files = [entry["file"] for part in parts for entry in part.get("chapters", ())]
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    moved = config["sphinx"]["config"]["redirects"]
    return sorted([*(f"{name}.html" for name in (toc["root"], *files, *moved)), "search.html"])


def small_pages() -> list[str]:
    """List the pages of the tests' own book."""
    return sorted([*(f"book/{page.stem}.html" for page in FIXTURE.glob("*.md")), *BESIDE_CHAPTERS])


def every_page(test: Callable[..., None]) -> pytest.MarkDecorator:
    """Call a test for each page by itself, so that workers share them and a fault names its page.

    The test asks for `visited`: a site, and the name of its page.
    """
    small = [("small", name) for name in small_pages()]
    pages = [*small, *(("book", name) for name in listed_pages())]
    params = [
        pytest.param(page, id="-".join(page), marks=() if page == QUICK_PAGE else pytest.mark.slow)
        for page in pages
    ]
    return pytest.mark.parametrize("visited", params, indirect=True)(test)


@pytest.fixture
def visited(request: pytest.FixtureRequest) -> tuple["Site", str]:
    """Give the site of a page, and the page's name."""
    site, name = request.param
    return request.getfixturevalue(f"{site}_site"), name


@dataclass(frozen=True)
class Site:
    """A built site, served under a base path that is not the root."""

    root: Path
    address: str

    def pages(self) -> list[str]:
        """List every page, the redirect at the root left out.

        The page for the lost stands at any depth, so it names its files from the root of the
        place that the site was built for: it is read here where that is the place we serve.
        """
        found = (path.relative_to(self.root) for path in self.root.rglob("*.html"))
        left_out = {"index.html"}
        if f"{BASE}_static/" not in (self.root / "404.html").read_text("utf-8"):
            left_out.add("404.html")
        return sorted(
            p.as_posix() for p in found if "_static" not in p.parts and p.name not in left_out
        )

    def url(self, page: str) -> str:
        return f"{self.address}/{page}"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        pass


def serve(folder: Path) -> Iterator[Site]:
    """Serve a site below `BASE`, as a project page of a public host is."""
    base = folder.parent / "served"
    link = base / BASE.strip("/")
    link.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):  # another worker serves it too
        link.symlink_to(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=base))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(folder, f"http://127.0.0.1:{server.server_port}{BASE.rstrip('/')}")
    server.shutdown()
    server.server_close()


def small_book(root: Path) -> None:
    """Build the tests' own book: one of everything."""
    book = copy_book(root)
    for page in FIXTURE.glob("*.md"):
        shutil.copy(page, book.root / "book" / page.name)
    contents = {"format": "jb-book", "root": "book/start"}
    rest = sorted(page.stem for page in FIXTURE.glob("*.md") if page.stem != "start")
    parts = [{"caption": "Charts", "chapters": [{"file": f"book/{name}"} for name in rest]}]
    (book.root / "_toc.yml").write_text(yaml.safe_dump(contents | {"parts": parts}), "utf-8")
    book.configure(address=f"https://example.org{BASE}")
    build_whole(book)


@pytest.fixture(scope="session")
def small_site(once) -> Iterator[Site]:
    """Serve the tests' own book, built once for all workers."""
    yield from serve(once("small", small_book) / "_build" / "html")


@pytest.fixture(scope="session")
def reader(reader_site) -> Iterator[Site]:
    """Serve the book that asks its reader things."""
    yield from serve(reader_site.root / "_build" / "html")


@pytest.fixture(scope="session")
def book_site() -> Iterator[Site]:
    """Serve the book itself, where it is built."""
    folder = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()
    if not (folder / "index.html").exists():
        pytest.skip(f"no book in {folder}: run `make book` first")
    yield from serve(folder)


@pytest.fixture(params=["small", pytest.param("book", marks=pytest.mark.slow)])
def site(request: pytest.FixtureRequest) -> Site:
    """Give each test both sites: the small one always, the book in `make test-all`."""
    found: Site = request.getfixturevalue(f"{request.param}_site")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium; without one, skip, except in CI.

    Debian's headless shell draws the same pages with a fifth less work.
    """
    names = (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        reason = "no Chromium on this machine"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


class Tabs:
    """Opens pages and remembers them, so that a failure can be looked at."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.traced: set[BrowserContext] = set()

    def open(
        self,
        url: str | None = None,
        *,
        width: int = 1280,
        theme: str = "light",
        traced: bool = True,
        **options: object,
    ) -> Page:
        """Open a page; what is done many hundred times on a large one is better not traced."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 800},
            color_scheme=theme,  # type: ignore[arg-type]
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(MILLISECONDS)
        if traced:
            context.tracing.start(snapshots=True)
            self.traced.add(context)
        self.contexts.append(context)
        page = context.new_page()
        if url:
            page.goto(url)
        return page

    def close(self, name: str, failed: bool) -> None:
        """Close all; keep what a failed test saw."""
        for number, context in enumerate(self.contexts):
            if failed and context.pages:
                folder = FAILURES / f"{name}-{number}"
                folder.mkdir(parents=True, exist_ok=True)
                with suppress(Error):  # a browser that no longer draws
                    context.pages[0].screenshot(path=folder / "page.png", full_page=True)
                (folder / "page.html").write_text(context.pages[0].content(), "utf-8")
                if context in self.traced:
                    context.tracing.stop(path=folder / "trace.zip")
            context.close()
        self.contexts.clear()

    def close_last(self) -> None:
        """Close the tab opened last: a test that walks many pages keeps only one."""
        self.contexts.pop().close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Tell the `tabs` fixture whether its test failed."""
    outcome = yield
    report = outcome.get_result()
    if report.when == "call":
        item.failed_call = report.failed  # type: ignore[attr-defined]


@pytest.fixture
def tabs(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Tabs]:
    opened = Tabs(browser)
    yield opened
    name = "".join(c if c.isalnum() else "-" for c in request.node.name)
    opened.close(name, getattr(request.node, "failed_call", False))


# A page learns what is in view when a frame is drawn: a step that ends before is no step for it.
SCROLL = """async ([top, patience]) => {
  scrollTo(0, top);
  const frame = () => new Promise(requestAnimationFrame);
  const drawn = frame().then(frame).then(() => true);
  return Promise.race([drawn, new Promise((done) => setTimeout(done, patience, false))]);
}"""


# When all that a page does by itself has been done: after two frames, and the longest of its own
# pauses (400 ms from a change to its being told: say.js, charts/tools.js), with no chart drawing.
REST = """async ([pause, patience]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const wait = (ms) => new Promise((done) => setTimeout(done, ms, false));
  const rest = async () => {
    await frame(), await frame(), await wait(pause);
    do await frame(); while (document.querySelector(".chart[aria-busy]"));
    await frame();
    return true;
  };
  return Promise.race([rest(), wait(patience)]);
}"""
PAUSE = 450  # ms on the page's own clock, which stands still where the page does


def at_rest(page: Page) -> None:
    """Wait until a page has done what it does by itself: a late fault has been raised by then."""
    assert page.evaluate(REST, [PAUSE, MILLISECONDS]), "the page does not come to rest"


def scroll_through(page: Page) -> None:
    """Walk down a page, so that everything on it is seen, and wait for its charts."""
    skip_guesses(page)
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 500):
        assert page.evaluate(SCROLL, [top, MILLISECONDS]), f"no frame was drawn at {top} px"
    wait_for_charts(page)
    page.evaluate("scrollTo(0, 0)")


def skip_guesses(page: Page) -> None:
    """Show the figures that wait for a guess."""
    if page.locator(".js [data-predict]").count():
        page.locator("html[data-reader=ready]").wait_for()
        for skip in page.locator("[data-skip]:visible").all():
            skip.click()


def wait_for_charts(page: Page) -> None:
    """Wait until every chart that was scrolled past is live."""
    count = "document.querySelectorAll('.chart:not([data-state=live])').length"
    if not eventually(lambda: page.evaluate(count) == 0):
        notes = page.eval_on_selector_all(".chart-note", "all => all.map(e => e.textContent)")
        raise AssertionError(f"{page.evaluate(count)} charts did not become live: {notes}")


def live_chart(page: Page, name: str) -> None:
    """Scroll to a chart and wait until it is live."""
    chart = page.locator(f"#{name}-chart")
    chart.scroll_into_view_if_needed()
    page.locator(f"#{name}-chart[data-state=live]").wait_for()
