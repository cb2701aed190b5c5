"""`make bench`: measure what the project holds itself to, each beside its goal and its baseline.

A group is a module of this folder with a function `measure` that yields rows. Timings depend
on the machine and its other work, so they are printed and never asserted. Groups that take
minutes run only when they are named: `make bench ONLY=loop`, or another of `APART`.
"""

import importlib
import os
import platform
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bigcurves.provenance.machine import processor

GROUPS = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))
# Names that hold machinery for the groups rather than figures.
MACHINERY = {"browse", "machine", "row"}
# Groups that run only when they are named: they take minutes, or write a file.
APART = {"loop", "pages", "experiments", "claims", "memories", "mnist"}


def main(chosen: list[str]) -> None:
    groups = [name for name in GROUPS if name not in MACHINERY]
    usual = [name for name in groups if name not in APART]
    unknown = sorted(set(chosen) - set(groups))
    if unknown:
        sys.exit(f"no benchmark named {', '.join(unknown)}; there are: {', '.join(groups)}")
    console = Console(width=120)
    console.print(f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in chosen or usual:
        table = Table("figure", "measured", "goal", "baseline", "ratio", title=name)
        try:
            for row in importlib.import_module(name).measure():
                table.add_row(*row.cells())
                sys.stderr.write(f"{row.figure}: {row.cells()[1]}\n")  # some take minutes
        finally:  # what was measured before a fault is kept
            console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
