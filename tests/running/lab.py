"""A package of one experiment outside the book's, with a log and a store of its own."""

import importlib
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from bigcurves.running import runs

EXPERIMENT = """
from dataclasses import dataclass
from pathlib import Path
import time
import warnings

import numpy as np
from threadpoolctl import threadpool_info

from lab.scale import SCALE


@dataclass(frozen=True, kw_only=True)
class Settings:
    n: int = 3
    log: str = ""
    pause: float = 0.0
    fault: str = ""


def run(settings, seed):
    if settings.log:
        with Path(settings.log).open("a") as log:
            log.write(f"{seed}\\n")
        while Path(f"{settings.log}.hold-{seed}").exists():  # until the test lets it go on
            time.sleep(0.01)
    time.sleep(settings.pause)
    if settings.fault == "global":
        np.random.random()
    if settings.fault == "raise":
        raise RuntimeError("the world ended")
    if settings.fault.startswith("Could"):
        warnings.warn(settings.fault)
    if settings.fault == "threads":
        threads = max(pool["num_threads"] for pool in threadpool_info())
        return [{"seed": seed, "threads": threads}]
    values = SCALE * np.random.default_rng([seed, 1]).standard_normal(settings.n)
    if settings.fault == "nan":
        values[0] = np.nan
    rows = [{"seed": seed, "place": i, "value": v, "big": v > 1} for i, v in enumerate(values)]
    return [] if settings.fault == "empty" else rows
"""


class Lab:
    """A package of one experiment outside the book's."""

    def __init__(self, root: Path) -> None:
        self.root, self.log, self.store = root, root / "log.txt", root / "store"
        (root / "lab").mkdir()
        self.write("__init__", "")
        self.write("scale", "SCALE = 2.0\n")
        self.write("unused", "")
        self.write("draws", EXPERIMENT)

    def write(self, name: str, text: str) -> None:
        (self.root / "lab" / f"{name}.py").write_text(text)

    def load(self) -> ModuleType:
        for name in [name for name in sys.modules if name.split(".")[0] == "lab"]:
            del sys.modules[name]
        importlib.invalidate_caches()
        return importlib.import_module("lab.draws")

    def run(
        self, *, seeds: Iterable[Any] = range(3), jobs: int | None = 1, **settings: Any
    ) -> pd.DataFrame:
        module = self.load()
        chosen = module.Settings(log=str(self.log), **settings)
        return runs.run(module, chosen, seeds, jobs=jobs, store=self.store)

    def ran(self) -> list[int]:
        """List the seeds that were truly run, in order."""
        return [int(line) for line in self.log.read_text().split()] if self.log.exists() else []

    def entries(self) -> list[Path]:
        return sorted(self.store.rglob("*.jsonl"))

    def files(self) -> list[str]:
        """List every file of the store, temporary ones too."""
        return sorted(path.name for path in self.store.rglob("*") if path.is_file())

    def process(self, **arguments: Any) -> subprocess.Popen[bytes]:
        """Start the same call in a process of its own, which prints its table."""
        text = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
        code = f"""
        from pathlib import Path
        from bigcurves.running import runs
        from lab import draws
        if __name__ == "__main__":
            settings = draws.Settings(log={str(self.log)!r}, pause=0.1)
            table = runs.run(draws, settings, store=Path({str(self.store)!r}), {text})
            print(table.to_json(orient="values", double_precision=15))
        """
        script = self.root / "go.py"
        script.write_text(textwrap.dedent(code))
        return subprocess.Popen([sys.executable, "-W", "error", script], stdout=subprocess.PIPE)


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # two edits within a second look alike
    return Lab(tmp_path)
