"""A chart's specifications in one small file: its data once, column by column.

Both layouts of a chart draw the same rows, and a row repeats the name of each of its fields.
Here a table stands once, as a list for each column; a column of few different values holds
those and their places. What a live kernel is handed (weights, points) stands once, too. The
page's `charts/spec.js` undoes it. A third of the bytes remain.
"""

import json
from collections.abc import Mapping
from typing import Any

LONG = 200  # characters: a shorter value is not worth a place of its own

Spec = dict[str, Any]


def packed(layouts: Mapping[str, Spec]) -> str:
    """Write compiled layouts as JSON, each by its name, with what both hold: tables and values."""
    tables: dict[str, int] = {}
    values: dict[str, int] = {}
    plans = {
        name: vega
        | {
            "data": [_without_rows(data, tables) for data in vega.get("data", [])],
            "signals": [_without_value(signal, values) for signal in vega.get("signals", [])],
        }
        for name, vega in layouts.items()
    }
    return f'{{"tables":[{",".join(tables)}],"values":[{",".join(values)}],{_text(plans)[1:]}'


def _without_rows(data: Spec, tables: dict[str, int]) -> Spec:
    """Let a data set name its table instead of holding its rows."""
    columns = _columns(data.get("values"))
    return data if columns is None else _pointing(data, "values", "table", _text(columns), tables)


def _without_value(signal: Spec, values: dict[str, int]) -> Spec:
    """Let a signal name its first value, where that is long, instead of holding it."""
    text = _text(signal.get("value"))
    return signal if len(text) < LONG else _pointing(signal, "value", "shared", text, values)


def _pointing(part: Spec, old: str, new: str, text: str, pool: dict[str, int]) -> Spec:
    """Put what stands under `old` into the pool, and its place there under `new`."""
    place = pool.setdefault(text, len(pool))
    return {name: value for name, value in part.items() if name != old} | {new: place}


def _columns(rows: object) -> dict[str, Any] | None:
    """Turn rows that share their fields into columns; anything else is no table."""
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        return None
    names = list(rows[0])
    if not names or any(not isinstance(row, dict) or list(row) != names for row in rows):
        return None
    return {name: _shortest([row[name] for row in rows]) for name in names}


def _shortest(values: list[Any]) -> Any:
    """Write a column's different values once and number them, where that is shorter."""
    written = [_text(value) for value in values]
    numbers = {text: i for i, text in enumerate(dict.fromkeys(written))}
    coded = {"levels": [json.loads(text) for text in numbers], "at": [numbers[t] for t in written]}
    return coded if len(_text(coded)) < len(_text(values)) else values


def _text(value: object) -> str:
    """Write JSON without a space."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
