"""A link to a page of the book holds for ever: the page stands there, or leads on.

A page is an address by being listed in `_toc.yml`, and what that file ever listed, git knows. So no
list is kept by hand. A clone without history knows what was listed when it was made, which is all
that can be lost in it; what was lost before was told in the clone where it happened, and to the
host, which clones with history.
"""

import re
import subprocess
from posixpath import join, normpath
from urllib.parse import urlsplit

import pytest
import yaml
from tests.conftest import ROOT

LISTED = re.compile(r"^[-+ ]\s*(?:- )?(?:file|root): *[\"']?([\w./-]+)", re.M)


def git(folder, *words):
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def known(root):
    """List the addresses that the contents of a book list, or have ever listed."""
    history = git(root, "log", "--patch", "-m", "--format=", "--", "_toc.yml")
    return set(LISTED.findall(history)) | standing(root)


def standing(root):
    """List the pages that the contents of a book list now."""
    return set(in_contents(yaml.safe_load((root / "_toc.yml").read_text("utf-8"))))


def in_contents(part):
    for name, value in part.items():
        if name in ("root", "file"):
            yield value
        elif isinstance(value, list):
            for item in value:
                yield from in_contents(item)


def redirects():
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    return config["sphinx"]["config"]["redirects"]


def lost(addresses, moved, standing):
    """List the addresses at which there is neither a page nor a way to one."""
    ends = {old: normpath(join("/", old, "..", urlsplit(new).path)) for old, new in moved.items()}
    reached = {old for old, end in ends.items() if end[1:].removesuffix(".html") in standing}
    return sorted(set(addresses) - standing - reached)


def test_no_address_of_the_book_is_lost():
    assert lost(known(ROOT), redirects(), standing(ROOT)) == []


@pytest.mark.parametrize(
    ("moved", "left"),
    [
        ({}, ["book/a"]),
        ({"book/a": "b.html"}, []),
        ({"book/a": "/book/b.html"}, []),
        ({"book/a": "../book/b.html#part"}, []),
        ({"book/a": "gone.html"}, ["book/a"]),
    ],
)
def test_a_page_that_moved_without_a_way_on_is_lost(moved, left):
    assert lost(["book/a", "book/b"], moved, {"book/b"}) == left


def contents(*pages, root="book/intro"):
    chapters = [{"file": page} for page in pages]
    return yaml.safe_dump({"root": root, "parts": [{"caption": "One", "chapters": chapters}]})


@pytest.fixture
def history(tmp_path):
    """Give a function that commits contents of a book, and the folder of its history."""
    folder = tmp_path / "book"
    folder.mkdir()
    git(folder, "init", "--quiet")

    def commit(*pages, **other):
        (folder / "_toc.yml").write_text(contents(*pages, **other), "utf-8")
        git(folder, "add", "_toc.yml")
        who = ["-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
        git(folder, *who, "commit", "--quiet", "--message", "contents")

    return commit, folder


def test_what_the_contents_ever_listed_is_known(history):
    commit, folder = history
    commit("book/one/a", "book/one/b-1")
    commit("book/one/b-1", root="book/start")
    commit("book/two/b-1", root="book/start")
    (folder / "_toc.yml").write_text(contents("book/two/new", root="book/start"), "utf-8")
    gone = {"book/intro", "book/one/a", "book/one/b-1", "book/two/b-1"}
    assert known(folder) == gone | {"book/start", "book/two/new"}
    assert lost(known(folder), {}, standing(folder)) == sorted(gone)


def test_a_clone_without_history_tells_what_is_lost_in_it(history, tmp_path):
    commit, folder = history
    commit("book/a")
    commit("book/b")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", folder.as_uri(), str(clone))
    assert known(clone) == {"book/intro", "book/b"}
    (clone / "_toc.yml").write_text(contents("book/c"), "utf-8")
    assert lost(known(clone), {}, standing(clone)) == ["book/b"]
