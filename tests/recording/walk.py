"""A layer of one small experiment, with a record and a store of its own, for tests of both."""

import importlib
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bigcurves import chapters

WALK = '''"""A walk of some steps, and how far it leads."""

import os
from dataclasses import dataclass, replace

import numpy as np

from bigcurves.claims.claim import Claim, at_least
from bigcurves.running.repeats import close, exact, trained


@dataclass(frozen=True, kw_only=True)
class Settings:
    steps: int = 50
    drift: float = 1.0


def run(settings, seed):
    """Return the walk's end; `skill` stands for what training gives."""
    rng = np.random.default_rng([seed, 1])
    moves = settings.drift + rng.standard_normal(settings.steps)
    skill = 10 + rng.standard_normal() + float(os.environ.get("WALK_SHIFT", 0))
    end = moves.sum() * (1 + float(os.environ.get("WALK_ROUNDING", 0)))
    rows = [{"seed": seed, "part": "end", "steps": settings.steps, "far": end, "skill": skill}]
    return rows * (1 + int(os.environ.get("WALK_TWICE", 0)))


REPEATS = exact("part steps") | close("far") | trained("skill")


def stand(settings):
    """Take the drift away."""
    return replace(settings, drift=0.0)


def stop(settings):
    """Take one step."""
    return replace(settings, steps=1)


CLAIMS = (
    Claim(
        id="walk-leads-far",
        sentence="A walk with a drift leads far.",
        thread=3,
        chapter="manifold/walk",
        figure=lambda run: run["far"].mean(),
        threshold=at_least(20),
        mutation=stand,
    ),
    Claim(
        id="walk-is-skilled",
        sentence="It learns.",
        thread=3,
        chapter="manifold/walk",
        figure=lambda run: run["skill"].mean(),
        threshold=at_least(5),
        mutation=stop,
    ),
)
'''


class Walk:
    """The experiment's file, and where its record and store lie."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.record, self.store = root / "record", root / "store"
        self.module = root / "bigcurves" / "chapters" / "walk.py"
        self.file = self.record / "walk.jsonl.xz"
        self.index = self.record / "index.csv"

    def write(self, text: str = WALK) -> None:
        """Write the experiment, and forget that it was imported."""
        self.module.write_text(text, "utf-8")
        sys.modules.pop("bigcurves.chapters.walk", None)
        importlib.invalidate_caches()

    def edit(self, old: str, new: str) -> None:
        text = self.module.read_text("utf-8")
        assert old in text
        self.write(text.replace(old, new))

    def forget_store(self) -> None:
        for path in self.store.rglob("*.jsonl"):
            path.unlink()


def text_of(path: Path) -> bytes:
    return lzma.decompress(path.read_bytes())


@pytest.fixture
def walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """Let the chapters hold a walk, and nothing else; nothing is recorded yet."""
    folder = tmp_path / "bigcurves" / "chapters"
    folder.mkdir(parents=True)
    monkeypatch.setattr(chapters, "__path__", [str(folder)])
    monkeypatch.setenv("BIGCURVES_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("BIGCURVES_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("BIGCURVES_JOBS", "1")
    monkeypatch.delenv("BIGCURVES_NOTES", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    found = Walk(tmp_path)
    found.write()
    yield found
    sys.modules.pop("bigcurves.chapters.walk", None)
    importlib.invalidate_caches()
