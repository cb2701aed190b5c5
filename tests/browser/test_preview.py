"""The live preview: a saved chapter, and a saved module, appear without a hand on the browser."""

import os
import random
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress

import pytest
from playwright.sync_api import expect
from tests.patience import BUILD_SECONDS, SECONDS, eventually

PAGE = """# Preview

```{code-cell} ipython3
from bigcurves.worlds.here import VALUE
print("the value is", VALUE)
```
"""


def free_port():
    """Choose a port that nothing is given by chance while the server is still building."""
    for port in random.sample(range(20_000, 30_000), 100):  # below those that systems give away
        with socket.socket() as door, suppress(OSError):
            door.bind(("127.0.0.1", port))
            return port
    raise OSError("100 ports from 20,000 to 29,999 are taken")


@pytest.fixture
def preview(book):
    book.module("worlds/here.py", '"""A world for this test."""\n\nVALUE = 7\n')
    book.page("start", PAGE)
    book.contents(["start"])
    port = free_port()
    log = (book.root / "serve.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "bookkit", "serve", "--port", str(port)],
        cwd=book.root,
        env=os.environ | {"PYTHONPATH": str(book.root / "code")},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    yield f"http://127.0.0.1:{port}/book/start.html"
    server.terminate()
    server.wait(timeout=SECONDS)
    log.close()


def comes_up(address):
    try:
        return urllib.request.urlopen(address).status == 200
    except OSError:
        return False


@pytest.mark.slow
def test_saving_a_chapter_or_a_module_reloads_the_page(book, preview, tabs):
    assert eventually(lambda: comes_up(preview)), (book.root / "serve.log").read_text("utf-8")
    page = tabs.open(preview)
    output = page.get_by_text("the value is")
    expect(output.last).to_contain_text("the value is 7")
    book.module("worlds/here.py", '"""A world for this test."""\n\nVALUE = 8\n')
    expect(output.last).to_contain_text("the value is 8", timeout=1000 * BUILD_SECONDS)
    book.page("start", PAGE + "\nA sentence that was not there before.\n")
    added = page.get_by_text("A sentence that was not there before.")
    expect(added).to_be_visible(timeout=1000 * BUILD_SECONDS)
