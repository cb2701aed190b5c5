"""Keyboard twins: what a reader can do with a pointer on a chart can be done without one.

A legend that can be clicked gets a row of buttons; a brush gets two sliders, for its two
ends; a point that can be dragged must name sliders of the chart, or it is refused.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from bookkit.charts.controls import Control

Spec = dict[str, Any]
MOST = 12  # values that a row of buttons can offer
HOVER = ("pointerover", "mouseover", "pointermove", "mousemove")


@dataclass(frozen=True, kw_only=True)
class Pick:
    """One selection of a chart that a reader sets with the pointer.

    Attributes
    ----------
    name
        The selection's parameter.
    field
        The column that it selects on.
    title
        What the reader knows that column as.
    channel
        For a brush, the axis that it lies along; empty for a choice of values.
    values
        For a choice, the values to choose from.
    """

    name: str
    field: str
    title: str
    channel: str = ""
    values: tuple[Any, ...] = ()

    def html(self, prefix: str) -> str:
        """Write the twin; `prefix` keeps its ids apart from other charts' on a page."""
        return self._brush(f"{prefix}-{self.name}") if self.channel else self._choice()

    def _choice(self) -> str:
        buttons = "".join(
            f'<button type="button" aria-pressed="false" data-value="{escape(json.dumps(value))}">'
            f"{escape(str(value))}</button>"
            for value in self.values
        )
        return (
            f'<div class="control control-pick" role="group" data-pick="{self.name}" '
            f'data-field="{escape(self.field)}" aria-label="Single out by {escape(self.title)}">'
            f"<span>{escape(self.title)}</span>{buttons}</div>"
        )

    def _brush(self, name: str) -> str:
        ends = "".join(
            f'<input type="range" min="0" max="100" step="1" value="{value}" '
            f'aria-label="{escape(self.title)}, {word}">'
            for word, value in (("from", 0), ("to", 100))
        )
        return (
            f'<div class="control control-brush" role="group" id="{name}" '
            f'data-pick="{self.name}" data-field="{escape(self.field)}" '
            f'data-channel="{self.channel}" aria-label="Choose a part of {escape(self.title)}">'
            f"<span>{escape(self.title)}</span>{ends}<output>all</output></div>"
        )


def find_picks(vega: Spec, titles: dict[str, str]) -> tuple[Pick, ...]:
    """List the selections of a compiled chart that a click or a drag sets.

    Parameters
    ----------
    vega
        The compiled chart.
    titles
        The title of each column, as its table has it.
    """
    picks = []
    groups = list(_groups(vega))
    events = {s["name"]: json.dumps(s.get("on", "")) for g in groups for s in g.get("signals", [])}
    for group in groups:
        for signal in group.get("signals", []):
            name = signal["name"].removesuffix("_tuple_fields")
            if name == signal["name"] or any(h in events.get(f"{name}_tuple", "") for h in HOVER):
                continue
            picks += [p for f in signal.get("value", []) if (p := _pick(vega, name, f, titles))]
    return tuple(dict.fromkeys(picks))


def refuse_lone_drags(vega: Spec, controls: tuple[Control, ...]) -> None:
    """Stop a chart with a draggable point that no slider moves.

    Raises
    ------
    ValueError
        If a drag names a parameter without a slider.
    """
    sliders = {control.signal for control in controls if control.kind == "range"}
    for drag in vega.get("usermeta", {}).get("drag", []):
        for axis, name in drag.items():
            if axis not in ("x", "y") or name not in sliders:
                raise ValueError(
                    f"a drag must name, for 'x' or 'y', a parameter with a slider "
                    f"({', '.join(sorted(sliders)) or 'the chart has none'}), got {axis}={name!r}"
                )


def _pick(vega: Spec, name: str, found: Spec, titles: dict[str, str]) -> Pick | None:
    """Read one projected field of a selection; `None` where no twin can be offered."""
    field = found.get("field", "")
    title = str(titles.get(field, field))
    if found.get("type") == "R" and found.get("channel") in ("x", "y"):
        return Pick(name=name, field=field, title=title, channel=found["channel"])
    values = _values(vega, field)
    if found.get("type") != "E" or not 2 <= len(values) <= MOST:
        return None
    return Pick(name=name, field=field, title=title, values=values)


def _values(vega: Spec, field: str) -> tuple[Any, ...]:
    """List the values of a column among the source rows, in order."""
    rows = [row for data in vega.get("data", []) for row in data.get("values") or []]
    values = {row[field] for row in rows if isinstance(row, dict) and field in row}
    return tuple(sorted(values, key=lambda value: (isinstance(value, str), value)))


def _groups(group: Spec) -> Iterator[Spec]:
    """Walk a chart and the groups of marks within it."""
    yield group
    for mark in group.get("marks", []):
        if mark.get("type") == "group":
            yield from _groups(mark)
