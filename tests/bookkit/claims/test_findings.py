"""The book's own sentences, in worlds where they must be untrue: the build stops at each."""

import re
import shutil

import pytest
from tests.conftest import ROOT

from bookkit.checks.shape import is_chapter
from bookkit.checks.source import pages
from bookkit.checks.text import findings

CALL = re.compile(r"verdicts\(([\w,\s]+?)\),\s*display=False")
IMPORT = "from bigcurves.claims.verdicts import verdicts\n"
ON_CONTROLS = """from functools import partial
verdicts = partial(verdicts, control=True, seeds=range(2))
"""


def chapters():
    texts = {page: (ROOT / f"{page}.md").read_text("utf-8") for page in pages(ROOT)}
    return [page for page, text in texts.items() if is_chapter(text) and any(findings(text))]


def test_each_chapter_with_findings_takes_its_verdicts_from_the_package():
    for page in chapters():
        text = (ROOT / f"{page}.md").read_text("utf-8")
        assert IMPORT in text, page
        assert CALL.search(text), f"{page} must name its experiments in the call of verdicts"


@pytest.mark.slow
@pytest.mark.parametrize("page", chapters())
def test_on_its_control_world_every_finding_of_a_chapter_is_flagged(book, page):
    # The chapter's figures come from the record as ever; only its claims are judged on controls.
    shutil.copytree(ROOT / "book", book.root / "book", dirs_exist_ok=True)
    # The chapter alone: what it says of other pages is warned about, and not looked at here.
    book.contents([page.removeprefix("book/")])
    path = book.root / f"{page}.md"
    text = path.read_text("utf-8").replace(IMPORT, f"{IMPORT}{ON_CONTROLS}")
    path.write_text(text, "utf-8")
    built = book.build()
    assert built.returncode == 1
    flagged = {int(n) for n in re.findall(rf"{page}\.md:(\d+): .*has fallen", built.stderr)}
    assert flagged, built.stderr
    assert flagged == {line for line, _ in findings(text)}
