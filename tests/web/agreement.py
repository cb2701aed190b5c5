"""One `node --test` for all that the page's scripts compute: what it told of each test, by name."""

import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

from tests.conftest import ROOT
from tests.patience import SECONDS
from tests.web.cases import bars, blends, clouds, covers, curves, draws, film, hulls, labels, words
from tests.web.cases.case import write_cases

from bookkit.assets.bundle import node_path

WEB = ROOT / "code" / "web"
# Importing a module registers its cases.
MODULES = (bars, blends, clouds, covers, curves, draws, film, hulls, labels, words)


def ask_node(folder: Path) -> None:
    """Write all cases into a folder, run all tests of the scripts on them, and keep the report."""
    cases, report = folder / "cases.json", folder / "report.xml"
    write_cases(cases)
    options = ["--test", "--test-isolation=none", "--test-reporter=junit"]
    done = subprocess.run(
        [node_path(), *options, *map(str, sorted((WEB / "test").glob("*.test.js")))],
        cwd=WEB,
        env=os.environ | {"BOOK_CASES": str(cases)},
        stdout=subprocess.PIPE,
        check=False,
        timeout=SECONDS,
    )
    report.write_bytes(done.stdout)


def told(folder: Path) -> dict[str, str]:
    """Map each test that Node has run to its fault, or to nothing."""
    faults: dict[str, str] = {}
    for test in ElementTree.parse(folder / "report.xml").iter("testcase"):
        found = [part.get("message", part.tag) for part in test]  # a failure, or a skip
        faults.setdefault(test.get("name", ""), "")
        faults[test.get("name", "")] += "; ".join(found)
    return faults
