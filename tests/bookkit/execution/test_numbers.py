"""Which numbers stand on the pages, and which moved."""

import json

from bookkit.execution.numbers import moved, numbers_on_pages


def page(path, **glued):
    """Write what MyST-NB leaves of a page's glued values."""
    kept = {
        name: {"output_type": "display_data", "data": {"text/plain": text}}
        for name, text in glued.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kept))


def test_every_glued_number_is_found_under_its_page_and_name(tmp_path):
    page(tmp_path / "book" / "part" / "page.glue.json", slope="-1.01", seeds="20")
    page(tmp_path / "book" / "silent.glue.json")
    (tmp_path / "book" / "part" / "page.ipynb").write_text("{}")
    assert numbers_on_pages(tmp_path) == {"book/part/page": {"slope": "-1.01", "seeds": "20"}}


def test_moved_lists_changed_new_and_lost_numbers_and_no_other():
    before = {"a": {"same": "1", "changed": "2", "lost": "3"}, "gone": {"x": "4"}}
    after = {"a": {"same": "1", "changed": "5", "new": "6"}}
    assert moved(before, after) == [
        ("a", "changed", "2", "5"),
        ("a", "lost", "3", "-"),
        ("a", "new", "-", "6"),
        ("gone", "x", "4", "-"),
    ]


def test_the_same_numbers_have_not_moved():
    assert moved({"a": {"x": "1"}}, {"a": {"x": "1"}}) == []


def test_digits_that_no_reader_sees_have_not_moved():
    before = {"a": {"x": "0.30000000000000004", "y": "1.0", "text": "[1, 2]"}}
    after = {"a": {"x": "0.3", "y": "1.00001", "text": "[1, 3]"}}
    assert [name for _, name, _, _ in moved(before, after)] == ["text", "y"]
