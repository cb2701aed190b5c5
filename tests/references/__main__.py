"""Write `measured.md`: every figure of the designs beside what twenty seeds measure.

    python tests/references

Names of experiments limit it to them, and print instead of writing.
"""

import platform
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from bigcurves.references import Reference, compare, load

HERE = Path(__file__).parent
LIBRARIES = ("numpy", "scipy", "scikit-learn")
HEAD = """# The designs' figures, and ours

Written by `python tests/references` on {day}, Python {python}, {libraries}; 20 seeds.
The designs were tried out before the package was written.
Their figures are reference points and no targets.
A figure agrees when its 95 % interval comes within a twentieth of the reference, or within what
`references.toml` says; a gate or a range is held against the mean.
Where one differs, the cause is written in `references.toml`, and here.
A cause names what was changed, all else kept, and what the figure reads then, mostly on a few
seeds.
`gates.md` tells why six claims ask for less than the designs' gates.
The slow test `tests/test_references.py` fails for a difference without a cause, and for a cause
without a difference.
"""
TABLE = "| figure | reference | measured, 95 % interval | |\n|---|---|---|---|"


def lines(found: Iterable[tuple[Reference, object]]) -> Iterator[str]:
    """Write a table for each experiment."""
    for name, group in groupby(found, key=lambda pair: pair[0].experiment):
        yield f"\n## {name}\n\n{TABLE}"
        for each, interval in group:
            wanted = f"{each.reference:.4g}" if each.reference is not None else gate(each)
            measured = f"{interval.mean:.4g} ({interval.low:.4g} to {interval.high:.4g})"
            word = "agrees" if each.agrees(interval) else f"differs: {each.cause or 'NO CAUSE'}"
            yield f"| {each.figure} | {wanted} | {measured} | {word} |"


def gate(each: Reference) -> str:
    """Write a gate as a range."""
    if each.low == -float("inf"):
        return f"at most {each.high:g}"
    return (
        f"at least {each.low:g}" if each.high == float("inf") else f"{each.low:g} to {each.high:g}"
    )


def main(chosen: list[str]) -> None:
    references = load(HERE / "references.toml")
    if chosen:
        found = lines(compare([each for each in references if each.experiment in chosen]))
        sys.stdout.write("\n".join(found) + "\n")
        return
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    day = datetime.now(UTC).date()
    head = HEAD.format(day=day, python=platform.python_version(), libraries=libraries)
    text = head + "\n".join(lines(compare(references))) + "\n"
    (HERE / "measured.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
