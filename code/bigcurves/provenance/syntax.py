"""Python source in one normal form: what a run may depend on, and nothing else.

Two texts have the same normal form when a run cannot tell them apart: comments, docstrings, the
texts of errors, annotations that nothing reads, imports for the type checker, and an experiment's
`CLAIMS`, `REPEATS` and `ALSO_SHOWN`, unless a run reads them, with whatever only they use, are
left out. Constants, defaults, helpers and the fields of classes stay.

`ast.dump` writes nearly every file differently from one version of Python to the next. This form
names a node's fields and leaves out the empty ones, so that 3.11 to 3.14 write the same.
"""

import ast
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

from bigcurves.provenance.used import only_used

ALL = frozenset({"*"})  # every name of a module
_UNSEEN = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
# These leave a function's annotations alone; any other decorator may read them.
_BLIND = frozenset(
    {"property", "staticmethod", "classmethod", "cache", "lru_cache", "cached_property", "override"}
)
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def normal(source: str, used: Collection[str] = ALL) -> ast.Module:
    """Parse a module and leave out what no run can depend on.

    Parameters
    ----------
    source
        The module's text.
    used
        The names that others take from it; `ALL` if they can take any.

    Raises
    ------
    SyntaxError
        If the text is no Python.
    """
    tree = _Normaliser().visit(ast.parse(source))
    return ast.Module(body=only_used(tree.body, used), type_ignores=[])


def is_experiment(tree: ast.Module) -> bool:
    """Tell an experiment from other modules: it has `Settings` and `run`."""
    named = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {"Settings", "run"} <= {line.name for line in tree.body if isinstance(line, named)}


def write(node: Any, imports: Mapping[tuple[str, str], str] | None = None) -> str:
    """Write a tree as one line of text, the same in every version of Python.

    Parameters
    ----------
    node
        A normal tree.
    imports
        What stands for an imported name: by its module, with leading dots, and the name itself
        (none for a whole module). What is not in it is written as it stands.
    """
    if isinstance(node, ast.Module):  # the order of imports, and how they are gathered, is taste
        loads = {part for line in node.body for part in _imported(line, imports or {})}
        rest = [line for line in node.body if not isinstance(line, ast.Import | ast.ImportFrom)]
        return " ".join([*sorted(loads), write(rest, imports)])
    if isinstance(node, ast.Import | ast.ImportFrom):
        return f"[{' '.join(sorted(_imported(node, imports or {})))}]"
    if isinstance(node, ast.Constant):
        return f"({type(node.value).__name__} {node.value!a})"
    if isinstance(node, ast.JoinedStr):
        return f"(JoinedStr {' '.join(write(part, imports) for part in _joined(node))})"
    if isinstance(node, ast.AST):
        fields = (
            f"{name}={write(value, imports)}"
            for name, value in ast.iter_fields(node)
            if value is not None and value != [] and name not in _UNSEEN
        )
        return f"({' '.join([type(node).__name__, *fields])})"
    if isinstance(node, list):
        return f"[{' '.join(write(item, imports) for item in node)}]"
    return ascii(node)


def _imported(line: ast.stmt, imports: Mapping[tuple[str, str], str]) -> Iterable[str]:
    """Write each name that a line imports."""
    if isinstance(line, ast.Import):
        for alias in line.names:
            yield f"(import {imports.get((alias.name, ''), '')}:{alias.name}:{alias.asname})"
    elif isinstance(line, ast.ImportFrom):
        module = "." * line.level + (line.module or "")
        for alias in line.names:
            source = imports.get((module, alias.name), f"{module}:{alias.name}")
            yield f"(from {source} as {alias.asname or alias.name})"


def _joined(node: ast.JoinedStr) -> Iterable[ast.expr]:
    """List an f-string's parts; versions differ in where they cut its plain text."""
    parts: list[ast.expr] = []
    for part in node.values:
        last = parts[-1] if parts else None
        if isinstance(part, ast.Constant) and isinstance(last, ast.Constant):
            parts[-1] = ast.Constant(value=str(last.value) + str(part.value))
        elif not (isinstance(part, ast.Constant) and part.value == ""):
            parts.append(part)
    return parts


class _Normaliser(ast.NodeTransformer):
    """Leave out, bottom up, what is for people and for type checkers."""

    def __init__(self) -> None:
        self._in_class = [False]

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        body = getattr(node, "body", None)
        if isinstance(body, list):  # a text alone does nothing: a docstring, or a note
            kept = [line for line in body if not _is_text(line)]
            empty = isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) and not kept
            node.body = [ast.Pass()] if empty else kept  # type: ignore[attr-defined]
        return node

    def visit_If(self, node: ast.If) -> Any:
        test = node.test
        name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
        if name == "TYPE_CHECKING":
            kept = [self.visit(line) for line in node.orelse]
            return [line for line in kept if line is not None]
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self._in_class.append(True)
        try:
            return self.generic_visit(node)
        finally:
            self._in_class.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        self.generic_visit(node)
        if self._in_class[-1]:  # a dataclass reads it
            return node
        if node.value is None:
            return None
        return ast.Assign(targets=[node.target], value=node.value)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.exc, ast.Call):
            _Wordless().generic_visit(node.exc)
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        node.msg = None
        return self.generic_visit(node)

    def _function(self, node: Function) -> ast.AST:
        self._in_class.append(False)
        try:
            self.generic_visit(node)
        finally:
            self._in_class.pop()
        if all(_name_of(decorator) in _BLIND for decorator in node.decorator_list):
            node.returns = None
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
        return node


class _Wordless(ast.NodeTransformer):
    """Take the words out of what is raised; what kind of error it is, and its numbers, stay."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(value="") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, _: ast.JoinedStr) -> ast.AST:
        return ast.Constant(value="")


def _is_text(line: ast.AST) -> bool:
    value = line.value if isinstance(line, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _name_of(decorator: ast.expr) -> str:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
