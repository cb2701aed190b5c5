"""The book's own sentences, when their claims have fallen: the build stops at each."""

import re
import shutil

import pytest
from tests.conftest import ROOT

from bookkit.checks.shape import is_chapter
from bookkit.checks.source import pages
from bookkit.checks.text import findings

CALL = "glue_all(page.numbers)\n"
FALLEN = """from dataclasses import replace
fallen = {claim: (False, "on its control") for claim in page.numbers.verdicts}
glue_all(replace(page.numbers, verdicts=fallen))
"""


def chapters():
    texts = {page: (ROOT / f"{page}.md").read_text("utf-8") for page in pages(ROOT)}
    return [page for page, text in texts.items() if is_chapter(text) and any(findings(text))]


@pytest.mark.slow
@pytest.mark.parametrize("page", chapters())
def test_where_its_claim_has_fallen_every_finding_of_a_chapter_is_flagged(book, page):
    # That a claim does fall on its control is for `tests/claims`; here all are told as fallen.
    shutil.copytree(ROOT / "book", book.root / "book", dirs_exist_ok=True)
    # The chapter alone: what it says of other pages is warned about, and not looked at here.
    book.contents([page.removeprefix("book/")])
    path = book.root / f"{page}.md"
    assert path.read_text("utf-8").count(CALL) == 1
    text = path.read_text("utf-8").replace(CALL, f"{CALL}{FALLEN}")
    path.write_text(text, "utf-8")
    built = book.build()
    assert built.returncode == 1
    flagged = {int(n) for n in re.findall(rf"{page}\.md:(\d+): .*has fallen", built.stderr)}
    assert flagged, built.stderr
    assert flagged == {line for line, _ in findings(text)}
