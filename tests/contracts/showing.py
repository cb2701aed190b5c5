"""What each chapter shows, found by itself: its page over two seeds, and the charts on it."""

import inspect
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from tests.conftest import ROOT

CHAPTERS = ROOT / "code" / "bigcurves" / "chapters"
NAMES = sorted(
    ".".join(path.parent.relative_to(CHAPTERS).parts) for path in CHAPTERS.glob("*/*/figures.py")
)


@dataclass
class Call:
    """A chart's function, and what the page gave it."""

    function: Any
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.function.__module__.rpartition('.')[2]}.{self.function.__name__}"

    def again(self, **changed: Any) -> Any:
        """Draw the chart once more, some of its arguments changed."""
        bound = inspect.signature(self.function).bind(*self.arguments, **self.keywords)
        bound.arguments.update(changed)
        return self.function(*bound.args, **bound.kwargs)

    def given(self) -> dict[str, Any]:
        """Map the arguments' names to what they are."""
        signature = inspect.signature(self.function)
        return dict(signature.bind(*self.arguments, **self.keywords).arguments)


def figures_of(name: str) -> ModuleType:
    """Import the module that shows a chapter."""
    return import_module(f"bigcurves.chapters.{name}.figures")


def page_of(name: str) -> Path:
    """Name the file of a chapter's page."""
    part, chapter = name.replace("_", "-").split(".")
    return ROOT / "book" / ("" if part == "opener" else part) / f"{chapter}.md"


def charts_of(name: str) -> dict[str, Any]:
    """List the functions of a chapter that draw charts: those that ask for a description."""
    found = {}
    for path in sorted((CHAPTERS / name.replace(".", "/") / "charts").glob("*.py")):
        module = import_module(f"bigcurves.chapters.{name}.charts.{path.stem}")
        for function in vars(module).values():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                public = not function.__name__.startswith("_")
                if public and "description" in inspect.signature(function).parameters:
                    found[f"{path.stem}.{function.__name__}"] = function
    return found


def figure_names(name: str) -> list[str]:
    """List the methods of a chapter's page that draw a figure."""
    found = figures_of(name).Page
    return [
        each
        for each, method in inspect.getmembers(found, inspect.isfunction)
        if not each.startswith("_")
        and str(inspect.signature(method).return_annotation).find("Chart") >= 0
    ]


@cache
def shown(name: str) -> tuple[Any, dict[str, Any], list[Call]]:
    """Make a chapter's page over two seeds of the record, draw all its figures, note the calls."""
    page = figures_of(name).page(seeds=range(2))
    calls: list[Call] = []

    def noting(function: Any) -> Any:
        def noted(*arguments: Any, **keywords: Any) -> Any:
            calls.append(Call(function, arguments, keywords))
            return function(*arguments, **keywords)

        return noted

    patches = [
        patch(f"{function.__module__}.{function.__name__}", noting(function))
        for function in charts_of(name).values()
    ]
    for each in patches:
        each.start()
    try:
        drawn = {each: getattr(page, each)() for each in figure_names(name)}
    finally:
        for each in patches:
            each.stop()
    return page, drawn, calls
