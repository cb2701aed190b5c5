"""The files around the code hold together."""

import json
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PUBLIC = {"", "pypi.org", "files.pythonhosted.org", "registry.npmjs.org"}


def tracked():
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in listing.stdout.splitlines()]


def test_no_third_party_script_font_or_built_file_is_committed():
    endings = {".woff", ".woff2", ".ttf", ".otf", ".ipynb", ".pyc"}
    assert [path for path in tracked() if path.suffix in endings or ".min." in path.name] == []


def test_the_locks_fetch_from_public_registries_only():
    python = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    addresses = [package["source"].get("registry", "") for package in python]
    addresses += [wheel["url"] for package in python for wheel in package.get("wheels", [])]
    page = json.loads((ROOT / "code/web/package-lock.json").read_text("utf-8"))["packages"]
    addresses += [package.get("resolved", "") for package in page.values()]
    assert len(addresses) > 100
    assert {urlsplit(address).netloc for address in addresses} <= PUBLIC


def test_every_page_of_the_book_is_in_the_contents_and_exists():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    chapters = [
        toc,
        *toc.get("chapters", []),
        *(c for p in toc.get("parts", []) for c in p["chapters"]),
    ]
    listed = {entry.get("file", entry.get("root")) for entry in chapters}
    pages = {p.relative_to(ROOT).with_suffix("").as_posix() for p in (ROOT / "book").rglob("*.md")}
    assert listed == pages


VERBS = ("book", "test", "test-all", "record", "verify", "serve", "check", "update", "clean")


@pytest.mark.parametrize("verb", VERBS)
def test_make_help_lists_every_verb(verb):
    listing = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"make {verb} " in listing.stdout
