"""The page's scripts by themselves, in Node: live kernels say what the package says, to 1e-9.

The cases are in `tests/web/cases`, the tests of the scripts in `code/web/test`. All of them run at
once, and are told here one by one.
"""

import pytest
from tests.web.agreement import ask_node, told
from tests.web.cases.case import MAKERS


@pytest.fixture(scope="module")
def faults(once):
    """What Node has told: nothing for each test that passed, by its name."""
    return told(once("node", ask_node))


@pytest.mark.parametrize("name", MAKERS)
def test_the_page_says_what_the_package_says(faults, name):
    assert faults.get(name, "it was not run") == ""


def test_every_other_test_of_the_scripts_passes(faults):
    others = faults.keys() - MAKERS.keys()
    assert {name: faults[name] for name in others if faults[name]} == {}
    assert "every live kernel has a case" in others
