"""What the page says of an answer: its pure functions, run in Node as the browser runs them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.conftest import ROOT

from bookkit.reader.told import with_unit

WEB = ROOT / "code" / "web"
LOG = {
    "x": {"low": 10, "high": 10_000, "log": True},
    "y": {"low": 0.01, "high": 1, "log": True},
}
PLAIN = {"x": {"low": 0, "high": 10, "log": False}, "y": {"low": -1, "high": 1, "log": False}}
N = np.geomspace(10, 10_000, 9)
T = np.linspace(0, 10, 9)


# One Node for the whole file: it answers each line, a call, with a line, its result.
ANSWERS = """
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const [module, name, given] = JSON.parse(line);
  const found = (await import(module))[name](...given);
  console.log(JSON.stringify(found ?? null));
}
"""


@pytest.fixture(scope="module")
def call():
    """Give a function that calls an exported function of the page's script."""
    beside = Path(sys.executable).with_name("node")
    node = str(beside) if beside.exists() else shutil.which("node")
    command = [node, "--input-type=module", "-e", ANSWERS]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:

        def ask(module, name, *given):
            print(
                json.dumps([(WEB / module).as_uri(), name, given]), file=process.stdin, flush=True
            )
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


def points(x, y):
    return [[float(a), float(b)] for a, b in zip(x, y, strict=True)]


def compare(call, drawn, measured, x=N, axes=LOG):
    arguments = (points(x, drawn), points(x, measured), axes["x"], axes["y"])
    found = call("reader/curve-words.js", "compareCurves", *arguments)
    return found["kind"], found["words"]


# The measured curve falls as the root of n: by a factor of 1000 ** 0.5 = 32 over the axis.
FALL = 0.9 * (N / 10) ** -0.5
CURVES = {
    "the same": (FALL, "close", "Close"),
    "as n to the power -0.9": (FALL * (N / 10) ** -0.4, "too steep", "falls by a factor of 500"),
    "as n to the power -0.2": (FALL * (N / 10) ** 0.3, "too shallow", "falls by a factor of 4"),
    "level": (np.full(9, 0.2), "too shallow", "yours stays about level"),
    "half as high": (FALL / 2, "shifted", "about 2 times too low"),
    "rising": (0.02 * (N / 10) ** 0.4, "wrong sign", "yours rises by a factor of 16"),
}


@pytest.mark.parametrize("name", CURVES)
def test_the_gap_between_two_curves_is_named_for_what_it_is(call, name):
    drawn, kind, part = CURVES[name]
    found, words = compare(call, drawn, FALL)
    assert (found, part in words) == (kind, True), words
    assert "the measured curve falls by a factor of 32" in words or kind == "shifted"


STRAIGHT = -0.5 + 0.1 * T  # rises by 1 from left to right
PLAINS = {
    "the same": (STRAIGHT, "close", ""),
    "lifted": (STRAIGHT + 0.3, "shifted", "about 0.3 too high"),
    "twice as steep": (2 * STRAIGHT, "too steep", "yours rises by 2"),
    "a third as steep": (STRAIGHT / 3, "too shallow", "the measured curve rises by 1"),
    "falling": (-STRAIGHT, "wrong sign", "yours falls by 1"),
    "bent": (STRAIGHT + 0.3 * np.sin(1.3 * T), "another shape", "furthest apart near"),
}


@pytest.mark.parametrize("name", PLAINS)
def test_on_plain_axes_gaps_are_told_in_the_axis_own_units(call, name):
    drawn, kind, part = PLAINS[name]
    found, words = compare(call, drawn, STRAIGHT, T, PLAIN)
    assert (found, part in words) == (kind, True), words


def test_a_level_truth_has_no_sign_to_get_wrong(call):
    assert compare(call, 0.4 - 0.08 * T, np.zeros(9), T, PLAIN)[0] == "too steep"
    assert compare(call, np.full(9, 0.4), np.zeros(9), T, PLAIN)[0] == "shifted"


NUMBERS = {
    "0.5": 0.5,
    " -3 ": -3,
    "\u22123": -3,
    "0,5": 0.5,
    "10,000": 1e4,
    "12 px": 12,
    "1e3": 1e3,
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_read_as_people_write_them(call, text):
    assert call("reader/recall.js", "readNumber", text) == NUMBERS[text]


@pytest.mark.parametrize("text", ["", "about five", ".", "-"])
def test_what_is_no_number_is_none(call, text):
    assert call("reader/recall.js", "readNumber", text) is None  # NaN, as JSON writes it


CELLS = {"plain": "plain", 'a "b"': '"a ""b"""', "a,b": '"a,b"', "=1+1": "'=1+1", "-3.5": "-3.5"}


@pytest.mark.parametrize("text", CELLS)
def test_a_saved_cell_is_quoted_and_never_a_formula(call, text):
    assert call("reader/answers.js", "quote", text) == CELLS[text]


UNITS = {"": "50", "%": "50%", "°": "50°", "% of the way": "50% of the way", "units": "50\xa0units"}


@pytest.mark.parametrize("unit", UNITS)
def test_page_and_script_put_a_unit_behind_a_number_alike(call, unit):
    assert with_unit("50", unit) == UNITS[unit]
    assert call("reader/dom.js", "withUnit", "50", unit) == UNITS[unit]


def test_of_a_pictures_words_the_new_ones_are_read_out_once_and_bare_numbers_are_not(call):
    before = ["noise 0: reads 2.0", "noise alone", "0.33"]
    after = ["noise 0.1: reads 16", "noise 0.1: reads 16", "noise alone", "0.31", "✗ 6"]
    assert call("charts/announce.js", "newWords", before, after) == "noise 0.1: reads 16"
