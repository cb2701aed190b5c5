"""No test has a clock of its own: how long one waits is said in `tests/patience.py` alone."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
# The place itself; what tells how long a run takes; the bench, which measures.
LEFT_OUT = {TESTS / "patience.py", TESTS / "telling.py", *(TESTS / "bench").rglob("*.py")}
FILES = sorted({*TESTS.rglob("*.py")} - LEFT_OUT)
LIMITS = {"timeout", "startup_timeout", "kernel_timeout", "deadline", "seconds", "max_time"}
PATIENCE = {"SECONDS", "MILLISECONDS", "BUILD_SECONDS"}
CLOCKS = {"monotonic", "perf_counter", "wait_for_timeout"}
WAITS = {"sleep", "wait", "join", "wait_for", "set_default_timeout"}


def names(node):
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def own_limits(text):
    """List the limits that a test file types itself, by line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and node.arg in LIMITS:
            if not names(node.value) & PATIENCE and not _is(node.value, None):
                yield node.value.lineno, f"{node.arg}={ast.unparse(node.value)}"
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if called in CLOCKS or (called in WAITS and any(map(_is_number, node.args))):
                yield node.lineno, ast.unparse(node)


def _is(node, value):
    return isinstance(node, ast.Constant) and node.value is value


def _is_number(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value > 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TESTS).as_posix())
def test_no_test_types_a_limit_of_its_own(path):
    found = [f"line {line}: {words}" for line, words in own_limits(path.read_text("utf-8"))]
    assert found == [], f"take it from tests/patience.py: {found}"


TYPED = (
    "process.communicate(timeout=60)",
    "page.goto(url, timeout=1000 * 60)",
    "page.wait_for_timeout(200)",
    "server.wait(20)",
    "context.set_default_timeout(30_000)",
    "while time.monotonic() < end: time.sleep(0.1)",
    "settings(max_examples=5, deadline=500)",
    "until(happens, seconds=90)",
)


@pytest.mark.parametrize("text", TYPED)
def test_a_limit_that_is_typed_is_found(text):
    assert list(own_limits(text))


def test_a_limit_from_patience_is_none_of_a_tests_own():
    assert not list(own_limits("run(timeout=2 * SECONDS); page.wait_for_url(address)"))
