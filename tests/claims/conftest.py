"""Chapters that hold one coin."""

import importlib
import sys

import pytest
from tests.claims.one_coin import COIN

from bigcurves import chapters


@pytest.fixture
def coins(tmp_path, monkeypatch):
    """Let the chapters hold one coin, and nothing else."""
    folder = tmp_path / "bigcurves" / "chapters"
    folder.mkdir(parents=True)
    monkeypatch.setattr(chapters, "__path__", [str(folder)])
    monkeypatch.setenv("BIGCURVES_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (folder / "coin.py").write_text(COIN)
    (folder / "helper_of_coins.py").write_text("SIDES = 2\n")
    yield folder
    sys.modules.pop("bigcurves.chapters.coin", None)
    importlib.invalidate_caches()
