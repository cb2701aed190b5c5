"""Chapters that hold one experiment with one claim, for tests of those who judge and run it."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bigcurves import chapters

COIN = '''"""A coin, fair or loaded.

The rest of the docstring.
"""

import time
from dataclasses import dataclass, replace

import numpy as np

from bigcurves.claims.claim import Claim, at_least, mean_where


@dataclass(frozen=True, kw_only=True)
class Settings:
    chance: float = 0.9


def run(settings, seed):
    throws = np.random.default_rng([seed, 1]).random(100) < settings.chance
    return [{"seed": seed, "side": "heads", "share": throws.mean()}]


def weigh_evenly(settings):
    """Let both sides fall alike.

    No more of this is told.
    """
    return replace(settings, chance=0.5)


CLAIMS = (
    Claim(
        id="coin-is-loaded",
        sentence="The coin falls on heads.",
        thread=3,
        chapter="manifold/coin",
        figure=lambda run: mean_where(run, side="heads")["share"],
        threshold=at_least(0.7),
        mutation=weigh_evenly,
    ),
)
'''


def holding_one_coin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let the chapters hold one coin, and the store be empty; give the coin's file."""
    inside = folder / "bigcurves" / "chapters"
    inside.mkdir(parents=True)
    (inside / "coin.py").write_text(COIN)
    monkeypatch.setattr(chapters, "__path__", [str(inside)])
    monkeypatch.setenv("BIGCURVES_STORE", str(folder / "store"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = set(sys.modules)
    yield inside / "coin.py"
    for name in set(sys.modules) - before:
        if name.startswith("bigcurves.chapters."):  # the coin, and what a test put beside it
            del sys.modules[name]
    importlib.invalidate_caches()
