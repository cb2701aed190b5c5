"""A chapter's cells are found with their lines, whatever stands above them."""

from pathlib import Path

from bookkit.execution.cells import code_cells, front_matter
from bookkit.execution.faults import failed_cell, raised_in
from bookkit.execution.page import source_of, stamped

PAGE = """---
kernelspec: {name: python3, display_name: Python 3}
---
# Title

```{code-cell} ipython3
---
tags: [hide-input]
---
from bigcurves.sample import Sample
%matplotlib inline
```

Prose with ```inline``` ticks.

````{code-cell} ipython3
:tags: [remove-cell]
x = '''
```
'''
````
"""


def test_cells_carry_number_line_and_code_without_options():
    first, second = code_cells(PAGE)
    assert (first.number, first.line) == (1, 6)
    assert first.code.startswith("from bigcurves")
    assert (second.number, second.line) == (2, 16)
    assert second.code.startswith("x = '''")


def test_the_stamp_keeps_every_line_at_its_number():
    page = source_of(Path("page.md"), PAGE)
    text = stamped(PAGE, page, "a-stamp")
    assert "a-stamp" in text.splitlines()[1]
    assert text.splitlines()[3:] == PAGE.splitlines()[3:]


def test_pages_without_cells_are_left_alone():
    assert source_of(Path("page.md"), "# Title\n\nProse.\n") is None
    assert front_matter("# Title\n\nProse.\n") is None


def test_the_failed_cell_is_the_one_that_the_trace_quotes():
    cells = code_cells(PAGE)
    rule = "-" * 18
    trace = f"An error occurred:\n{rule}\n{cells[1].code.strip()}\n{rule}\n\nValueError: no\n"
    assert failed_cell(trace, cells) == cells[1]
    assert failed_cell("no quotation", cells) is None


def test_a_fault_in_the_books_own_code_names_its_file_and_line(tmp_path):
    trace = f"""\
Cell In[2], line 1
----> 1 page.curve()

File {tmp_path}/code/lab/figures.py:33, in Page.curve(self)

File {tmp_path}/code/lab/charts/curve.py:7, in curve_chart(means)

File /usr/lib/python3/pandas/core/frame.py:4330, in DataFrame.__getitem__(self, key)

KeyError: 'meen'"""
    assert raised_in(trace, tmp_path) == " (code/lab/charts/curve.py, line 7)"
    assert raised_in(trace, tmp_path / "elsewhere") == ""
