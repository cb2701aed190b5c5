"""The stub of a chapter: what it refuses, what it writes, and that it builds and passes at once."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest
import yaml
from tests.conftest import ROOT
from tests.patience import BUILD_SECONDS

from bookkit.stub.write import StubError, write_stub

CONTENTS = """\
format: jb-book
root: book/start
parts:
  - caption: Density
    chapters:
      - file: book/density/start
  - caption: Back matter
    chapters:
      - file: book/back/teachers
"""
CHAPTERS = ("first-walk", "second-walk", "third-walk-of-the-labels")
CONTRACTS = ("charts", "exercises", "experiments", "figures")


def lay_out(root):
    """Lay out contents with one part that may hold chapters, and its first page."""
    (root / "_toc.yml").write_text(CONTENTS, "utf-8")
    for name in ("start", "density/start"):
        page = root / "book" / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("# A start\n\nHere.\n", "utf-8")
    (root / "book" / "back").mkdir()
    (root / "book" / "back" / "teachers.md").write_text("# All\n\n```{teachers}\n```\n", "utf-8")
    (root / "code" / "bigcurves" / "chapters" / "density").mkdir(parents=True, exist_ok=True)


@pytest.fixture
def small(tmp_path):
    lay_out(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("part", "chapter", "said"),
    [
        (
            "density",
            "Random",
            "a chapter is named by lower-case words joined by hyphens, such as random, not Ran",
        ),
        ("density", "random_walk", "joined by hyphens, such as random-walk, not random_walk"),
        ("density", "2-walks", "joined by hyphens, such as walks, not 2-walks"),
        ("density", "../walk", "a chapter is named by lower-case words joined by hyphens"),
        ("density", "walks-on-more-than-a-line", "at most 24 characters, .*-a-line has 25"),
        ("density", "lambda", "no module of a chapter can be called lambda"),
        ("density", "figures", "no module of a chapter can be called figures"),
        ("densty", "walk", "there is no part densty; there are density$"),
        ("back", "walk", "there is no part back; there are density$"),
        ("density", "start", "there is a book/start.md already"),
        ("density", "dust", "an experiment is called dust already"),
    ],
)
def test_what_cannot_be_a_chapter_is_refused_in_a_line_and_nothing_is_written(
    small, part, chapter, said
):
    before = sorted(small.rglob("*"))
    with pytest.raises(StubError, match=said) as refused:
        write_stub(small, part, chapter)
    assert "\n" not in str(refused.value)
    assert sorted(small.rglob("*")) == before
    assert (small / "_toc.yml").read_text("utf-8") == CONTENTS


def test_a_chapter_is_seven_files_and_is_written_once(small):
    before = {path for path in small.rglob("*") if path.is_file()}
    told = write_stub(small, "density", "some-walk")
    made = {path for path in small.rglob("*") if path.is_file()} - before
    opening = {path for path in made if path.name == "__init__.py"}
    assert made - opening | {small / "_toc.yml"} == set(told)
    assert len(told) == 7
    assert all(len(path.read_text("utf-8").splitlines()) == 1 for path in opening)
    assert all("$" not in path.read_text("utf-8") for path in told)
    contents = yaml.safe_load((small / "_toc.yml").read_text("utf-8"))
    listed = [page["file"] for page in contents["parts"][0]["chapters"]]
    assert listed == ["book/density/start", "book/density/some-walk"]
    told[0].write_text("mine", "utf-8")
    with pytest.raises(StubError, match=r"there is a book/density/some-walk\.md already"):
        write_stub(small, "density", "some-walk")
    assert told[0].read_text("utf-8") == "mine"


def test_a_chapter_asks_about_the_two_before_it(small):
    for chapter, asked in zip((*CHAPTERS, "last-walk"), (0, 1, 2, 2), strict=True):
        page = write_stub(small, "density", chapter)[0].read_text("utf-8")
        assert page.count("{recall}") == asked
    assert page.index(f":reread: {CHAPTERS[1]}") < page.index(f":reread: {CHAPTERS[2]}")
    assert "what does *Second walk* tell" in page


@pytest.fixture
def stubs(book):
    """Give a book of three chapters as they are written, and a function that runs tools in it."""
    lay_out(book.root)
    (book.root / "record").unlink()  # a link, and the record of the book stays as it is
    shutil.copytree(ROOT / "record", book.root / "record")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tests", book.root / "tests", ignore=ignored)

    def run(*words):
        own = os.environ | {"PYTHONPATH": str(book.root / "code"), "BIGCURVES_JOBS": "1"}
        return subprocess.run(
            [sys.executable, "-m", *words],
            cwd=book.root,
            env=own,
            capture_output=True,
            text=True,
            timeout=BUILD_SECONDS,
            check=False,
        )

    for chapter in CHAPTERS:
        made = run("bookkit", "new", "density", chapter)
        assert made.returncode == 0, made.stderr
        assert f"wrote book/density/{chapter}.md" in made.stdout
    return book, run


@pytest.mark.slow
def test_a_stub_is_recorded_builds_and_passes(stubs):
    book, run = stubs
    refused = run("bookkit", "new", "density", "first-walk")
    assert refused.returncode == 1
    assert "there is a book/density/first-walk.md already" in refused.stderr
    recorded = run("bigcurves", "record")
    assert recorded.returncode == 0, recorded.stderr
    built = book.build(RECORDED="1")
    assert built.returncode == 0, built.stderr
    assert book.html("back/teachers").count("</strong>, 5 minutes.") == 3
    chapters = [f"tests/chapters/density/test_{name.replace('-', '_')}.py" for name in CHAPTERS]
    contracts = [f"tests/contracts/test_{name}.py" for name in CONTRACTS]
    architecture = "tests/test_architecture.py"
    passed = run("pytest", "-q", "-k", "walk", *chapters, *contracts, architecture)
    assert passed.returncode == 0, passed.stdout
    assert "skipped" not in passed.stdout


@pytest.mark.slow
@pytest.mark.skipif(not find_spec("ruff"), reason="the group `check` is not installed")
def test_a_stub_is_as_tidy_as_the_rest(stubs):
    _, run = stubs
    own = ["code/bigcurves/chapters/density", "tests/chapters/density"]
    for words in (
        ("ruff", "check", "--no-cache", *own),
        ("ruff", "format", "--no-cache", "--check", *own),
        ("mypy", own[0]),
        ("bookkit", "cells"),
    ):
        done = run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
