"""The controls of the figures on a page, as the text may name them."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.charts.node import chart, store_of

Control = dict[str, Any]


class ControlError(ValueError):
    """A figure or a control that the page does not have; the message says which there are."""


def chart_in(document: nodes.document, figure: str) -> chart:
    """Find the chart in a figure of the page.

    Raises
    ------
    ControlError
        If the page has no chart in a figure of that name.
    """
    names = []
    for node in document.findall(chart):
        ids = _figure_ids(node)
        names += ids[-1:]
        if nodes.make_id(figure) in ids:
            return node
    there = ", ".join(names) or "none"
    raise ControlError(f"no chart of this page stands in a figure {figure!r}; there are: {there}")


def controls_of(app: Sphinx, document: nodes.document, figure: str) -> dict[str, Control]:
    """Look up the controls of a figure of the page, by the parameter that each sets."""
    key, store = chart_in(document, figure)["key"], store_of(app)
    if not store.is_built(key):
        return {}  # the chart's own fault is already reported
    return {control["signal"]: control for control in store.info(key)["controls"]}


def check_parameter(app: Sphinx, document: nodes.document, figure: str, name: str) -> None:
    """Make sure that a chart has a parameter, with an input or without.

    Raises
    ------
    ControlError
        If it has none of that name.
    """
    key, store = chart_in(document, figure)["key"], store_of(app)
    if store.is_built(key) and name not in store.parameters(key):
        raise ControlError(f"the chart in {figure} has no parameter {name!r}")


def control_of(app: Sphinx, document: nodes.document, figure: str, parameter: str) -> Control:
    """Look up one control of a figure of the page.

    Raises
    ------
    ControlError
        If the figure has no such control.
    """
    controls = controls_of(app, document, figure)
    if parameter not in controls:
        there = ", ".join(controls) or "none"
        raise ControlError(f"{figure} has no control for {parameter!r}; it has: {there}")
    return controls[parameter]


def refused(control: Control, value: Any) -> str:
    """Say why a control cannot stand at a value; an empty string when it can."""
    kind = control["kind"]
    if kind in ("range", "number"):
        low, high, step = control["limits"]
        good = isinstance(value, int | float) and not isinstance(value, bool)
        steps = (value - low) / step if good else 0.0
        if good and low <= value <= high and abs(steps - round(steps)) < 1e-3:  # as the page asks
            return ""
        return f"a number from {low:g} to {high:g} in steps of {step:g}"
    if kind == "checkbox":
        return "" if isinstance(value, bool) else "true or false"
    offered = [offer for _, offer in control["choices"]]
    return "" if value in offered else f"one of {', '.join(map(repr, offered))}"


def _figure_ids(node: nodes.Node) -> list[str]:
    """List the ids of the figure that a chart stands in."""
    parent = node.parent
    while parent is not None and not (isinstance(parent, nodes.figure) and parent["ids"]):
        parent = parent.parent
    return [] if parent is None else list(parent["ids"])
