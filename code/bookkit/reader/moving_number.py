"""`{moving}`: a number in the text that is tied to a figure's slider.

{moving}`fig-knn k` shows what the slider starts at. With JavaScript it is a slider itself:
drag it or use the arrow keys and the chart moves; move the chart and it follows.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from bookkit.reader.figure_controls import Control, ControlError, control_of
from bookkit.site.markup import inline, inline_markup

LOG = logging.getLogger(__name__)


class moving_number(nodes.Inline, nodes.TextElement):  # noqa: N801, D101 - docutils names nodes so
    pass


class MovingNumber(SphinxRole):
    """Read the role: a figure's name, and the parameter that one of its sliders sets."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave a place for the number; sliders are known when all charts are built."""
        figure, _, parameter = self.text.strip().partition(" ")
        node = moving_number(self.rawtext, "", figure=figure, parameter=parameter.strip())
        self.set_source_info(node)
        return [node], []


class ShowMovingNumbers(SphinxPostTransform):
    """Write each number as its slider starts."""

    default_priority = 8
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Write every moving number of the page."""
        for node in list(self.document.findall(moving_number)):
            try:
                control = control_of(self.app, self.document, node["figure"], node["parameter"])
                if control["kind"] != "range":
                    raise ControlError(f"{node['parameter']} is not set by a slider")
                node.replace_self(_written(node, control))
            except ControlError as fault:
                LOG.warning("{moving}: %s", fault, location=node)
                node.replace_self(nodes.Text("?"))


def _written(node: moving_number, control: Control) -> inline_markup:
    """Write one number, ready to become a slider."""
    low, high, step = control["limits"]
    return inline(
        "span",
        shown(control["value"], step),
        class_="moving-number",
        data_figure=nodes.make_id(node["figure"]),
        data_parameter=control["signal"],
        data_min=f"{low:g}",
        data_max=f"{high:g}",
        data_step=f"{step:g}",
        data_label=control["label"],
    )


def shown(value: float, step: float) -> str:
    """Write a slider's value with as many decimals as its step has."""
    decimals = len(f"{step:g}".partition(".")[2])
    return f"{value:.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def connect(app: Sphinx) -> None:
    """Connect the role to Sphinx."""
    app.add_node(moving_number, text=(_pass, _pass), html=(_pass, _pass))
    app.add_role("moving", MovingNumber())
    app.add_post_transform(ShowMovingNumbers)


def _pass(_writer: Any, _node: nodes.Element) -> None:
    return
