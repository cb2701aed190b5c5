"""The list of live kernels: what Python writes is what the page's JavaScript answers to."""

import ast
import inspect
import pkgutil
import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.conftest import ROOT

from bigcurves.plotting import kernels, picture_kernels
from bookkit.charts.draw import kernel_names

CODE = ROOT / "code" / "bigcurves"
CHARTS = sorted((CODE / "chapters").glob("*/*/charts/*.py"))
UNCALLED = {"nearestMean"}  # serves `curveAt`; no chart calls it by itself
HEADER = re.compile(r"export (?:function (\w+)|const (\w+) =) ?\(([^()]*)\)")
ANSWERED_BY = re.compile(r"`([a-z_]+(?:\.\w+)+)`")
FUNCTIONS: dict[str, Callable[..., str]] = {
    name: function
    for module in (kernels, picture_kernels)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
}
EACH = pytest.mark.parametrize("name", FUNCTIONS)


def headers() -> dict[str, list[str]]:
    """Map each exported JavaScript function to its parameters, defaults as they are written."""
    found = {}
    for path in (ROOT / "code" / "web" / "kernels").glob("*.js"):
        text = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
        for function, arrow, given in HEADER.findall(text):
            found[function or arrow] = [part.strip() for part in given.split(",") if part.strip()]
    return found


HEADERS = headers()


def written(name: str, *, defaults: bool) -> str:
    """Call a function of the list with its own parameters' names as expressions."""
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    return FUNCTIONS[name](*(p.name for p in parameters if defaults or p.default is p.empty))


def kernel_of(name: str) -> str:
    return written(name, defaults=False).split("(")[0]


@EACH
def test_each_function_writes_the_call_that_its_kernel_asks_for(name: str) -> None:
    kernel = kernel_of(name)
    given = HEADERS[kernel]
    needed = [part for part in given if "=" not in part]
    every = [part.split("=")[0].strip() for part in given]
    assert written(name, defaults=False) == f"{kernel}({', '.join(needed)})"
    assert written(name, defaults=True) == f"{kernel}({', '.join(every)})"


@EACH
def test_each_function_bears_its_kernels_name(name: str) -> None:
    assert re.sub("_(.)", lambda found: found[1].upper(), name) == kernel_of(name)


@EACH
def test_what_a_function_says_that_its_kernel_agrees_with_is_there(name: str) -> None:
    for path in ANSWERED_BY.findall(FUNCTIONS[name].__doc__ or ""):
        assert pkgutil.resolve_name(path if path.startswith("sklearn.") else f"bigcurves.{path}")


def test_every_kernel_is_in_the_list_and_called_by_some_chart() -> None:
    assert {kernel_of(name) for name in FUNCTIONS} == set(kernel_names()) - UNCALLED
    called = {
        node.id
        for path in CHARTS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name)
    }
    assert set(FUNCTIONS) <= called


def test_no_chart_writes_a_kernels_call_by_hand() -> None:
    call = re.compile(rf"\b(?:{'|'.join(kernel_names())})\(")
    by_hand = [
        f"{path.relative_to(CODE)}:{node.lineno}"
        for path in [*CHARTS, *sorted((CODE / "plotting").glob("*.py"))]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and call.search(str(node.value))
    ]
    assert by_hand == [], "call it through plotting.kernels or plotting.picture_kernels"


@pytest.mark.parametrize("given", [(), ("x", "xs", "ys"), ("x", "xs", "ys", 1, 2)])
def test_a_wrong_number_of_arguments_is_an_error_when_the_chart_is_made(
    given: tuple[Any, ...],
) -> None:
    with pytest.raises(TypeError, match="kernel_mean"):
        kernels.kernel_mean(*given)
