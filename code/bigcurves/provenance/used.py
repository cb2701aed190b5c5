"""What of a module a run can reach: its claims, and what only they use, are left out."""

import ast
import re
from collections.abc import Collection

# What an experiment says of its runs.
ABOUT_RUNS = frozenset({"CLAIMS", "REPEATS", "ALSO_SHOWN", "OF_WORLD", "CALLED"})
DECLARED = "DEPENDS_ON"  # it speaks for the run, whoever else reads it


def only_used(body: list[ast.stmt], used: Collection[str]) -> list[ast.stmt]:
    """Leave out of a module's body its claims, and imports that nothing uses.

    Parameters
    ----------
    body
        The lines of a normal form.
    used
        The names that others take from the module; "*" among them for any.
    """
    return _without_idle_imports(_without_claims(body, used), used)


def _without_claims(body: list[ast.stmt], used: Collection[str]) -> list[ast.stmt]:
    """Leave out the claims that no run reads, and the definitions that only they reach."""
    about = [line for line in body if _is_about(line)]
    if not about:
        return body
    every = {name for line in body if line not in about for name in _defines(line)}
    asked = every if "*" in used else {"run", "Settings", DECLARED, *used}
    done = {name for line in body if not _defines(line) for name in _loads(line)}
    read = _reached(asked | done, body) & ABOUT_RUNS
    about = [line for line in about if not _defines(line) & read]
    rest = [line for line in body if line not in about]
    by_claims = _reached({name for line in about for name in _loads(line)}, rest)
    roots = {name for line in rest if not _defines(line) & by_claims for name in _loads(line)}
    needed = _reached(roots | asked, rest)
    return [line for line in rest if not _defines(line) or _defines(line) - (by_claims - needed)]


def _is_about(line: ast.stmt) -> bool:
    """Tell a line that gives a meaning to words about runs, and to nothing else."""
    names = _defines(line)
    return bool(names) and names <= ABOUT_RUNS


def _without_idle_imports(body: list[ast.stmt], used: Collection[str]) -> list[ast.stmt]:
    """Leave out names that are imported and never used, as those of annotations."""
    loads = {name for line in body for name in _loads(line)}
    asked = {*loads, *used, DECLARED, "*"}
    kept: list[ast.stmt] = []
    for line in body:
        if isinstance(line, ast.ImportFrom) and "*" not in used:
            names = [a for a in line.names if (a.asname or a.name) in asked]
            if names:
                kept.append(ast.ImportFrom(module=line.module, names=names, level=line.level))
        else:
            kept.append(line)
    return kept


def _reached(names: set[str], body: list[ast.stmt]) -> set[str]:
    """List the names of a module that some names lead to, through its definitions."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        found |= waiting
        leads = {name for line in body if _defines(line) & waiting for name in _loads(line)}
        waiting = leads - found
    return found


def _defines(line: ast.stmt) -> set[str]:
    """List the names that a line of a module's body gives a meaning."""
    if isinstance(line, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {line.name}
    if isinstance(line, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in line.names}
    if isinstance(line, ast.Assign):
        nodes = [node for target in line.targets for node in ast.walk(target)]
        return {node.id for node in nodes if isinstance(node, ast.Name)}
    return set()


def _loads(line: ast.AST) -> set[str]:
    """List the names that a line may read, those inside annotations in quotes included."""
    names = {node.id for node in ast.walk(line) if isinstance(node, ast.Name)}
    for node in ast.walk(line):
        if isinstance(node, ast.AnnAssign | ast.arg):
            quoted = node.annotation
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            quoted = node.returns
        else:
            continue
        for text in ast.walk(quoted) if quoted else ():
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                names |= set(re.findall(r"\w+", text.value))
    return names
