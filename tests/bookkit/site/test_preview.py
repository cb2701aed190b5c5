"""The live preview serves the pages with its reload script, and nothing from outside the site."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient
from tests.patience import SECONDS

from bookkit.site.preview import Preview


@pytest.fixture
def preview(tmp_path):
    site = tmp_path / "site"
    (site / "book").mkdir(parents=True)
    (site / "index.html").write_text("<html><head></head><body>front</body></html>")
    (site / "book" / "page.html").write_text("<html><head></head><body>page</body></html>")
    (site / "style.css").write_text("body {}")
    (tmp_path / "secret.html").write_text("<head></head>secret")
    return Preview(tmp_path, site)


def client(preview):
    return TestClient(preview.app())  # without entering it: no watch, no build


@pytest.mark.parametrize(("path", "words"), [("/", "front"), ("/book/page.html", "page")])
def test_a_page_comes_with_the_reload_script_in_a_file_of_its_own(preview, path, words):
    html = client(preview).get(path).text
    assert words in html
    assert '<script src="/_preview/reload.js" defer></script></head>' in html
    assert "EventSource" in client(preview).get("/_preview/reload.js").text


def test_other_files_come_as_they_are(preview):
    assert client(preview).get("/style.css").text == "body {}"


@pytest.mark.parametrize("path", ["/nowhere.html", "/../secret.html", "/%2e%2e/secret.html"])
def test_what_is_not_in_the_site_is_not_served(preview, path):
    answer = client(preview).get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_finished_build_sends_one_event(preview, monkeypatch):
    class Process:
        async def wait(self):
            return 0

    async def start(*_command, **_where):
        return Process()

    monkeypatch.setattr(asyncio, "create_subprocess_exec", start)

    async def listen():
        events = preview.events()
        assert (await anext(events)).startswith(":")
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        await preview.build()
        return await asyncio.wait_for(waiting, timeout=SECONDS)

    # A thread of its own: the browser tests leave an event loop running in this one.
    with ThreadPoolExecutor() as pool:
        assert pool.submit(asyncio.run, listen()).result().startswith("event: rebuilt")
