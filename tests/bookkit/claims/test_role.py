"""The book's own sentences, when their claims have fallen: the build stops at each."""

import re
import shutil

import pytest
from tests.conftest import ROOT
from tests.contracts.showing import NAMES, page_of

from bookkit.execution.cells import code_cells

CALL = "glue_all(page.numbers)\n"
FALLEN = """from dataclasses import replace
fallen = {claim: (False, "on its control") for claim in page.numbers.results}
glue_all(replace(page.numbers, results=fallen))
"""


def marked_lines(text):
    """List the lines that name claims; a caption's mark is told at its cell."""
    cells = {line: cell.line for cell in code_cells(text) for line in range(cell.line, cell.begins)}
    for number, line in enumerate(text.splitlines(), start=1):
        if "{claim}`" in line:
            yield cells.get(number, number)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_where_its_claim_has_fallen_every_finding_of_a_chapter_is_flagged(book, name):
    # That a claim does fall on its control is for `tests/claims`; here all are told as fallen.
    shutil.copytree(ROOT / "book", book.root / "book", dirs_exist_ok=True)
    page = page_of(name).relative_to(ROOT / "book").with_suffix("").as_posix()
    # The chapter alone: what it says of other pages is warned about, and not looked at here.
    book.contents([page])
    path = book.root / "book" / f"{page}.md"
    assert path.read_text("utf-8").count(CALL) == 1
    text = path.read_text("utf-8").replace(CALL, f"{CALL}{FALLEN}")
    path.write_text(text, "utf-8")
    built = book.build()
    assert built.returncode == 1
    flagged = {int(n) for n in re.findall(rf"{page}\.md:(\d+): .*has fallen", built.stderr)}
    assert flagged, built.stderr
    assert flagged == set(marked_lines(text))
