"""A cell's Python as IPython reads it, and whether all that it runs can be read there.

A cell may hold more than Python: magics (`%time f()`, `%%bash`), shell commands (`!ls`) and help
(`f?`). IPython's own reader turns them into calls, so that the imports around them stay known.
What such a call runs is Python again (`%%time`), harmless (`%matplotlib inline`), or something
that nobody can follow from here, such as a shell; then we say so.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

RUNS_PYTHON = {"time", "timeit", "capture", "prun"}
HARMLESS = {
    *("matplotlib", "config", "precision", "pprint", "xmode", "colors", "pinfo", "pinfo2"),
    *("psearch", "pwd", "who", "whos", "who_ls", "pdef", "pdoc", "lsmagic", "alias_magic"),
}
STARTS_PROGRAMS = {"subprocess", "multiprocessing", "runpy", "pty"}
SHELL_CALLS = {"os.system", "os.popen", "os.startfile"}
RUNS_TEXT = {"exec", "eval"}
IMPORTS = {"__import__", "import_module", "importlib.import_module"}


@dataclass(frozen=True)
class Read:
    """What a cell was found to run.

    Attributes
    ----------
    python
        Texts that parse as Python, the cell's own first.
    opaque
        What nobody can follow from here, in the words of a message; empty if there is nothing.
    """

    python: tuple[str, ...]
    opaque: str = ""


def python_of(code: str) -> str:
    """Turn IPython's own lines into Python; text that is Python already stays as it is."""
    try:
        ast.parse(code)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        manager: Any = TransformerManager
        return str(manager().transform_cell(code))
    return code


def read(code: str) -> Read:
    """Read a cell, and the Python within its magics."""
    text = python_of(code)
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return Read((), "it cannot be parsed")
    python, opaque = [text], ""
    for node in ast.walk(tree):
        found = _followed(node)
        python += found.python
        opaque = opaque or found.opaque
    return Read(tuple(python), opaque)


def _followed(node: ast.AST) -> Read:
    """Follow what a part of a cell runs beyond the imports that it states."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [alias.name for alias in node.names]
        roots = {node.module or ""} if isinstance(node, ast.ImportFrom) else set(names)
        started = sorted(STARTS_PROGRAMS & {root.partition(".")[0] for root in roots})
        return Read((), f"it can start programs by {started[0]}" if started else "")
    if not isinstance(node, ast.Call):
        return Read(())
    called = ast.unparse(node.func)
    if called.startswith("get_ipython()."):
        return _of_ipython(called.partition(".")[2], list(_constants(node)))
    if called in SHELL_CALLS:
        return Read((), f"it runs a shell by {called}")
    if called in RUNS_TEXT:
        return Read((), f"it runs text by {called}()")
    if called in IMPORTS:
        names = list(_constants(node))
        if len(names) == len(node.args) == 1 and not names[0].startswith("."):
            return Read((f"import {names[0]}",))
        return Read((), f"the name that {called}() imports is not written out")
    return Read(())


def _of_ipython(method: str, words: list[str]) -> Read:
    """Follow a magic or a shell command."""
    if method not in ("run_line_magic", "run_cell_magic") or not words:
        shown = words[0].strip() if words else method
        return Read((), f"it runs a shell command, !{shown}")
    name, line, *body = words
    if name in HARMLESS:
        return Read(())
    if name not in RUNS_PYTHON:
        return Read((), f"nobody can follow %{name} from here")
    inner = [read(text) for text in (_without_options(line), *body)]
    opaque = next((each.opaque for each in inner if each.opaque), "")
    return Read(tuple(text for each in inner for text in each.python), opaque)


def _without_options(line: str) -> str:
    """Take options such as `-n 10` off the front of a magic's line."""
    words = line.split(" ")
    while words and (words[0].startswith("-") or words[0].isdecimal() or not words[0]):
        words.pop(0)
    return " ".join(words)


def _constants(node: ast.Call) -> Iterator[str]:
    """List the texts among a call's arguments, in their order."""
    for argument in node.args:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value
