"""Imports are followed by name: what a text truly depends on, and nothing beside it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from bigcurves.provenance.closure import (
    SOURCE_ROOT,
    closure,
    definition,
    fingerprint,
    module_closure,
)

FILES = {
    "pack/__init__.py": "",
    "pack/worlds/__init__.py": (
        "from pack.worlds.ring import Ring as Ring\n"
        "from .line import Line as Renamed\n"
        "from .line import Line as Line\n"
    ),
    "pack/worlds/ring.py": "from pack.sample import Sample\n",
    "pack/worlds/line.py": "from ..sample import Sample\nfrom .checks import check\n",
    "pack/worlds/checks.py": "import math\n",
    "pack/sample.py": "import numpy\n",
    "pack/all.py": "from pack import worlds as again\n",
    "pack/loop.py": "import pack.pool\n",
    "pack/pool.py": "import pack.loop\n",
    "pack/later.py": "def work():\n    from pack.worlds import Ring\n",
}
EVERY_WORLD = {"worlds/__init__", "worlds/ring", "worlds/line", "worlds/checks", "sample"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def names(paths: Iterable[Path], root: Path) -> set[str]:
    return {path.relative_to(root / "pack").with_suffix("").as_posix() for path in paths}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from pack.worlds import Ring", {"worlds/ring", "sample"}),
        ("from pack.worlds import Ring as R", {"worlds/ring", "sample"}),
        ("from pack.worlds import Renamed", {"worlds/line", "worlds/checks", "sample"}),
        ("from pack.worlds import ring", {"worlds/ring", "sample"}),
        ("from pack.worlds.ring import Ring", {"worlds/ring", "sample"}),
        ("from pack.worlds.ring import *", {"worlds/ring", "sample"}),
        ("import pack.worlds.ring", {"worlds/ring", "sample"}),
        ("import pack.worlds as w", EVERY_WORLD),
        ("from pack import worlds", EVERY_WORLD),
        ("from pack.worlds import *", EVERY_WORLD),
        ("from pack.worlds import Unknown", EVERY_WORLD),
        ("from pack.all import again", {"all", *EVERY_WORLD}),
        ("import pack.loop", {"loop", "pool"}),
        ("def f():\n    from pack.worlds import Ring", {"worlds/ring", "sample"}),
        ("import numpy, math", set()),
        ("%matplotlib inline\nfrom pack.worlds import Ring", set()),
        ("", set()),
    ],
)
def test_what_a_text_imports(source: str, expected: set[str], root: Path) -> None:
    assert names(closure(source, root=root), root) == expected


@pytest.mark.parametrize(
    ("module", "name", "file", "known_as"),
    [
        ("pack.worlds", "Ring", "worlds/ring", "Ring"),
        ("pack.worlds", "Renamed", "worlds/line", "Line"),
        ("pack.worlds", "ring", "worlds/ring", "*"),
        ("pack.worlds.ring", "", "worlds/ring", "*"),
        ("pack.worlds", "*", "worlds/__init__", "*"),
        ("pack.worlds", "Unknown", "worlds/__init__", "Unknown"),
        ("pack.all", "again", "all", "again"),  # a module, and no package that re-exports
    ],
)
def test_a_name_is_found_where_it_is_defined_and_by_its_name_there(
    module: str, name: str, file: str, known_as: str, root: Path
) -> None:
    found, there = definition(module, name, root)
    assert (names(found, root), there) == ({file}, known_as)
    assert definition("numpy", name, root) == ([], "*")


def test_relative_imports_start_from_the_package(root: Path) -> None:
    found = closure("from .worlds import Ring", package="pack", root=root)
    assert names(found, root) == {"worlds/ring", "sample"}
    found = closure("from ..worlds import Ring", package="pack.deep", root=root)
    assert names(found, root) == {"worlds/ring", "sample"}
    found = closure("from . import sample", package="pack", root=root)
    assert names(found, root) == {"sample"}


def test_a_module_belongs_to_its_own_closure(root: Path) -> None:
    found = module_closure(root / "pack/later.py", root=root)
    assert names(found, root) == {"later", "worlds/ring", "sample"}


def test_a_link_counts_where_it_lies(root: Path) -> None:
    """What it leads to may lie in another folder, from which its imports would mean nothing."""
    (root / "elsewhere").mkdir()
    (root / "pack" / "later.py").rename(root / "elsewhere" / "later.py")
    (root / "pack" / "later.py").symlink_to(root / "elsewhere" / "later.py")
    found = module_closure(root / "pack/later.py", root=root)
    assert names(found, root) == {"later", "worlds/ring", "sample"}
    (root / "pack").rename(root / "elsewhere" / "pack")
    (root / "pack").symlink_to(root / "elsewhere" / "pack")
    assert module_closure(root / "pack/later.py", root=root) == found


def test_a_package_stands_before_a_module_of_its_name(root: Path) -> None:
    (root / "pack" / "sample").mkdir()
    (root / "pack" / "sample" / "__init__.py").touch()
    assert names(closure("import pack.sample", root=root), root) == {"sample/__init__"}


def test_an_edit_moves_the_fingerprint_of_those_who_import_it_only(root: Path) -> None:
    def print_of(source: str) -> str:
        return fingerprint(closure(source, root=root), root=root)

    ring, line = "from pack.worlds import Ring", "from pack.worlds import Line"
    before = print_of(ring), print_of(line)
    edited = root / "pack/worlds/checks.py"
    edited.write_text("import math  # edited\n", "utf-8")
    assert print_of(ring) == before[0]
    assert print_of(line) != before[1]
    with (root / "pack/sample.py").open("a", encoding="utf-8") as shared:
        shared.write("# edited too\n")
    assert print_of(ring) != before[0]


def test_a_fingerprint_sees_the_libraries_and_the_names(root: Path) -> None:
    files = closure("from pack.worlds import Ring", root=root)
    assert fingerprint(files, root=root) == fingerprint(reversed(files), root=root)
    assert fingerprint(files, root=root, libraries=["numpy"]) != fingerprint(files, root=root)
    assert fingerprint(files[:1], root=root) != fingerprint(files, root=root)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("from . import _compiled", ""),  # a compiled module, or a folder without `__init__`
        ("from pack.tools import _compiled", ""),
        ("from pack.other import _compiled", "from pack.tools import _compiled"),
        ("from .part import _compiled", ""),  # a file that is not there
    ],
)
def test_names_without_a_file_of_their_own_come_to_an_end(
    first: str, second: str, root: Path
) -> None:
    for name, text in (("tools", first), ("other", second)):
        (root / "pack" / name).mkdir()
        (root / "pack" / name / "__init__.py").write_text(text, "utf-8")
    found = names(closure("from pack.tools import _compiled", root=root), root)
    assert "tools/__init__" in found or "other/__init__" in found
    assert found <= {"tools/__init__", "other/__init__", "__init__"}


def test_among_installed_packages_only_ours_and_the_askers_are_followed(root: Path) -> None:
    """Beside numpy in one folder, a package follows itself and this one, and nothing else."""
    (root / "numeric-2.0.dist-info").mkdir()
    for name in ("numeric", "bigcurves"):
        (root / name).mkdir()
    (root / "numeric" / "__init__.py").write_text("from . import _core\n", "utf-8")
    (root / "bigcurves" / "__init__.py").write_text("import numeric\n", "utf-8")
    (root / "bigcurves" / "tool.py").write_text("from numeric import core\n", "utf-8")
    (root / "alone.py").write_text("import numeric\n", "utf-8")
    (root / "pack" / "own.py").write_text(
        "import numeric, alone, bigcurves.tool\nfrom numeric import _core\nimport pack.sample\n",
        "utf-8",
    )
    found = [
        path.relative_to(root).as_posix()
        for path in module_closure(root / "pack" / "own.py", root=root)
    ]
    assert found == ["bigcurves/tool.py", "pack/own.py", "pack/sample.py"]
    assert module_closure(root / "alone.py", root=root) == [root / "alone.py"]


def test_in_this_book_one_world_does_not_tie_to_another() -> None:
    def modules(source: str) -> set[str]:
        return {path.relative_to(SOURCE_ROOT).as_posix() for path in closure(source)}

    bar = modules("from bigcurves.worlds import BarWorld")
    digits = modules("from bigcurves.worlds import Digits")
    assert "bigcurves/worlds/bar.py" in bar - digits
    assert "bigcurves/worlds/digits.py" in digits - bar
    assert "bigcurves/sample.py" in bar & digits
    assert "bigcurves/worlds/__init__.py" not in bar | digits


def test_the_source_root_is_the_folder_that_holds_the_packages() -> None:
    assert Path(SOURCE_ROOT).name == "code"
    assert (SOURCE_ROOT / "bigcurves" / "provenance" / "closure.py").is_file()


def test_an_edit_of_the_look_reaches_every_chart() -> None:
    # The layer's `__init__` sets the look as it is imported, which a closure by name does not see.
    package = SOURCE_ROOT / "bigcurves"
    charts = sorted(package.glob("chapters/*/*/charts/*.py"))
    drawing = [path for path in charts if "alt.Chart(" in path.read_text("utf-8")]
    assert len(drawing) > 50
    for path in drawing:
        assert package / "plotting" / "theme.py" in module_closure(path), path
