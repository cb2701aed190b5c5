"""How a figure is made: below the call in its cell, the source of the functions behind it.

A figure cell holds `page.fold()` and nothing else. What a reader wants to see stands in the
chapter's own modules: the method, the tables that it draws, the chart's function. They are read
from the files as the page is built, so that what is shown is what has run.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from bigcurves.provenance.closure import SOURCE_ROOT, definition
from bookkit.execution.python import python_of

SHOW, HIDE = "How this figure is made", "Fold this away"
CHARTS = "charts"  # the folder of a chapter's charts; of these the called function alone is shown
WORDS = "describe"  # what a chart says aloud is no part of how it is drawn


@dataclass(frozen=True)
class Piece:
    """A function's source, and the file that it stands in, below the source root."""

    file: Path
    source: str


@dataclass
class Made:
    """The pieces behind one figure, in the order in which they are first used."""

    root: Path
    pieces: list[Piece] = field(default_factory=list)

    def method(self, module: Path, owner: str, name: str) -> None:
        """Add a method of a class, and what it uses."""
        found = _in_class(module, owner, name, self.root)
        if found:
            self._add(*found, module, owner)

    def _function(self, module: Path, name: str) -> None:
        found = _parsed(module).functions.get(name)
        if found:
            self._add(module, found, module, "")

    def _add(self, file: Path, function: ast.FunctionDef, module: Path, owner: str) -> None:
        """Add a function, once; in a chart's module nothing further is followed."""
        piece = Piece(file.relative_to(self.root), _source(file, function))
        if piece in self.pieces:
            return
        self.pieces.append(piece)
        if file.parent.name == CHARTS:
            return
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id == "self":
                    self.method(module, owner, node.attr)
                elif not node.attr.startswith(WORDS):
                    self._of_module(file, node.value.id, node.attr)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                self._called(file, node.func.id)

    def _called(self, file: Path, name: str) -> None:
        """Follow a function that is called by its bare name, in this module or beside it."""
        if name in _parsed(file).functions:
            self._function(file, name)
        elif origin := _parsed(file).imports.get(name):
            files, known_as = definition(*origin, self.root)
            if files and known_as != "*" and files[0].parent == file.parent:
                self._function(files[0], known_as)

    def _of_module(self, file: Path, name: str, function: str) -> None:
        """Follow a function of a chart's module, which is imported as a whole."""
        if origin := _parsed(file).imports.get(name):
            files, known_as = definition(*origin, self.root)
            if files and known_as == "*" and files[0].parent.name == CHARTS:
                self._function(files[0], function)


@dataclass(frozen=True)
class _Parsed:
    """A module's functions, classes and imported names."""

    functions: dict[str, ast.FunctionDef]
    classes: dict[str, ast.ClassDef]
    imports: dict[str, tuple[str, str]]


def _parsed(path: Path) -> _Parsed:
    return _parse(path.read_text("utf-8"))


@lru_cache(maxsize=256)
def _parse(text: str) -> _Parsed:
    body = ast.parse(text).body
    return _Parsed(
        functions={line.name: line for line in body if isinstance(line, ast.FunctionDef)},
        classes={line.name: line for line in body if isinstance(line, ast.ClassDef)},
        imports=dict(_imports(body)),
    )


def _imports(body: list[ast.stmt]) -> Iterator[tuple[str, tuple[str, str]]]:
    """List what is imported by `from`: the name here, and where it is from."""
    for line in body:
        if isinstance(line, ast.ImportFrom) and not line.level:
            for alias in line.names:
                yield alias.asname or alias.name, (line.module or "", alias.name)


def _in_class(
    module: Path, owner: str, name: str, root: Path
) -> tuple[Path, ast.FunctionDef] | None:
    """Find a method in a class, or in those that it is built upon."""
    parsed = _parsed(module)
    if owner not in parsed.classes:
        files, known_as = definition(*parsed.imports.get(owner, ("", "")), root)
        return _in_class(files[0], known_as, name, root) if files and known_as != "*" else None
    for line in parsed.classes[owner].body:
        if isinstance(line, ast.FunctionDef) and line.name == name:
            return module, line
    for base in parsed.classes[owner].bases:
        if isinstance(base, ast.Name) and (found := _in_class(module, base.id, name, root)):
            return found
    return None


def _source(file: Path, function: ast.FunctionDef) -> str:
    """Cut a function out of its file, decorators included, moved to the left edge."""
    first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
    lines = file.read_text("utf-8").splitlines()[first - 1 : function.end_lineno]
    return "\n".join(line[function.col_offset :] for line in lines)


def pieces_behind(code: str, pages: dict[str, Path], root: Path = SOURCE_ROOT) -> list[Piece]:
    """List the sources behind a figure cell.

    Parameters
    ----------
    code
        The cell's text. What it draws is its last line, a call such as `page.fold()`.
    pages
        For each name of a chapter's page in the cells so far, the file with its class `Page`.
    root
        The folder that holds the packages.
    """
    try:
        body = ast.parse(python_of(code)).body
    except SyntaxError:
        return []
    match body[-1:]:
        case [ast.Expr(ast.Call(ast.Attribute(ast.Name(name), method)))] if name in pages:
            made = Made(root)
            made.method(pages[name], "Page", method)
            return made.pieces
    return []


def pages_made(code: str, imports: dict[str, tuple[str, str]], root: Path) -> dict[str, Path]:
    """Find the names that a cell gives to pages, `page = figures.page(...)`, and their files.

    `imports` holds what the cells so far have imported, and takes up what this one does.
    """
    try:
        body = ast.parse(python_of(code)).body
    except SyntaxError:
        return {}
    imports |= dict(_imports(body))
    found = {}
    for line in body:
        match line:
            case ast.Assign([ast.Name(name)], ast.Call(ast.Attribute(ast.Name(module), "page"))):
                files, _ = definition(*imports.get(module, ("", "")), root)
                if files:
                    found[name] = files[0]
    return found


class ShowHowItIsMade(SphinxTransform):
    """Put the sources behind a figure below the call in its cell."""

    default_priority = 400

    def apply(self, **_: Any) -> None:
        """Look at every cell of the page, in their order."""
        imports: dict[str, tuple[str, str]] = {}
        pages: dict[str, Path] = {}
        for cell in self.document.findall(nodes.container):
            source = cell.children[0] if cell.children else None
            if cell.get("nb_element") == "cell_code" and isinstance(source, nodes.container):
                code = source.astext()
                pages |= pages_made(code, imports, SOURCE_ROOT)
                if pieces := pieces_behind(code, pages):
                    cell["prompt_show"], cell["prompt_hide"] = SHOW, HIDE
                    source.extend(_shown(pieces))


def _shown(pieces: list[Piece]) -> Iterator[nodes.Node]:
    """Show pieces file by file, in the order of their first use, each file's name above it."""
    for file in dict.fromkeys(piece.file for piece in pieces):
        name = nodes.literal("", file.as_posix())
        yield nodes.paragraph("", "", nodes.Text("From "), name, classes=["made-in"])
        text = "\n\n".join(piece.source for piece in pieces if piece.file == file)
        yield nodes.literal_block(text, text, language="python")


def connect(app: Sphinx) -> None:
    """Connect the transform to Sphinx."""
    app.add_transform(ShowHowItIsMade)
