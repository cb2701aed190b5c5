"""The form in which a reader guesses: a slider, options, items in a row, or empty axes.

It is laid out when the book is built, so that nothing jumps when the script arrives; the
script only joins it to what the reader does.
"""

import math
from collections.abc import Sequence
from typing import Any

from docutils import nodes

from bookkit.reader.options import Axis
from bookkit.reader.predict.truth import copies, is_number
from bookkit.reader.wording import format_number, with_unit
from bookkit.site.markup import element, inline, markup

Settings = dict[str, Any]
Choices = Sequence[nodes.Element]
EDGES = {"x": "left", "y": "bottom"}
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_TICKS = 6


def form(settings: Settings, name: str, choices: Choices) -> markup:
    """Write the form in which the reader guesses; it is shown where there is JavaScript."""
    note = "Nothing you enter leaves this device."
    if settings.get("figure"):
        note = f"A figure waits for it. {note}"
    kinds = {"number": _slider, "choice": _radios, "order": _movers, "curve": _canvas}
    return element(
        "form",
        kinds[settings["kind"]](settings, name, choices),
        element(
            "p",
            element("button", "That is my guess", type="submit", class_="button-main"),
            element("button", "Skip", type="button", class_="button-plain", data_skip=True),
            element("span", note, class_="predict-note"),
            class_="predict-buttons",
        ),
        class_="predict-form js-only",
    )


def _slider(settings: Settings, name: str, _: Choices) -> markup:
    """Write the slider of a guessed number; on a log scale it moves over shares of the range."""
    line: Axis = settings["line"]
    if line.log:
        limits = {"min": "0", "max": "1", "step": "0.005", "value": line.share(settings["start"])}
    else:
        step = settings["step"]
        start = line.low + round((settings["start"] - line.low) / step) * step
        limits = {"min": line.low, "max": line.high, "step": step, "value": start}
    limits = {key: f"{value:g}" if is_number(value) else value for key, value in limits.items()}
    unit = with_unit("", settings["unit"]).strip("\N{NO-BREAK SPACE}")
    return element(
        "div",
        element("label", "Your guess", for_=f"{name}-guess"),
        element(
            "input",
            type="range",
            id=f"{name}-guess",
            autocomplete="off",
            aria_describedby=f"{name}-question",
            **limits,
        ),
        element("output", "", for_=f"{name}-guess"),
        class_="predict-number",
        data_unit=unit,
    )


def _radios(_: Settings, name: str, choices: Choices) -> markup:
    """Write one of several options."""
    rows = [
        element(
            "label",
            element("input", type="radio", name=f"{name}-guess", value=place, autocomplete="off"),
            inline("span", *copies(choice)),
        )
        for place, choice in enumerate(choices)
    ]
    legend = element("legend", "Your guess", class_="visually-hidden")
    return element("fieldset", legend, *rows, class_="predict-choice")


def _movers(_: Settings, name: str, choices: Choices) -> markup:
    """Write items that can be moved up and down."""
    rows = [
        element(
            "li",
            inline("span", *copies(choice), id=f"{name}-item-{place}"),
            *(
                element(
                    "button",
                    sign,
                    type="button",
                    data_move=step,
                    aria_label=f"{word}: {choice.astext()}",
                )
                for word, sign, step in (("Up", "↑", -1), ("Down", "↓", 1))
            ),
            data_item=place,
        )
        for place, choice in enumerate(choices)
    ]
    return element("ol", *rows, class_="predict-order", aria_label="Your order, first at the top")


def _canvas(settings: Settings, name: str, _: Choices) -> markup:
    """Write empty axes with handles in a row; the script draws the curve through them."""
    x, y, count = settings["x"], settings["y"], settings["handles"]
    handles = [
        element(
            "span",
            role="slider",
            class_="predict-handle",
            tabindex="0" if place == 0 else "-1",
            style=f"left:{100 * place / (count - 1):.2f}%;bottom:50%",
            aria_orientation="vertical",
            aria_label=f"At {format_number(x.at(place / (count - 1)))}",
            aria_valuemin=f"{y.low:g}",
            aria_valuemax=f"{y.high:g}",
            aria_valuenow=f"{y.at(0.5):.3g}",
            aria_valuetext="not set",
        )
        for place in range(count)
    ]
    return element(
        "div",
        element("span", y.title, class_="predict-y-title"),
        element(
            "div",
            *_ticks(x, "x"),
            *_ticks(y, "y"),
            element(
                "div",
                *_grid(x, "x"),
                *_grid(y, "y"),
                *handles,
                class_="predict-handles",
                id=f"{name}-handles",
            ),
            class_="predict-plot",
            role="group",
            aria_label=f"Your curve: {y.title} against {x.title}. "
            "Left and right choose a point, up and down set it.",
        ),
        element("span", x.title, class_="predict-x-title"),
        class_="predict-curve",
    )


def _grid(line: Axis, side: str) -> list[markup]:
    """Write faint lines across the axes at the labels of one of them."""
    return [
        element("i", class_=f"grid-{side}", style=f"{EDGES[side]}:{100 * line.share(value):.2f}%")
        for value in ticks(line)
    ]


def _ticks(line: Axis, side: str) -> list[markup]:
    """Write the labels of an axis: its powers of ten, or five even steps."""
    return [
        element(
            "span",
            format_number(value),
            class_=f"predict-tick predict-tick-{side}",
            style=f"{EDGES[side]}:{100 * line.share(value):.2f}%",
            aria_hidden="true",
        )
        for value in ticks(line)
    ]


def ticks(line: Axis) -> list[float]:
    """Choose where an axis is labelled: powers of ten, else round steps."""
    if line.log:
        first, last = math.ceil(math.log10(line.low)), math.floor(math.log10(line.high))
        powers = [10.0**power for power in range(first, last + 1)]
        if len(powers) >= 2:
            return powers
        return [line.low, line.high]
    span = line.high - line.low
    unit = 10.0 ** math.floor(math.log10(span / MOST_TICKS))
    step = next(unit * s for s in STEPS if span / (unit * s) <= MOST_TICKS)
    first, last = math.ceil(line.low / step - 1e-9), math.floor(line.high / step + 1e-9)
    return [step * place for place in range(first, last + 1)]
