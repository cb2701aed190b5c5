"""What a network costs as a hashtable, in time: ONLY=memories, since it writes what a page reads.

A thousand random keys of 16 bits with a random bit each are stored in every kind of memory that
the experiment `hashtable` counts the bits of. The table goes to the chapter's `costs.py` with
its date, the processor's model and the versions. Processor time, on one thread.
"""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from machine import versions
from row import Row, seconds
from threadpoolctl import threadpool_limits

from bigcurves.chapters.discrete.hashtable import hashtable
from bigcurves.learners import BitStore, build_xor_table, min_width_search
from bigcurves.learners.bit_store import store_bits
from bigcurves.provenance.machine import processor
from bigcurves.worlds import Keys

COUNT = 1024  # of keys
COSTS = Path(str(hashtable.__file__)).with_name("costs.py")
HEAD = '''"""What memories cost in time. Written by `make bench ONLY=memories`, never by hand.

`build` is in milliseconds; `one` and `many` in microseconds per key, asked one by one and all
at once.
"""

'''


@dataclass(frozen=True, kw_only=True)
class Memory:
    """How a kind of memory is built, asked for one key, and asked for all of them."""

    name: str
    build: Callable[[], Any]
    one: Callable[[Any], list[int]]
    many: Callable[[Any], Any]
    builds: int = 5  # timed


def measure() -> Iterator[Row]:
    """Time every memory, each beside the dict, and write the table."""
    with threadpool_limits(limits=1):
        costs = [timed(memory) for memory in memories()]
    plain = costs[0]
    for each in costs:
        for name, unit in (("build", "ms"), ("one", "us/key"), ("many", "us/key")):
            yield Row(
                figure=f"{each['memory']}, {name} (baseline: dict)",
                measured=each[name],
                unit=unit,
                baseline=plain[name],
            )
    write(costs)


def memories() -> Iterator[Memory]:
    """List the kinds of memory, the dict first, all for the same keys."""
    world, rng = Keys(), np.random.default_rng([0, COUNT])
    sample = world.sample(COUNT, rng)
    X, y = sample.inputs, np.asarray(sample.targets)
    keys = np.rint(np.asarray(sample.latents)[:, 0] * world.universe).astype(np.int64)
    listed, bits = keys.tolist(), y.tolist()
    rows = [X[i : i + 1] for i in range(COUNT)]

    def narrow() -> tuple[BitStore, BitStore]:
        return min_width_search(X, y, np.random.default_rng([0, COUNT, 1]))

    reliable = narrow()[1].width
    starts = iter(range(1000))
    networks: dict[str, Any] = {
        "one": lambda net: [int(net.predict(row)[0]) for row in rows],
        "many": lambda net: net.predict(X),
    }
    yield Memory(
        name="Python dict",
        build=lambda: dict(zip(listed, bits, strict=True)),
        one=lambda table: [table[key] for key in listed],
        many=operator.itemgetter(*listed),
        builds=101,
    )
    yield Memory(
        name="bitmap",
        build=lambda: bitmap(listed, bits, world.universe),
        one=lambda table: [table[key >> 3] >> (key & 7) & 1 for key in listed],
        many=lambda table: np.frombuffer(table, np.uint8)[keys >> 3] >> (keys & 7) & 1,
        builds=101,
    )
    yield Memory(
        name="xor table",
        build=lambda: build_xor_table(keys, y, np.random.default_rng(0)),
        one=lambda table: [int(table.lookup(keys[i : i + 1])[0]) for i in range(COUNT)],
        many=lambda table: table.lookup(keys),
    )
    yield Memory(
        name="reliable network",
        build=lambda: store_bits(X, y, reliable, np.random.default_rng(next(starts))),
        **networks,
    )
    # Narrow networks are found by trying: the whole search is what one of them costs.
    yield Memory(name="smallest network", build=lambda: narrow()[0], **networks, builds=1)


def bitmap(keys: list[int], bits: list[int], universe: int) -> bytearray:
    """Keep a bit for every key that there could be."""
    table = bytearray(universe // 8)
    for key, bit in zip(keys, bits, strict=True):
        table[key >> 3] |= bit << (key & 7)
    return table


def timed(memory: Memory) -> dict[str, Any]:
    """Check that a memory answers every key as the dict does, and time it."""
    built = memory.build()
    one, many = memory.one(built), np.asarray(memory.many(built))
    if not (np.asarray(one) == many).all():
        raise ValueError(f"{memory.name} must answer one key as it answers many")
    return {
        "memory": memory.name,
        "build": round(1e3 * seconds(memory.build, runs=memory.builds), 4),
        "one": round(1e6 * seconds(lambda: memory.one(built)) / COUNT, 4),
        "many": round(1e6 * seconds(lambda: memory.many(built), runs=101) / COUNT, 5),
    }


def write(costs: list[dict[str, Any]]) -> None:
    """Write the dated table as a module, so that a page that imports it sees when it changes."""
    about = {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": processor(),
        "keys": COUNT,
        **versions("numpy"),
    }
    lines = [HEAD, "MEASURED_ON = {\n", *(f"    {q(k)}: {q(v)},\n" for k, v in about.items())]
    lines.append("}\n\nCOSTS = [\n")
    for each in costs:
        lines += ["    {\n", *(f"        {q(k)}: {q(v)},\n" for k, v in each.items()), "    },\n"]
    COSTS.write_text("".join([*lines, "]\n"]), "utf-8")


def q(value: object) -> str:
    """Write a value as the formatter would."""
    return f'"{value}"' if isinstance(value, str) else repr(value)
