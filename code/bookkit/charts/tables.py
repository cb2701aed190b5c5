"""Which data a chart draws, and under which headings: the plan of its "Show the data".

The compiled chart names, mark by mark, the data set that it draws from and the fields
that it reads; axes and legends give those fields their titles with units. The page fills
the plan from the running chart; the CSV file beside it comes from the source rows.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

Spec = dict[str, Any]
GUIDES = ("fill", "stroke", "size", "shape", "opacity", "strokeDash", "strokeWidth")


def describe_tables(vega: Spec) -> list[Spec]:
    """List the tables of a compiled chart: data set, and field and title of each column."""
    titles = _titles(vega)
    columns: dict[str, dict[str, str]] = {}
    for data, field, scale in sorted(_uses(vega, None), key=_reading_order):
        columns.setdefault(data, {})
        if columns[data].get(field, field) == field:
            columns[data][field] = titles.get(scale, field)
    for extra in columns.values():  # columns that no axis shows, such as an image's latents
        extra.update(vega.get("usermeta", {}).get("columns", {}))
    tables = [
        {"data": data, "columns": [{"field": name, "title": title} for name, title in used.items()]}
        for data, used in columns.items()
    ]
    return _without_repeats(tables)


def tell_apart(tables: list[Spec]) -> list[Spec]:
    """Add its field to each heading over several columns, such as a mean and its ends."""

    def heading(column: Spec, columns: list[Spec]) -> str:
        same = sum(other["title"] == column["title"] for other in columns)
        return f"{column['title']}: {column['field']}" if same > 1 else str(column["title"])

    return [
        table | {"columns": [c | {"title": heading(c, table["columns"])} for c in table["columns"]]}
        for table in tables
    ]


def _reading_order(use: tuple[str, str, str]) -> int:
    """Put what lies along the axes first: across, then up, then all else."""
    scale = use[2].rpartition("_")[2]
    return ("x", "y").index(scale) if scale in ("x", "y") else 2


def source_csv(vega: Spec, tables: list[Spec]) -> str:
    """Write the source rows behind a chart as CSV, the tables' titles as headings.

    Columns that the chart computes itself have no source and are left out; rows of several
    sources follow one another, each under its own heading line.
    """
    titles = {c["field"]: c["title"] for table in tables for c in table["columns"]}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for rows in (data.get("values") for data in vega.get("data", [])):
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            fields = [name for name in rows[0] if not _is_picture(rows[0][name])]
            writer.writerow([titles.get(name, name) for name in fields])
            writer.writerows([[row.get(name) for name in fields] for row in rows])
    return out.getvalue()


def _uses(group: Spec, facet: tuple[str, str] | None) -> Iterator[tuple[str, str, str]]:
    """Walk the marks: the data set, the field and the scale of each encoding."""
    for mark in group.get("marks", []):
        source = mark.get("from", {})
        data, inner = source.get("data"), facet
        if "facet" in source:
            inner = (source["facet"]["name"], source["facet"]["data"])
            inner = (inner[0], facet[1]) if facet and inner[1] == facet[0] else inner
        if facet and data == facet[0]:
            data = facet[1]
        if mark.get("type") == "group":
            yield from _uses(mark, inner)
        elif data:
            for field, scale in _encodings(mark.get("encode", {})):
                yield data, field, scale


def _encodings(encode: Any) -> Iterator[tuple[str, str]]:
    """Find every plain field that an encoding reads, with its scale ('' for none)."""
    if isinstance(encode, list):
        for item in encode:
            yield from _encodings(item)
    elif isinstance(encode, dict):
        field = encode.get("field")
        if isinstance(field, str):
            yield field, str(encode.get("scale", ""))
        for item in encode.values():
            yield from _encodings(item)


def _titles(group: Spec) -> dict[str, str]:
    """Map each scale to the title of its axis or legend, nested groups included."""
    titles: dict[str, str] = {}
    for axis in group.get("axes", []):
        if isinstance(axis.get("title"), str):
            titles.setdefault(axis["scale"], axis["title"])
    for legend in group.get("legends", []):
        for channel in GUIDES:
            if channel in legend and isinstance(legend.get("title"), str):
                titles.setdefault(legend[channel], legend["title"])
    for mark in group.get("marks", []):
        for scale, title in _titles(mark).items():
            titles.setdefault(scale, title)
    return titles


def _without_repeats(tables: list[Spec]) -> list[Spec]:
    """Drop a table whose columns a larger one already shows (a line and its dots)."""
    kept: list[Spec] = []
    for table in sorted(tables, key=lambda table: -len(table["columns"])):
        fields = {column["field"] for column in table["columns"]}
        if not any(fields <= {c["field"] for c in other["columns"]} for other in kept):
            kept.append(table)
    return kept


def _is_picture(value: object) -> bool:
    """Tell an embedded image, which no table can show, from data."""
    return isinstance(value, str) and value.startswith("data:image")
