"""Chapters that hold one coin."""

import pytest
from tests.one_coin import holding_one_coin


@pytest.fixture
def coins(tmp_path, monkeypatch):
    """Let the chapters hold one coin and a module beside it; give their folder."""
    for coin in holding_one_coin(tmp_path, monkeypatch):
        (coin.parent / "helper_of_coins.py").write_text("SIDES = 2\n")
        yield coin.parent
