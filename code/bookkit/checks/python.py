"""The Python of the pages' cells, under the linter and the type checker.

Each page's cells are written as one module, every line at the number that it has on the page, so
that a fault is reported where its author finds it.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from bookkit.execution.cells import code_cells
from bookkit.execution.contents import pages
from bookkit.execution.python import python_of

# What a page is by its nature: imports below text, blank lines where the text stands, a value on a
# cell's last line, functions that a reader reads without a docstring.
OF_PAGES = ("B018", "B905", "D", "E402", "I001", "T201", "W391")


def as_module(text: str) -> str:
    """Write a page's cells as a module whose lines have the page's numbers."""
    lines = [""] * (text.count("\n") + 1)
    for cell in code_cells(text):
        code = python_of(cell.code).splitlines()
        lines[cell.begins - 1 : cell.begins - 1 + len(code)] = code
    return "\n".join(lines).rstrip("\n") + "\n"


def check_cells(root: Path, folder: Path) -> str:
    """Check the cells of all pages of the book at `root`.

    Parameters
    ----------
    root
        The folder of the book, with `pyproject.toml`, which configures both tools.
    folder
        Where the modules are written.

    Returns
    -------
    What the tools report, with the pages' names; nothing if there are no faults.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = {}
    for page in pages(root):
        text = (root / f"{page}.md").read_text("utf-8")
        if code_cells(text):
            module = folder / f"page_{page.replace('/', '_').replace('-', '_')}.py"
            module.write_text(as_module(text), "utf-8")
            names[str(module.relative_to(root))] = f"{page}.md"
    python = [sys.executable, "-m"]
    ruff = ["ruff", "check", "--quiet", "--output-format", "concise"]
    said = [
        _run(root, [*python, *ruff, "--extend-ignore", ",".join(OF_PAGES), *names]),
        _run(root, [*python, "mypy", "--no-error-summary", *names]),
    ]
    text = "".join(said)
    for name, page in names.items():
        text = text.replace(name, page)
    return text


def _run(root: Path, command: list[str]) -> str:
    """Run a tool; give what it says if it finds faults."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return f"{done.stdout}{done.stderr}" if done.returncode else ""
