"""A chapter's cells are found with their lines, whatever stands above them."""

from bookkit.cache import stamp_page
from bookkit.cells import code_cells, front_matter, python_of
from bookkit.faults import failed_cell

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


def test_python_leaves_magics_out():
    assert python_of(code_cells(PAGE)[0]) == "from bigcurves.sample import Sample"


def test_the_stamp_keeps_every_line_at_its_number(tmp_path):
    class Environment:
        dependencies: list[str] = []  # noqa: RUF012

        def note_dependency(self, path):
            self.dependencies.append(path)

    class App:
        env = Environment()

    source = [PAGE]
    stamp_page(App(), "page", source)
    assert "code_hash" in source[0]
    assert source[0].splitlines()[3:] == PAGE.splitlines()[3:]
    assert any(path.endswith("sample.py") for path in Environment.dependencies)


def test_pages_without_cells_are_left_alone():
    source = ["# Title\n\nProse.\n"]
    stamp_page(None, "page", source)
    assert source == ["# Title\n\nProse.\n"]
    assert front_matter(source[0]) is None


def test_the_failed_cell_is_the_one_that_the_trace_quotes():
    cells = code_cells(PAGE)
    rule = "-" * 18
    trace = f"An error occurred:\n{rule}\n{cells[1].code.strip()}\n{rule}\n\nValueError: no\n"
    assert failed_cell(trace, cells) == cells[1]
    assert failed_cell("no quotation", cells) is None
