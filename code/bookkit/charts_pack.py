"""A chart's specifications in one small file: its data once, column by column.

Both layouts of a chart draw the same rows, and a row repeats the name of each of its fields.
Here a table stands once, as a list for each column; a column of few different values holds
those and their places. The page's `charts/spec.js` undoes it. A third of the bytes remain.
"""

import json
from collections.abc import Mapping
from typing import Any

Spec = dict[str, Any]


def packed(layouts: Mapping[str, Spec]) -> str:
    """Write compiled layouts as JSON: each by its name, and the `tables` that both draw."""
    tables: dict[str, int] = {}
    plans = {name: _without_rows(vega, tables) for name, vega in layouts.items()}
    inside = ",".join(tables)
    return f'{{"tables":[{inside}],{_text(plans)[1:]}'


def _without_rows(vega: Spec, tables: dict[str, int]) -> Spec:
    """Let each data set of a specification name its table instead of holding its rows."""
    sets = []
    for data in vega.get("data", []):
        columns = _columns(data.get("values"))
        if columns is None:
            sets.append(data)
            continue
        place = tables.setdefault(_text(columns), len(tables))
        rest = {name: value for name, value in data.items() if name != "values"}
        sets.append(rest | {"table": place})
    return vega | {"data": sets}


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
