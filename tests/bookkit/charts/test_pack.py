"""The packed file of a chart, undone here as the page undoes it."""

import copy
import json

from bookkit.charts.pack import packed


def unpacked(text, layout):
    file = json.loads(text)
    for data in file[layout]["data"]:
        if "table" in data:
            columns = file["tables"][data.pop("table")]
            lists = {
                name: values
                if isinstance(values, list)
                else [values["levels"][place] for place in values["at"]]
                for name, values in columns.items()
            }
            data["values"] = [
                dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)
            ]
    for signal in file[layout]["signals"]:
        if "shared" in signal:
            signal["value"] = file["values"][signal.pop("shared")]
    return file[layout]


def layouts(*sets):
    wide = {
        "width": 530,
        "data": [{"name": f"d{i}", "values": rows} for i, rows in enumerate(sets)],
        "signals": [],
    }
    return {"wide": wide, "narrow": copy.deepcopy(wide) | {"width": 300}}


ROWS = [
    {"world": "bars" if i % 3 else "glyphs", "n": 100 * i, "error": 1 / (i + 1)} for i in range(40)
]


def test_rows_come_back_as_they_were_in_both_layouts():
    odd = [
        {"a": True, "b": None},
        {"a": 1, "b": 1.0},
        {"a": True, "b": -0.0},
        {"a": 1, "b": "\u03ba"},
    ] * 9
    for name, layout in layouts(ROWS, odd).items():
        back = unpacked(packed(layouts(ROWS, odd)), name)
        assert json.dumps(back) == json.dumps(layout)


def test_a_table_stands_once_and_takes_fewer_bytes():
    text = packed(layouts(ROWS, ROWS))
    assert len(json.loads(text)["tables"]) == 1
    assert len(text) < len(json.dumps(layouts(ROWS, ROWS))) / 6


def test_what_is_no_table_is_left_as_it_is():
    for rows in ([], [1, 2], [{}], [{"a": 1}, {"b": 2}], [{"a": 1}, 3], "a,b\n1,2", {"a": 1}):
        text = packed(layouts(rows))
        assert json.loads(text)["wide"] == layouts(rows)["wide"]
        assert json.loads(text)["tables"] == []


def test_a_long_value_stands_once_and_a_short_one_where_it_was():
    weights = {"name": "weights", "value": [i / 7 for i in range(100)]}
    signals = [weights, {"name": "k", "value": 1}, {"name": "drag", "update": "k + 1"}]
    both = {name: layout | {"signals": signals} for name, layout in layouts().items()}
    text = packed(both)
    assert len(json.loads(text)["values"]) == 1
    assert unpacked(text, "narrow") == both["narrow"]
    assert json.loads(text)["wide"]["signals"][1:] == signals[1:]


def test_a_chart_without_data_is_kept():
    empty = {"marks": [], "data": [], "signals": []}
    text = packed({"wide": {"marks": []}})
    assert json.loads(text) == {"tables": [], "values": [], "wide": empty}
