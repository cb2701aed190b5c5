"""A small package of one experiment and the modules behind it, which tests edit."""

from pathlib import Path

EXPERIMENT = '''"""An experiment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from lab.claim import Claim, Rows
from lab.worlds import Ring
from lab.measures import spread

if TYPE_CHECKING:
    import pandas as pd

SCALE = 2.0


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is measured."""

    n: int = 100
    radius: float = 1.0


def run(settings: Settings, seed: int) -> Rows:
    """Return a row."""
    if settings.n < 1:
        raise ValueError(f"n must be at least 1, got {settings.n}")
    rows: Rows = []
    world = Ring(settings.radius)
    points = world.sample(settings.n, np.random.default_rng([seed, 1]))
    rows.append({"seed": seed, "spread": SCALE * spread(points)})  # the whole result
    return rows


def _figure(run: pd.DataFrame) -> float:
    """Read the claim's figure."""
    return float(run["spread"].mean())


def shrink(settings: Settings) -> Settings:
    """Shrink the ring to a point."""
    return replace(settings, radius=0.0)


REPEATS = {"spread": 1e-9}
CLAIMS = (Claim(sentence="It is wide.", figure=_figure, mutation=shrink),)
'''
FILES = {
    "lab/__init__.py": "",
    "lab/claim.py": "Rows = list\n\n\nclass Claim:\n    pass\n",
    "lab/worlds/__init__.py": (
        "from lab.worlds.ring import Ring as Ring\nfrom lab.worlds.line import Line as Line\n"
    ),
    "lab/worlds/ring.py": (
        "from lab.checks import positive\n\n\nclass Ring:\n"
        "    def __init__(self, radius, noise=0.1):\n        self.radius = positive(radius)\n"
    ),
    "lab/worlds/line.py": "class Line:\n    pass\n",
    "lab/checks.py": (
        "def positive(value):\n    assert value > 0, 'below zero'\n    return value\n"
    ),
    "lab/measures.py": (
        "FLOOR = 0.5\n\n\ndef spread(points):\n    return max(FLOOR, points.std())\n"
    ),
    "lab/wide.py": EXPERIMENT,
}


def write_lab(root: Path) -> Path:
    """Write the package below a folder, and return the folder."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, "the edit must find its place"
    path.write_text(text.replace(old, new, 1), "utf-8")


def declare(root: Path, text: str) -> None:
    edit(root, "lab/measures.py", "FLOOR = 0.5\n", f"FLOOR = 0.5\nDEPENDS_ON = {text}\n")
