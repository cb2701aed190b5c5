"""Run hostile inputs by hand: `python tests/hostile --only worlds --count 5000 --first 0`.

Prints the failures, grouped by function and fault, with the number of one input each; `--count 1
--first 123 --trace` makes that one input again and shows what it gives. `--only` takes a layer or
the beginning of a function's name. Inputs run in a child process, so that a crash is told too.
"""

# ruff: noqa: T201 (what it prints is its answer)
import argparse
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import IO

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.hostile.everything import ALL, call_of, recipe_of  # noqa: E402
from tests.hostile.harness import judge  # noqa: E402
from tests.patience import SECONDS  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="measures, learners, worlds, or a name")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--guard", type=float, default=SECONDS, help="after which a call hangs")
    parser.add_argument("--trace", action="store_true")
    asked = parser.parse_args()
    numbers = list(islice(_chosen(asked.only, asked.first), asked.count))
    if asked.trace:
        for number in numbers:
            call = call_of(number)
            print(number, call, flush=True)
            print(call())
        return
    groups: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for number, fault in _judged(numbers, asked.guard):
        if fault:
            layer, recipe = recipe_of(number)
            alike = re.sub(r"[-+]?\d[\d.e+-]*", "#", fault)[:70]
            groups[f"{layer} {recipe.name}", alike].append((number, fault))
    for (name, alike), found in sorted(groups.items()):
        print(f"{len(found):5} {name}: {alike}")
        print(f"        {found[0][0]}: {str(call_of(found[0][0]))[:300]}: {found[0][1]}")
    failed = sum(map(len, groups.values()))
    print(f"{len(numbers) - failed} of {len(numbers)} are clean")


def _chosen(only: str, first: int) -> Iterator[int]:
    """Count up from the first number, leaving out what is not asked for."""
    if not any(only in ("", layer) or recipe.name.startswith(only) for layer, recipe in ALL):
        sys.exit(f"nothing is called {only}")
    for number in count(first):
        layer, recipe = recipe_of(number)
        if only in ("", layer) or recipe.name.startswith(only):
            yield number


def _judged(numbers: list[int], guard: float) -> Iterator[tuple[int, str | None]]:
    """Judge inputs in a child process; one that dies of an input is followed by another."""
    left = list(numbers)
    while left:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            with os.fdopen(writing, "w") as out:
                _work(left, guard, out)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as lines:
            for line in lines:
                number, fault = json.loads(line)
                left.remove(number)
                yield number, fault
        status = os.waitpid(child, 0)[1]
        if left and status:
            yield left.pop(0), f"a crash: the process ended with {status}"


def _work(numbers: list[int], guard: float, out: IO[str]) -> None:
    for number in numbers:
        fault = judge(call_of(number), guard=guard)
        print(json.dumps([number, fault]), file=out, flush=True)


if __name__ == "__main__":
    main()
