"""The fixture of all commands: chapters that hold one coin."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.asking import COIN

from bigcurves import chapters


@pytest.fixture
def coin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let the chapters hold one coin, and the store be an empty folder."""
    folder = tmp_path / "bigcurves" / "chapters"
    folder.mkdir(parents=True)
    (folder / "coin.py").write_text(COIN)
    monkeypatch.setattr(chapters, "__path__", [str(folder)])
    monkeypatch.setenv("BIGCURVES_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("QUIET", "1")  # faults alone
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = set(sys.modules)
    yield folder / "coin.py"
    for name in set(sys.modules) - before:
        if name.startswith("bigcurves.chapters."):  # the coin, and what a test put beside it
            del sys.modules[name]
