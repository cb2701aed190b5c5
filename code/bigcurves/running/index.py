"""The record's index: a table that a diff can show of what was run, with what, and its means.

Its rows come in groups, one for the runs of one setting that were made alike. The first row of a
group tells their key, what they were made with, and the mean of their seconds; each further row
the mean of one column, so that runs made anew change it only where a mean has moved.
"""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from bigcurves.provenance.machine import FIELDS
from bigcurves.running.record import SUFFIX, Run

HEAD = ("experiment", "key", "settings", "seeds", "column", "mean", *FIELDS)
SECONDS = "seconds"
NAME = "index.csv"
HowMade: TypeAlias = Mapping[tuple[str, str, int], Mapping[str, Any]]  # experiment, key, seed


@dataclass(frozen=True)
class Group:
    """Recorded runs of one setting that were made alike, in the order of their seeds."""

    experiment: str
    settings: str
    made: Mapping[str, Any]
    runs: list[Run] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def write(groups: Iterable[Group]) -> str:
    """Write the index as CSV."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEAD)
    for group in groups:
        about = (group.experiment, group.runs[0].key, group.settings, _ranges(group.runs))
        mean = f"{_mean(group.seconds):.3f}" if group.seconds else ""
        table.writerow((*about, SECONDS, mean, *(group.made.get(name, "") for name in FIELDS)))
        for column, value in means(group.runs).items():
            rest = (group.settings, _ranges(group.runs), column, f"{value:.6g}")
            table.writerow((group.experiment, "", *rest, *("" for _ in FIELDS)))
    return text.getvalue()


def read(text: str) -> HowMade:
    """Read how each run was made: by experiment, key and seed.

    Raises
    ------
    ValueError
        If it is no index: its first line is another, or a line does not fit, as after a merge.
    """
    table = csv.DictReader(io.StringIO(text), strict=True)
    if tuple(table.fieldnames or ()) != HEAD:
        raise ValueError(f"its first line must be {','.join(HEAD)}")
    found: dict[tuple[str, str, int], dict[str, Any]] = {}
    for row in table:
        if None in row.values() or None in row:
            raise ValueError(f"line {table.line_num} has another number of fields")
        if row["column"] == SECONDS:
            made: dict[str, Any] = {name: row[name] for name in FIELDS}
            if row["mean"]:
                made[SECONDS] = float(row["mean"])
            for part in row["seeds"].split():
                first, _, end = part.partition(":")
                for seed in range(int(first), int(end)):
                    found[row["experiment"], row["key"], seed] = made
    return found


def load(folder: Path) -> tuple[HowMade, str]:
    """Read the index: how each run was made, and what is wrong with it."""
    path = folder / NAME
    try:
        return read(path.read_text("utf-8")), ""
    except (FileNotFoundError, NotADirectoryError):
        return {}, f"{path} is missing" if any(folder.glob(f"*{SUFFIX}")) else ""
    except (ValueError, KeyError, csv.Error, OSError) as error:
        return {}, f"{path} is damaged ({error}): how runs were made is told as far as it is known"


def usual_seconds(how: HowMade, experiment: str) -> float:
    """Say how long a run of an experiment takes on average; 0 where nobody has taken the time."""
    times = [made.get(SECONDS) for (name, *_), made in how.items() if name == experiment]
    known = [float(seconds) for seconds in times if seconds]
    return sum(known) / len(known) if known else 0.0


def means(runs: Sequence[Run]) -> dict[str, float]:
    """Average each column of numbers over all rows that have it."""
    values: dict[str, list[float]] = {}
    for run in runs:
        for row in run.rows:
            for column, value in row.items():
                if isinstance(value, bool | int | float) and column != "seed":
                    values.setdefault(column, []).append(float(value))
    return {column: _mean(found) for column, found in values.items()}


def _mean(values: Sequence[float]) -> float:
    """Average numbers alike on every Python: from 3.12 on, `sum` rounds otherwise than before."""
    return math.fsum(values) / len(values)


def grouped(
    experiment: str, changes: Mapping[str, Any], runs: Iterable[tuple[Run, Mapping[str, Any]]]
) -> list[Group]:
    """Gather the runs of one setting by how they were made."""
    groups: dict[tuple[Any, ...], Group] = {}
    settings = json.dumps(changes, default=str) if changes else ""
    for run, made in runs:
        kind = tuple(made.get(name, "") for name in FIELDS)
        group = groups.setdefault(kind, Group(experiment, settings, made))
        group.runs.append(run)
        if SECONDS in made:
            group.seconds.append(float(made[SECONDS]))
    return list(groups.values())


def _ranges(runs: Iterable[Run]) -> str:
    """Write seeds as ranges whose ends are left out: `0:5 7:9`."""
    ranges: list[list[int]] = []
    for seed in (run.seed for run in runs):
        if ranges and ranges[-1][1] == seed:
            ranges[-1][1] = seed + 1
        else:
            ranges.append([seed, seed + 1])
    return " ".join(f"{first}:{end}" for first, end in ranges)
