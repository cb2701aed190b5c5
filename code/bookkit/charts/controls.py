"""The input elements of a chart, built into the page instead of by the chart's engine.

A slider that the page lays out at build time keeps its place while the chart loads (so
nothing jumps), looks like the rest of the book, and keeps its focus and its value when
the chart is drawn again in other colours.
"""

import copy
import json
import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

Spec = dict[str, Any]
RESERVED = ("autosize", "background", "cursor", "height", "padding", "width")  # the engine's own
KINDS = ("range", "number", "select", "radio", "checkbox")


@dataclass(frozen=True, kw_only=True)
class Control:
    """One input element: the signal that it sets, and what it offers.

    Attributes
    ----------
    signal
        The chart's parameter that it sets.
    kind
        `range`, `number` (typed), `select`, `radio` or `checkbox`.
    label
        What the reader sees beside it.
    value
        What it shows at first.
    limits
        For a range or a number: least value, greatest value and step.
    choices
        For a choice: pairs of label and value.
    """

    signal: str
    kind: str
    label: str
    value: Any
    limits: tuple[float, float, float] = (0.0, 100.0, 1.0)
    choices: tuple[tuple[str, Any], ...] = field(default=())

    def html(self, prefix: str) -> str:
        """Write the element; `prefix` keeps its id apart from other charts' on a page."""
        writer = {"range": _range, "number": _number, "select": _select}
        writer |= {"radio": _radio, "checkbox": _checkbox}
        return writer[self.kind](self, f"{prefix}-{self.signal}")


def detach_controls(vega: Spec) -> tuple[Spec, tuple[Control, ...]]:
    """Take the input elements out of a compiled chart: the chart without them, and they.

    Raises
    ------
    ValueError
        If a parameter is bound to an element that the book does not know, or takes a
        name that the chart engine keeps for itself.
    """
    bare = copy.deepcopy(vega)
    controls = []
    for signal in bare.get("signals", []):
        bind = signal.pop("bind", None)
        if isinstance(bind, dict) and "input" in bind:
            if signal["name"] in RESERVED:
                raise ValueError(f"a parameter may not be named {signal['name']!r}: rename it")
            controls.append(_control(signal, bind))
    return bare, tuple(controls)


def _control(signal: Spec, bind: Spec) -> Control:
    """Read one Vega binding."""
    kind = bind["input"]
    if kind not in KINDS:
        raise ValueError(f"{signal['name']}: a control must be one of {KINDS}, got {kind!r}")
    options = bind.get("options", [])
    labels = bind.get("labels", [str(option) for option in options])
    if kind == "number":
        bind = bind | _typed_limits(signal["name"], bind.get("placeholder", ""))
    low, high = float(bind.get("min", 0)), float(bind.get("max", 100))
    return Control(
        signal=signal["name"],
        kind=kind,
        label=(bind.get("name") or signal["name"]).strip().removesuffix(":"),
        value=signal.get("value"),
        limits=(low, high, float(bind.get("step", (high - low) / 100))),
        choices=tuple(zip(labels, options, strict=True)),
    )


def _typed_limits(name: str, placeholder: str) -> dict[str, float]:
    """Read the range of a box to type whole numbers into, which its placeholder tells."""
    told = re.fullmatch(r"(-?\d+) to (-?\d+)", placeholder)
    if told is None:
        raise ValueError(
            f"{name}: a box to type into must tell its range as its placeholder, such as "
            f"'0 to 100', got {placeholder!r}"
        )
    return {"min": float(told[1]), "max": float(told[2]), "step": 1.0}


def _range(control: Control, name: str) -> str:
    """Write a slider and the figure that it stands at."""
    low, high, step = (f"{limit:g}" for limit in control.limits)
    value = escape(str(control.value if control.value is not None else low))
    return (
        f'<div class="control control-range"><label for="{name}">{escape(control.label)}</label>'
        f'<input type="range" id="{name}" data-signal="{control.signal}" min="{low}" '
        f'max="{high}" step="{step}" value="{value}">'
        f'<output for="{name}">{value}</output></div>'
    )


def _number(control: Control, name: str) -> str:
    """Write a box to type a number into, and a place to say that it is out of range."""
    low, high, step = (f"{limit:g}" for limit in control.limits)
    value = escape(str(control.value if control.value is not None else low))
    return (
        f'<div class="control control-number"><label for="{name}">{escape(control.label)}</label>'
        f'<input type="number" id="{name}" data-signal="{control.signal}" min="{low}" '
        f'max="{high}" step="{step}" value="{value}" aria-describedby="{name}-fault">'
        f'<span class="control-fault" id="{name}-fault"></span></div>'
    )


def _select(control: Control, name: str) -> str:
    """Write a drop-down list; each option carries its value as JSON."""
    options = "".join(
        f'<option value="{escape(json.dumps(value))}"'
        f"{' selected' if value == control.value else ''}>{escape(str(label))}</option>"
        for label, value in control.choices
    )
    return (
        f'<div class="control"><label for="{name}">{escape(control.label)}</label>'
        f'<select id="{name}" data-signal="{control.signal}">{options}</select></div>'
    )


def _radio(control: Control, name: str) -> str:
    """Write a row of choices, one of which holds."""
    choices = "".join(
        f'<label><input type="radio" name="{name}" data-signal="{control.signal}" '
        f'value="{escape(json.dumps(value))}"{" checked" if value == control.value else ""} '
        f"> {escape(str(label))}</label>"
        for label, value in control.choices
    )
    return (
        f'<fieldset class="control control-radio"><legend>{escape(control.label)}</legend>'
        f"{choices}</fieldset>"
    )


def _checkbox(control: Control, name: str) -> str:
    """Write a box to tick."""
    ticked = " checked" if control.value else ""
    return (
        f'<div class="control control-check"><label for="{name}"><input type="checkbox" '
        f'id="{name}" data-signal="{control.signal}"{ticked}> '
        f"{escape(control.label)}</label></div>"
    )
