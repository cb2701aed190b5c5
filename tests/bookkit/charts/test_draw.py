"""Which charts are drawn with the page's live kernels."""

import json
import subprocess

import pytest

from bookkit.assets.bundle import WEB, node_path
from bookkit.charts.draw import kernel_names, uses_kernels

REGISTERED = """
import { register } from "./kernels.js";
const names = [];
register((name) => names.push(name));
console.log(JSON.stringify(names));
"""


def test_the_names_are_those_that_the_page_registers():
    words = [node_path(), "--input-type=module", "--eval", REGISTERED]
    done = subprocess.run(words, cwd=WEB, capture_output=True, text=True, check=True)
    names = json.loads(done.stdout)
    assert sorted(kernel_names()) == sorted(names)
    assert len(names) > 30


@pytest.mark.parametrize(
    ("expression", "used"),
    [
        ("curveAt('polynomial', datum.x, xs, ys)", True),
        ("1 + ridge (row, rows, ys, 0.1)", True),
        ("max(barProject(pixels, 16).distance, 0)", True),
        ("datum.ridge + coverage", False),
        ("partridge(1) + ridges(2)", False),
        ("pow(10, width)", False),
    ],
)
def test_a_chart_that_calls_a_kernel_is_told_from_others(expression, used):
    assert uses_kernels({"signals": [{"name": "told", "update": expression}]}) is used
