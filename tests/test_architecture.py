"""Data flows one way: who may import whom, read from the source itself."""

import ast
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "code"
MODULES = sorted((CODE / "bigcurves").rglob("*.py")) + sorted((CODE / "bookkit").rglob("*.py"))
LAYERS = ("worlds", "learners", "measures", "experiments", "charts")
SEES = {  # layer -> what of bigcurves it may import, itself included
    "sample": set(),
    "closure": set(),
    "worlds": {"sample"},
    "learners": {"sample"},
    "measures": {"sample"},
    "experiments": {"sample", "worlds", "learners", "measures"},
    "charts": set(),
}
KNOWN_TO_BOOKKIT = (
    "bigcurves.closure",
    *(
        f"bigcurves.running.{name}"
        for name in ("code_key", "index", "notes", "progress", "record", "syntax")
    ),
)
FORBIDDEN = {"utils", "helpers", "common", "misc"}
LONGEST = 220  # the aim is about 150: beyond this a module holds two ideas


def name_of(path):
    return path.relative_to(CODE).with_suffix("").as_posix()


def every_module(test):
    return pytest.mark.parametrize("path", MODULES, ids=name_of)(test)


def imported(path):
    """List the absolute dotted names that a module imports, at its top or inside."""
    package = list(path.relative_to(CODE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def layer_of(path):
    return path.relative_to(CODE / "bigcurves").with_suffix("").parts[0]


@every_module
def test_each_layer_sees_only_what_stands_before_it(path):
    parts = path.relative_to(CODE).parts
    inner = {name.split(".")[1] for name in imported(path) if name.startswith("bigcurves.")}
    if parts[0] == "bookkit":
        whole = {name for name in imported(path) if name.startswith("bigcurves.")}
        assert all(name.startswith(KNOWN_TO_BOOKKIT) for name in whole), "and not the science"
    elif layer_of(path) in SEES:
        allowed = SEES[layer_of(path)] | ({layer_of(path)} & set(LAYERS))
        assert inner <= allowed, f"{name_of(path)} imports {sorted(inner - allowed)}"


@every_module
def test_the_science_knows_nothing_of_the_site(path):
    if path.relative_to(CODE).parts[0] == "bigcurves":
        roots = {name.split(".")[0] for name in imported(path)}
        assert not roots & {"bookkit", "sphinx", "docutils", "myst_nb"}
        if layer_of(path) != "charts":
            assert "altair" not in roots or layer_of(path) in {"__main__"}


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_opens_with_a_docstring_and_imports_only(layer):
    tree = ast.parse((CODE / "bigcurves" / layer / "__init__.py").read_text("utf-8"))
    assert ast.get_docstring(tree)
    for node in tree.body[1:]:
        assert isinstance(node, ast.ImportFrom), f"line {node.lineno} is no from-import"
        assert (node.module or "").startswith(f"bigcurves.{layer}."), f"line {node.lineno}"
        assert all(alias.name != "*" for alias in node.names), f"line {node.lineno} hides names"


def test_the_source_root_is_no_package():
    assert not (CODE / "__init__.py").exists()


def test_import_code_is_the_standard_librarys():
    script = "import code; print(code.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert Path(found.stdout.strip()).parent == Path(sysconfig.get_path("stdlib"))


def test_no_folder_or_file_has_a_name_that_says_nothing():
    folders = [CODE, ROOT / "tests"]
    paths = [path for folder in folders for path in folder.rglob("*")]
    named = {path for path in paths if path.stem in FORBIDDEN and "node_modules" not in path.parts}
    assert not named


@every_module
def test_modules_stay_short(path):
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST, f"{name_of(path)} has {lines} lines: split it by idea"


@every_module
def test_the_seed_is_never_global(path):
    text = path.read_text("utf-8")
    assert "np.random.seed" not in text
    assert "default_rng()" not in text
