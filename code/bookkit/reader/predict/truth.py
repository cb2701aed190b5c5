"""The truth of a prediction: checked as it comes from the run, and told in words."""

import math
from collections.abc import Sequence
from typing import Any

from docutils import nodes

from bookkit.reader.options import OptionError
from bookkit.reader.wording import describe_trend, format_number, with_unit

Settings = dict[str, Any]
Choices = Sequence[nodes.Element]


def check(settings: Settings, truth: Any, choices: Choices) -> Any:
    """Check that the glued truth fits the kind of question; give it in one form.

    A number stays one, a choice becomes its place, an order a list of places and a curve a
    list of points.
    """
    kind, name = settings["kind"], settings["answer"]
    if kind == "number" and is_number(truth):
        return float(truth)
    texts = [choice.astext() for choice in choices]
    if kind == "choice":
        return _place(name, truth, texts)
    if kind == "order" and isinstance(truth, list):
        places = [_place(name, item, texts) for item in truth]
        if sorted(places) == list(range(len(texts))):
            return places
        raise OptionError(f"{name} must name each of the {len(texts)} items once, got {truth}")
    if kind == "curve" and (points := _points(truth)):
        _on_axes(name, points, settings)
        return points
    wanted = {"number": "a finite number", "order": "a list", "curve": "a list of (x, y)"}
    raise OptionError(f"{name} must be {wanted[kind]}, got {str(truth)[:60]}")


def page_settings(settings: Settings, truth: Any, interval: Any) -> Settings:
    """List what the page's script needs to know."""
    plain = {
        name: value
        for name, value in settings.items()
        if name in ("kind", "param", "unit", "close", "format")
    }
    axes = {n: vars(settings[n]) for n in ("line", "x", "y") if n in settings}
    if settings["kind"] == "number":
        plain["told"] = with_unit(format_number(truth, settings["format"]), settings["unit"])
    return plain | axes | {"truth": truth, "interval": interval}


def answer(settings: Settings, truth: Any, interval: Any, choices: Choices) -> list[nodes.Element]:
    """Say the truth in words."""
    kind = settings["kind"]
    if kind == "choice":
        return [_sentence("The run says: ", *copies(choices[truth]))]
    if kind == "order":
        places = [nodes.list_item("", choices[place].deepcopy()) for place in truth]
        return [_sentence("The run says, in this order:"), nodes.enumerated_list("", *places)]
    if kind == "curve":
        return [
            _sentence(f"The measured curve {describe_trend(truth, settings['x'], settings['y'])}.")
        ]
    text = with_unit(format_number(truth, settings["format"]), settings["unit"])
    if interval is not None:
        low, high = (format_number(value, settings["format"]) for value in interval)
        text += f" (interval {low} to {high})"
    return [_sentence(f"The run says {text}.")]


def _place(name: str, truth: Any, texts: list[str]) -> int:
    """Find an item by its text, or by its number in the list, counted from 1."""
    if isinstance(truth, str) and truth in texts:
        return texts.index(truth)
    if isinstance(truth, int) and not isinstance(truth, bool) and 1 <= truth <= len(texts):
        return truth - 1
    raise OptionError(
        f"{name} must be an item's text or its number from 1 to {len(texts)}, got {truth!r}"
    )


def _points(truth: Any) -> list[tuple[float, float]]:
    """Read a curve: pairs of finite numbers, at least two, from left to right."""
    if not isinstance(truth, list) or len(truth) < 2:
        return []
    pairs = [tuple(point) for point in truth if isinstance(point, list | tuple)]
    if len(pairs) != len(truth) or not all(len(pair) == 2 for pair in pairs):
        return []
    if not all(is_number(value) for pair in pairs for value in pair):
        return []
    return sorted((float(x), float(y)) for x, y in pairs)


def _on_axes(name: str, points: list[tuple[float, float]], settings: Settings) -> None:
    """Refuse a curve that a logarithmic axis cannot show."""
    for place, side in enumerate(("x", "y")):
        if settings[side].log and min(point[place] for point in points) <= 0:
            raise OptionError(f"{name} must be above 0 to stand on a logarithmic {side} axis")


def is_number(value: Any) -> bool:
    """Tell a finite number from anything else; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def copies(node: nodes.Element) -> list[nodes.Node]:
    """Copy what a node holds, so that it may stand in two places."""
    return [child.deepcopy() for child in node.children]


def _sentence(*children: nodes.Node | str) -> nodes.paragraph:
    texts = [nodes.Text(child) if isinstance(child, str) else child for child in children]
    return nodes.paragraph("", "", *texts, classes=["run-says"])
