"""Debian's Firefox, which speaks WebDriver BiDi by itself, on a socket that it opens when asked.

No driver stands between: Debian has none. Playwright's way to the same socket asks for commands
that the extended-support release does not know.
"""

import base64
import json
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import websocket
from tests.engines.engine import end, find, promise_of
from tests.patience import SECONDS, eventually


class Firefox:
    """Debian's Firefox, without a window."""

    def __init__(self, folder: Path) -> None:
        path = find("firefox-esr", "firefox")
        options = ("--headless", "--no-remote", "--remote-debugging-port=0", "--profile", folder)
        self.events: list[dict[str, Any]] = []
        self.number = 0
        with ExitStack() as ends:  # a start that fails leaves nothing running
            process = subprocess.Popen(
                [path, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            ends.callback(end, process)
            self._connect(folder)
            ends.callback(self.socket.shutdown)
            self.ends = ends.pop_all()

    def _connect(self, folder: Path) -> None:
        """Open a session on the socket that the browser tells of in its profile."""
        told = folder / "WebDriverBiDiServer.json"
        assert eventually(lambda: told.exists() and told.read_text("utf-8").endswith("}")), (
            "Firefox opened no socket"
        )
        place = json.loads(told.read_text("utf-8"))
        self.socket = websocket.create_connection(
            f"ws://{place['ws_host']}:{place['ws_port']}/session",
            timeout=2 * SECONDS,
            suppress_origin=True,
        )
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self.context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        """Send a command and wait for its answer; keep what happens meanwhile."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message["type"] == "event":
                self.events.append(message["params"])
            elif message["type"] == "error":
                raise RuntimeError(f"Firefox, {method}: {message['message']}")
            else:
                return message["result"]  # type: ignore[no-any-return]

    def _here(self, method: str, **params: object) -> dict[str, Any]:
        return self._ask(method, context=self.context, **params)

    def open(self, url: str) -> None:
        # A new tab has the focus, which Tab may have taken out of the last one; without it, a page
        # is told of no key.
        last, self.context = (
            self.context,
            self._ask("browsingContext.create", type="tab")["context"],
        )
        self._ask("browsingContext.close", context=last)
        self._here("browsingContext.setViewport", viewport={"width": 1280, "height": 900})
        self._here("browsingContext.navigate", url=url, wait="complete")

    def run(self, script: str, *args: object) -> Any:
        found = self._ask(
            "script.evaluate",
            expression=promise_of(script, args),
            target={"context": self.context},
            awaitPromise=True,
        )
        if found["type"] == "exception":
            raise RuntimeError(f"Firefox: {found['exceptionDetails']['text']}")
        return json.loads(found["result"]["value"])

    def press(self, keys: str) -> None:
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        whole = [{"type": "key", "id": "keyboard", "actions": actions}]
        self._here("input.performActions", actions=whole)

    def complaints(self) -> list[str]:
        self.run("return 0")  # what is still on its way comes before the answer
        said = [event["text"] for event in self.events if event["level"] in ("warn", "error")]
        self.events.clear()
        return said

    def printed(self) -> bytes:
        return base64.b64decode(self._here("browsingContext.print", background=True)["data"])

    def picture(self) -> bytes:
        return base64.b64decode(self._here("browsingContext.captureScreenshot")["data"])

    def alive(self) -> bool:
        try:
            self._ask("session.status")
        except (OSError, RuntimeError, websocket.WebSocketException):
            return False
        return True

    def close(self) -> None:
        with suppress(OSError, RuntimeError, websocket.WebSocketException):
            self._ask("browser.close")
        self.ends.close()
