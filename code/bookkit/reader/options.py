"""Reading a directive's options: what is missing, unwanted or unreadable is told to the author.

Every fault names chapter and line, says what is wrong and what to write instead, and fails
the build.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LOG = logging.getLogger(__name__)
NUMBER = r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?"
AXIS = re.compile(rf"(?P<low>{NUMBER}) to (?P<high>{NUMBER})(?P<log> log)?: *(?P<title>.+)", re.I)
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class OptionError(ValueError):
    """An option that is missing, contradicts another or cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One axis of empty axes: its range, whether it is logarithmic, and its title with unit."""

    low: float
    high: float
    log: bool
    title: str

    def at(self, share: float) -> float:
        """Give the value at a share of the axis, 0 at its start and 1 at its end."""
        if self.log:
            return float(self.low * (self.high / self.low) ** share)
        return self.low + (self.high - self.low) * share

    def share(self, value: float) -> float:
        """Give the place of a value on the axis, 0 at its start and 1 at its end."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def axis(option: str, text: str) -> Axis:
    """Read an axis written as `10 to 10000 log: Samples n`."""
    found = AXIS.fullmatch(text.strip())
    if found is None:
        raise OptionError(f":{option}: must read like `10 to 10000 log: Samples n`, got {text!r}")
    low, high = float(found["low"]), float(found["high"])
    if low >= high:
        raise OptionError(f":{option}: must begin below its end, got {low:g} to {high:g}")
    if found["log"] and low <= 0:
        raise OptionError(f":{option}: a logarithmic axis must begin above 0, got {low:g}")
    return Axis(low=low, high=high, log=bool(found["log"]), title=found["title"].strip())


def number(option: str, text: str) -> float:
    """Read a number."""
    if not re.fullmatch(NUMBER, text.strip(), re.I):
        raise OptionError(f":{option}: must be a number, got {text!r}")
    return float(text)


def required(options: Mapping[str, Any], names: Iterable[str], what: str) -> None:
    """Ask for options that `what` cannot do without."""
    missing = [f":{name}:" for name in names if not options.get(name)]
    if missing:
        raise OptionError(f"{what} needs {' and '.join(missing)}")


def only(options: Mapping[str, Any], names: Iterable[str], what: str) -> None:
    """Refuse options that mean nothing to `what`."""
    unwanted = [f":{name}:" for name in options if name not in set(names)]
    if unwanted:
        raise OptionError(f"{what} takes no {' or '.join(unwanted)}")


def short_name(text: str) -> str:
    """Check the name of a component: it becomes a part of an address."""
    if not NAME.fullmatch(text):
        raise OptionError(f"the name must be lower-case words joined by hyphens, got {text!r}")
    return text


def texts(*names: str) -> dict[str, Any]:
    """List options that are read as text."""
    return dict.fromkeys(names, directives.unchanged)


class Component(SphinxDirective):
    """A directive whose faults fail the build: `build` makes its nodes or raises OptionError."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Make the component, or report what is wrong with its source."""
        try:
            made = self.build()
        except OptionError as fault:
            LOG.warning("{%s}: %s", self.name, fault, location=(self.env.docname, self.lineno))
            return []
        for node in made:
            self.set_source_info(node)
        return list(made)

    def build(self) -> list[nodes.Element]:
        """Make the component's nodes."""
        raise NotImplementedError

    def halves(self) -> tuple[nodes.container, nodes.container]:
        """Parse what stands above a line of three hyphens, and what stands below it."""
        at = next((i for i, line in enumerate(self.content) if line.strip() == "---"), None)
        end = len(self.content) if at is None else at
        above = self.parsed(self.content[:end], 0)
        below = self.parsed(self.content[end + 1 :], end + 1)
        return above, below

    def parsed(self, lines: StringList, start: int) -> nodes.container:
        """Parse some of the content, which begins `start` lines below its first."""
        box = nodes.container()
        self.state.nested_parse(lines, self.content_offset + start, box)
        return box


def take_list(box: nodes.container) -> list[nodes.list_item]:
    """Take the list that ends a question out of it: its items."""
    if not box.children or not isinstance(box[-1], nodes.bullet_list | nodes.enumerated_list):
        return []
    found = box.pop(-1)
    return [item for item in found.children if isinstance(item, nodes.list_item)]
