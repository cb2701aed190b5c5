"""WebKitGTK's small browser, which has the classic WebDriver.

That tells nothing of the console and cannot print: `watch.js` listens in the console's place.
"""

import json
import os
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from tests.engines.engine import end, find, promise_of
from tests.patience import SECONDS
from urllib3.exceptions import HTTPError


class WebKit:
    """WebKitGTK's small browser, on a screen of its own that nobody sees."""

    def __init__(self, folder: Path) -> None:
        driver, screen = find("WebKitWebDriver"), find("Xvfb")
        with ExitStack() as ends:  # a start that fails leaves nothing running
            display = self._screen(screen, ends)
            quiet = {"NO_AT_BRIDGE": "1", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
            service = webdriver.WebKitGTKService(
                driver, env={**os.environ, **quiet, "DISPLAY": display, "GDK_BACKEND": "x11"}
            )
            ends.callback(service.stop)
            service.start()
            # `webdriver.WebKitGTK` would warn of how it makes this connection itself.
            self.driver = webdriver.Remote(
                RemoteConnection(client_config=ClientConfig(service.service_url)),
                options=webdriver.WebKitGTKOptions(),
            )
            self.ends = ends.pop_all()
        self.driver.set_script_timeout(2 * SECONDS)
        self.driver.set_window_size(1280, 1000)

    def _screen(self, path: str, ends: ExitStack) -> str:
        """Start a screen that nobody sees, and give its name."""
        screen = subprocess.Popen(
            [path, "-displayfd", "1", "-screen", "0", "1400x1200x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        ends.callback(end, screen)
        assert screen.stdout
        with screen.stdout as told:
            return f":{told.readline().strip()}"

    def open(self, url: str) -> None:
        self.driver.get(url)

    def run(self, script: str, *args: object) -> Any:
        promise = promise_of(script, args)
        told = self.driver.execute_async_script(
            f"const tell = arguments[0]; {promise}.then(tell, e => tell({{ fault: `${{e}}` }}));"
        )
        if not isinstance(told, str):
            raise RuntimeError(f"WebKit: {told['fault']}")
        return json.loads(told)

    def press(self, keys: str) -> None:
        ActionChains(self.driver).send_keys(keys).perform()

    def complaints(self) -> list[str]:
        return []  # what the engine writes by itself cannot be had: `watch.js` sees the rest

    def printed(self) -> None:
        return None

    def picture(self) -> bytes:
        return self.driver.get_screenshot_as_png()

    def alive(self) -> bool:
        try:
            return bool(self.driver.current_url)
        except (WebDriverException, HTTPError):
            return False

    def close(self) -> None:
        with suppress(Exception):  # a browser that has died already
            self.driver.quit()
        self.ends.close()
