"""Data flows one way: who may import whom, read from the source itself."""

import ast
import subprocess
import sys
import sysconfig
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "code"
MODULES = sorted((CODE / "bigcurves").rglob("*.py")) + sorted((CODE / "bookkit").rglob("*.py"))
PACKAGES = sorted({path.parent for path in MODULES})
CHAPTERS = CODE / "bigcurves" / "chapters"
LIBRARY = ("worlds", "learners", "measures")
SEES = {  # room -> what of bigcurves it may import beside itself
    "sample": set(),
    "validation": {"sample"},
    "distances": {"sample"},
    "worlds": {"sample", "validation"},
    "learners": {"sample", "validation", "distances"},
    "measures": {"sample", "validation", "distances"},
    "plotting": set(),
    "provenance": set(),
    "running": {"provenance"},
    "claims": {"provenance", "running"},
    "recording": {"provenance", "running", "claims"},
    "cli": {"worlds", "provenance", "running", "claims", "recording"},
}
# What a module of a chapter may import beside its own chapter and those before it.
CHAPTER_SEES = ("sample", "validation", "distances", *LIBRARY, "claims.claim", "running.repeats")
DOUBTS_SEE = (*CHAPTER_SEES, "claims.choices", "claims.doubts")
CHARTS_SEE = ("plotting",)
SHOWING = ("figures", "tables", "numbers")  # modules of a chapter that turn runs into its page
SHOWING_SEES = (*CHAPTER_SEES, "claims.results", "running.runs", "running.catalogue", "plotting")
KNOWN_TO_BOOKKIT = tuple(
    f"bigcurves.{name}"
    for name in (
        *("provenance.closure", "provenance.code_key", "provenance.syntax"),
        *("running.catalogue", "running.index", "running.notes", "running.progress"),
        "running.record",
    )
)
MACHINE = (*LIBRARY, "plotting", "provenance", "running", "claims", "recording", "cli")
FORBIDDEN = {"utils", "helpers", "common", "misc"}
LONGEST = 220  # the aim is about 150: beyond this a module holds two ideas
FULLEST = 25  # files of a folder: beyond this it holds two subjects


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


def room_of(path):
    return path.relative_to(CODE / "bigcurves").with_suffix("").parts[0]


def chapter_of(module):
    """Name the chapter that a dotted name lies in, as `part.chapter`; none outside of them."""
    parts = module.split(".")
    inside = parts[:2] == ["bigcurves", "chapters"] and len(parts) > 4
    return ".".join(parts[2:4]) if inside else ""


def in_the_books_order():
    """List the chapters' rooms as the table of contents has their pages."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    parts = [chapter["file"] for part in contents["parts"] for chapter in part["chapters"]]
    for page in [contents["root"], *parts]:
        *part, name = page.removeprefix("book/").replace("-", "_").split("/")
        yield f"{part[0] if part else 'opener'}.{name}"


ORDER = [name for name in in_the_books_order() if (CHAPTERS / name.replace(".", "/")).is_dir()]


@every_module
def test_each_room_sees_only_those_below_it(path):
    ours = {name for name in imported(path) if name.startswith("bigcurves.")}
    parts = path.relative_to(CODE).parts
    if parts[0] == "bookkit":
        assert all(name.startswith(KNOWN_TO_BOOKKIT) for name in ours), "and not the science"
    elif (room := room_of(path)) in SEES:
        seen = {name.split(".")[1] for name in ours} - {room}
        assert seen <= SEES[room], f"{name_of(path)} imports {sorted(seen - SEES[room])}"


@pytest.mark.parametrize("path", sorted(CHAPTERS.glob("*/*/**/*.py")), ids=name_of)
def test_a_chapter_sees_earlier_chapters_and_its_charts_see_plotting_alone(path):
    own = chapter_of(".".join(path.relative_to(CODE).with_suffix("").parts))
    charts = path.parent.name == "charts"
    shows = SHOWING_SEES if path.stem in SHOWING else CHAPTER_SEES
    sees = CHARTS_SEE if charts else DOUBTS_SEE if path.stem == "doubts" else shows
    allowed = tuple(f"bigcurves.{name}" for name in sees)
    for name in imported(path):
        chapter = chapter_of(name)
        if charts and chapter:
            assert name.startswith(f"bigcurves.chapters.{own}.charts."), name
        elif chapter:
            assert ORDER.index(chapter) <= ORDER.index(own), f"{name} comes later in the book"
        elif name.startswith("bigcurves."):
            assert name.startswith(allowed), name


def test_a_page_sees_its_own_chapter_and_earlier_ones():
    for page in sorted((ROOT / "book").rglob("*.md")):
        *part, name = page.relative_to(ROOT / "book").with_suffix("").parts
        own = f"{part[0] if part else 'opener'}.{name}".replace("-", "_")
        for line in page.read_text("utf-8").splitlines():
            if line.startswith(("from bigcurves.chapters.", "import bigcurves.chapters.")):
                chapter = ".".join(line.split()[1].split(".")[2:4])
                assert ORDER.index(chapter) <= ORDER.index(own), f"{page}: {line}"


def test_every_room_of_a_chapter_has_its_page():
    rooms = {path.parent for path in CHAPTERS.glob("*/*/__init__.py")}
    assert {".".join(room.relative_to(CHAPTERS).parts) for room in rooms} == set(ORDER)


@every_module
def test_the_science_knows_nothing_of_the_site(path):
    if path.relative_to(CODE).parts[0] == "bigcurves":
        roots = {name.split(".")[0] for name in imported(path)}
        assert not roots & {"bookkit", "sphinx", "docutils", "myst_nb"}
        if room_of(path) != "plotting" and path.parent.name != "charts":
            assert "altair" not in roots


@pytest.mark.parametrize("path", PACKAGES, ids=name_of)
def test_a_folder_opens_with_one_line_that_says_what_it_holds(path):
    tree = ast.parse((path / "__init__.py").read_text("utf-8"))
    assert len((ast.get_docstring(tree) or "").splitlines()) == 1, "one line, please"
    if path.parent in PACKAGES and path.name in (*LIBRARY, "plotting"):
        for node in tree.body[1:]:
            assert isinstance(node, ast.ImportFrom), f"line {node.lineno} is no from-import"
            assert (node.module or "").startswith(f"bigcurves.{path.name}."), f"line {node.lineno}"
            assert all(alias.name != "*" for alias in node.names), f"line {node.lineno}"
    elif path.parent in PACKAGES:
        assert len(tree.body) == 1, "whoever needs a module imports it by its name"


def files_of_the_project():
    """List the files that a commit would hold."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for line in found.splitlines() if (path := ROOT / line).is_file()]


def test_no_folder_is_crowded():
    held = Counter(path.parent for path in files_of_the_project())
    held.pop(ROOT / "record")  # a file for each experiment
    crowded = {str(folder.relative_to(ROOT)): n for folder, n in held.items() if n > FULLEST}
    assert crowded == {}, f"at most {FULLEST} files: give them rooms by their subjects"


@pytest.mark.parametrize("room", MACHINE)
def test_each_module_of_a_machine_room_has_its_test_file(room):
    ours, tests = CODE / "bigcurves" / room, ROOT / "tests" / room
    modules = {path.relative_to(ours).with_suffix("") for path in ours.rglob("*.py")}
    tested = {
        path.relative_to(tests).with_name(path.stem.removeprefix("test_"))
        for path in tests.rglob("test_*.py")
    }
    lacking = {path for path in modules - tested if path.name != "__init__"}
    assert not lacking, f"tests/{room} lacks a file for {sorted(map(str, lacking))}"


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
