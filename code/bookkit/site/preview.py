"""A live preview: saving a chapter or a module rebuilds what depends on it and reloads the page.

The reload script is a file of this server's own, so the preview runs under the same strict
policy as the published book.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from watchfiles import DefaultFilter, awatch

RELOAD_SCRIPT = (
    'new EventSource("/_preview/changes").addEventListener("rebuilt", () => location.reload());\n'
)


class Preview:
    """The server and the watch that share one counter of finished builds."""

    def __init__(self, root: Path, site: Path) -> None:
        self.root = root
        self.site = site
        self.builds = 0
        self.rebuilt = asyncio.Condition()

    def app(self) -> Starlette:
        """Build the application: the site's pages with the reload script, and its events."""
        routes = [
            Route("/_preview/reload.js", self.script),
            Route("/_preview/changes", self.changes),
            Route("/", self.page),
            Route("/{path:path}.html", self.page),
            Mount("/", StaticFiles(directory=self.site, html=True, check_dir=False)),
        ]
        return Starlette(routes=routes, lifespan=self.watching)

    async def script(self, _request: Request) -> Response:
        """Serve the script that waits for the next build."""
        return PlainTextResponse(RELOAD_SCRIPT, media_type="text/javascript")

    async def page(self, request: Request) -> Response:
        """Serve one page with the reload script added."""
        path = (self.site / (request.url.path.lstrip("/") or "index.html")).resolve()
        if not path.is_relative_to(self.site.resolve()) or not path.is_file():
            return PlainTextResponse("No such page in the book", status_code=404)
        script = '<script src="/_preview/reload.js" defer></script>'
        return HTMLResponse(path.read_text("utf-8").replace("</head>", script + "</head>", 1))

    async def changes(self, _request: Request) -> Response:
        """Tell the page when a build has finished (server-sent events)."""
        return StreamingResponse(self.events(), media_type="text/event-stream")

    async def events(self) -> AsyncIterator[str]:
        """Yield one event a build, and a comment at the start so that the browser connects."""
        yield ": watching\n\n"
        seen = self.builds
        while True:
            async with self.rebuilt:
                await self.rebuilt.wait_for(lambda: self.builds > seen)  # noqa: B023
            seen = self.builds
            yield "event: rebuilt\ndata: \n\n"

    @asynccontextmanager
    async def watching(self, _app: Starlette) -> AsyncIterator[None]:
        """Build once, then again at each change, as long as the server runs."""
        task = asyncio.create_task(self.watch())
        yield
        task.cancel()

    async def watch(self) -> None:
        """Rebuild whenever a chapter, a module or the configuration is saved."""
        watched = [self.root / name for name in ("book", "code", "_config.yml", "_toc.yml")]
        changes = awatch(*watched, watch_filter=DefaultFilter())
        while True:
            # The watch begins before the build, so that what is saved meanwhile is not missed.
            saved = asyncio.ensure_future(anext(changes))
            await self.build()
            await saved

    async def build(self) -> None:
        """Build in a process of its own (modules are imported afresh), then tell the pages."""
        command = (sys.executable, "-m", "bookkit", "build", "--preview")
        process = await asyncio.create_subprocess_exec(*command, cwd=self.root)
        await process.wait()
        async with self.rebuilt:
            self.builds += 1
            self.rebuilt.notify_all()


def serve(root: Path, site: Path, port: int) -> None:
    """Serve a live preview of the book at `root` until interrupted."""
    uvicorn.run(
        Preview(root, site).app(),
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
