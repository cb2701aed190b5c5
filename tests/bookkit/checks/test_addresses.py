"""A link to a page of the book holds for ever: the page stands there, or leads on."""

from posixpath import join, normpath
from urllib.parse import urlsplit

import pytest
import yaml
from tests.conftest import ROOT

LIST = ROOT / "book" / "addresses.txt"


def known():
    lines = LIST.read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def redirects():
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    return config["sphinx"]["config"]["redirects"]


def in_contents(part):
    for name, value in part.items():
        if name in ("root", "file"):
            yield value
        elif isinstance(value, list):
            for item in value:
                yield from in_contents(item)


def pages():
    return set(in_contents(yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))))


def lost(addresses, moved, standing):
    """List the addresses at which there is neither a page nor a way to one."""
    ends = {old: normpath(join("/", old, "..", urlsplit(new).path)) for old, new in moved.items()}
    reached = {old for old, end in ends.items() if end[1:].removesuffix(".html") in standing}
    return sorted(set(addresses) - standing - reached)


def test_no_address_of_the_book_is_lost():
    assert lost(known(), redirects(), pages()) == []


def test_every_page_is_on_the_list_once_and_in_order():
    assert pages() - set(known()) == set()
    assert known() == sorted(set(known()))


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
