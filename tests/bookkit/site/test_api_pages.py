"""The pages of the code pass a strict build on every Python and with every numpy."""

import shutil

from tests.bookkit.execution.test_book import text_of
from tests.conftest import ROOT

# From 2.5 on (which needs Python 3.12) numpy's array type is an alias that keeps its bare name.
ALIAS = '''"""Arrays, annotated as numpy 2.5 does it."""

from dataclasses import dataclass

import numpy as np
from typing_extensions import TypeAliasType

NDArray = TypeAliasType("NDArray", np.ndarray)


@dataclass
class Held:
    """Arrays.

    Attributes
    ----------
    one
        Always there.
    other
        Perhaps there.
    """

    one: NDArray
    other: NDArray | None = None
'''
PAGE = "# Arrays\n\n```{eval-rst}\n.. automodule:: bigcurves.arrays\n   :members:\n```\n"


def test_the_pages_of_the_code_name_no_type_in_vain(book):
    shutil.copytree(ROOT / "book" / "back" / "api", book.root / "book", dirs_exist_ok=True)
    pages = sorted(path.stem for path in (ROOT / "book" / "back" / "api").glob("*.md"))
    book.module("arrays.py", ALIAS)
    book.page("arrays", PAGE, cells=False)
    book.contents(["arrays", *pages])
    built = book.build()
    assert built.returncode == 0, built.stderr
    assert "one (NDArray)" in text_of(book.html("arrays"))
