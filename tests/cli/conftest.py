"""The fixture of all commands: chapters that hold one coin."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.one_coin import holding_one_coin


@pytest.fixture
def coin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let the chapters hold one coin, the store be empty, and commands say faults alone."""
    monkeypatch.setenv("QUIET", "1")
    yield from holding_one_coin(tmp_path, monkeypatch)
