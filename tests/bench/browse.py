"""A server that compresses as public hosts do, and a browser that reads as a phone does."""

import functools
import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import CDPSession, Page, Route, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 1e5}
WATCH = """
window.seen = { lcp: 0, cls: 0, fcp: 0, long: [] };
const watch = (type, then) => new PerformanceObserver((list) => list.getEntries().forEach(then))
    .observe({ type, buffered: true });
watch("largest-contentful-paint", (e) => { seen.lcp = e.startTime });
watch("layout-shift", (e) => { if (!e.hadRecentInput) seen.cls += e.value });
watch("paint", (e) => { if (e.name === "first-contentful-paint") seen.fcp = e.startTime });
watch("longtask", (e) => { seen.long.push([e.startTime, e.duration]) });
"""


class Compressing(SimpleHTTPRequestHandler):
    """Serves files, text compressed, over connections that stay open."""

    protocol_version = "HTTP/1.1"
    TEXT = (".html", ".js", ".css", ".json", ".svg", ".csv")

    def log_message(self, *_: object) -> None:
        pass

    def send_head(self):
        path = Path(self.translate_path(self.path.partition("?")[0]))
        if not path.is_file():
            return super().send_head()
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in self.TEXT:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    handler = functools.partial(Compressing, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Reading:
    """One visit of one page: what it fetched, and how it felt."""

    def __init__(self, page: Page, session: CDPSession) -> None:
        self.page, self.session = page, session
        self.sizes: dict[str, float] = {}
        self.names: dict[str, str] = {}
        session.send("Network.enable")
        session.on("Network.responseReceived", self._named)
        session.on("Network.loadingFinished", self._sized)

    def _named(self, event: dict) -> None:
        if event["response"]["url"].startswith("http"):
            self.names[event["requestId"]] = event["response"]["url"]

    def _sized(self, event: dict) -> None:
        if event["requestId"] in self.names:
            self.sizes[event["requestId"]] = event["encodedDataLength"]

    def slow(self) -> None:
        """Take a slow line and a processor four times slower."""
        self.session.send("Network.emulateNetworkConditions", SLOW_4G)
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": 4})

    def visit(self, url: str) -> None:
        """Open a page and wait for two seconds without a request."""
        self.page.goto(url, wait_until="load", timeout=120_000)
        quiet, last = 0, -1
        while quiet < 20:
            self.page.wait_for_timeout(100)
            quiet = quiet + 1 if last == len(self.names) else 0
            last = len(self.names)

    def kilobytes(self, *, without: str = "\0", only: str = "") -> float:
        """Add up what was fetched, in kB, by part of the address."""
        return (
            sum(
                size
                for key, size in self.sizes.items()
                if without not in self.names[key] and only in self.names[key]
            )
            / 1000
        )

    def felt(self) -> dict[str, float]:
        """Read paint times (s), blocking time (ms), longest task (ms) and layout shift."""
        seen = self.page.evaluate("window.seen")
        tasks = [length for start, length in seen["long"] if start >= seen["fcp"]]
        blocking = sum(length - 50 for length in tasks)
        return {
            "lcp": seen["lcp"] / 1000,
            "tbt": blocking,
            "longest": max(tasks, default=0),
            "cls": seen["cls"],
        }


@contextmanager
def reading(width: int, *, packages: Path | None = None) -> Iterator[Reading]:
    """Open a tab; with `packages`, requests to a CDN are answered from these npm packages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 800}
        )
        page = context.new_page()
        page.add_init_script(WATCH)
        if packages:
            page.route("https://**", functools.partial(_from_packages, packages))
        yield Reading(page, context.new_cdp_session(page))
        browser.close()


def _from_packages(packages: Path, route: Route) -> None:
    """Answer `.../npm/NAME@VERSION` from the installed package NAME; refuse anything else."""
    name = route.request.url.partition("/npm/")[2].partition("@")[0]
    found = [packages / name / "build" / f"{name}.min.js"] if name else []
    if found and found[0].is_file():
        route.fulfill(path=found[0], content_type="text/javascript")
    else:
        route.abort()
