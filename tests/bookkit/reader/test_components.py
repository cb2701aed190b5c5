"""What a chapter asks of its reader, as pages: whole without JavaScript, strict in the build."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from tests.conftest import copy_book

from bookkit.execution.numbers import numbers_on_pages
from bookkit.reader.figure_controls import refused

GLUE = """
```{code-cell} ipython3
:tags: [remove-cell]
from myst_nb import glue
glue("size", 3.0, display=False)
glue("word", "many", display=False)
glue("order", [1, 1, 2], display=False)
glue("curve", [(0.0, 1.0), (2.0, 0.5)], display=False)
glue("results", {"stands": True, "falls": (False, "0.9, asked for at most 0.5")}, display=False)
```
"""


def text_of(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html)))


def part(html, name):
    start = html.index(f'id="{name}"')
    ends = [html.find(mark, start + 1) for mark in ('class="predict"', 'class="recall"', "<h2")]
    return html[start : min(end for end in ends if end > 0)]


ANSWERS = {
    "predict-dimension": "The run says 8.8 numbers (interval 8.2 to 9.4).",
    "predict-halving": "The run says: It falls by less.",
    "predict-order": "The run says, in this order: network nearest neighbour kernel ridge",
    "predict-fall": "The measured curve falls from 0.632 at 10 to 0.02 at 10000 (Samples n; Error",
    "recall-size": "The run says 12.2 px.",  # 12.25 on another page, to three digits
    "recall-meaning": "It is what the pixels follow from",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_question_and_its_folded_answer_need_no_script(reader_site, name):
    html = part(reader_site.html("second"), name)
    assert ANSWERS[name] in text_of(html)
    assert "<details" in html
    assert " open" not in re.findall(r"<details[^>]*>", html)[0]


def test_a_wrong_option_names_the_section_to_read_again(reader_site):
    html = part(reader_site.html("second"), "recall-meaning")
    assert html.count("Read again:") == 2  # the two wrong options of three
    assert 'href="first.html#the-size"' in html


def test_a_moving_number_shows_its_sliders_start_and_a_phrase_leads_to_its_figure(reader_site):
    text = text_of(reader_site.html("second"))
    assert "2 neighbours and a size of 0.5 ," in text
    assert 'href="#fig-fall"' in reader_site.html("second")


@pytest.mark.parametrize("value", [0, 0.3, 1, 0.1 + 0.2])
def test_a_control_can_stand_at_each_of_its_steps(value):
    assert refused({"kind": "range", "limits": (0.0, 1.0, 0.1)}, value) == ""


@pytest.mark.parametrize("value", [-0.1, 0.35, 1.1, True, "0.3", None])
def test_a_control_stands_nowhere_else(value):
    told = refused({"kind": "range", "limits": (0.0, 1.0, 0.1)}, value)
    assert told == "a number from 0 to 1 in steps of 0.1"


def test_a_term_brings_its_definition_once(reader_site):
    html = reader_site.html("second")
    assert html.count('id="about-term-latent"') == 1
    assert 'href="first.html#the-size"' in html[html.index('id="about-term-latent"') :]
    assert "data-definitions" not in reader_site.html("glossary")


def test_an_exercise_says_its_grade_and_a_solution_is_folded(reader_site):
    html = reader_site.html("second")
    assert "A worked example" in text_of(html)
    solution = html[html.index('<details class="solution"') :]
    assert "steps" in solution[: solution.index("</details>")]
    assert 'id="exercise-content"' not in html
    assert 'id="solution-content"' not in html


def test_what_a_build_glued_can_be_listed(reader_site):
    found = numbers_on_pages(reader_site.root / "_build" / "jupyter_execute")
    assert found["book/first"]["size"] == "12.25"
    assert found["book/second"]["ex-worked"] == "3"


def test_the_answers_page_lists_every_question_in_order(reader_site):
    html = reader_site.html("answers")
    asked = re.findall(r'data-question="book/second#([\w-]+)"', html)
    assert asked == [
        "recall-meaning",
        "recall-size",
        "predict-dimension",
        "predict-halving",
        "predict-order",
        "predict-fall",
    ]


PREDICT = ":::{{predict}} one\n:kind: {kind}\n:answer: {answer}\n{more}\nHow many?\n{list}:::\n"


def predict(kind, answer="size", more="", items=""):
    return PREDICT.format(kind=kind, answer=answer, more=more, list=items)


NUMBER = ":min: 1\n:max: 9\n"
CURVE = ":x: 0 to 2: n\n:y: 0 to 1: e\n"
ITEMS = "\n- one\n- two\n- three\n"
RECALL = ":::{recall} one\n"
FAULTS = {
    "kind": (predict("guess"), ":kind: must be one of number, choice, order, curve, got 'guess'"),
    "missing": (predict("number"), "a prediction of kind number needs :min: and :max:"),
    "unwanted": (predict("choice", more=":min: 1\n"), "of kind choice takes no :min:"),
    "reversed": (predict("number", more=":min: 9\n:max: 1\n"), ":min: must be below :max:"),
    "axis": (predict("curve", more=":x: 1-2\n:y: 0 to 1: e\n"), ":x: must read like"),
    "log": (predict("curve", more=":x: 0 to 2 log: n\n:y: 0 to 1: e\n"), "must begin above 0"),
    "few": (
        predict("curve", more=f"{CURVE}:handles: 3\n"),
        ":handles: must be from 8 to 12, got 3",
    ),
    "no list": (predict("choice"), "needs a list of at least 2 items"),
    "unglued": (predict("number", "weight", NUMBER), "nothing is glued as 'weight'"),
    "misspelt": (predict("number", "wrod", NUMBER), "; did you mean word?"),
    "no number": (predict("number", "word", NUMBER), "word must be a finite number"),
    "no item": (
        predict("choice", "word", items=ITEMS),
        "word must be an item's text or its number",
    ),
    "twice": (predict("order", "order", items=ITEMS), "must name each of the 3 items once"),
    "no figure": (predict("number", more=f"{NUMBER}:figure: fig-x\n"), "no figure of this page"),
    "no reread": (f"{RECALL}\nWhat?\n\n- [x] A\n\n  b\n:::\n", "a question needs :reread:"),
    "no right": (f"{RECALL}:reread: top\n\nWhat?\n\n- [ ] A\n\n  b\n:::\n", "one option must be"),
    "no feedback": (f"{RECALL}:reread: top\n\nWhat?\n\n- [x] A\n:::\n", "option 1 has no feedback"),
    "no mark": (f"{RECALL}:reread: top\n\nWhat?\n\n- A\n\n  b\n:::\n", "option 1 must begin with"),
    "no tolerance": (f"{RECALL}:reread: top\n:answer: size\n\nWhat?\n:::\n", ":tolerance:"),
    "no section": (
        f"{RECALL}:reread: nowhere\n:answer: size\n:tolerance: 1\n\nWhat?\n:::\n",
        "nowhere",
    ),
    "no chart": ("See {moving}`fig-x k`.\n", "no chart of this page stands in a figure 'fig-x'"),
    "no words": ("Then {try}`set k to 1`.\n", "must read like `set k to 1 <fig-knn k=1>`"),
    "no page": ("Then {try}`set k <gone::fig-knn k=1>`.\n", "there is no page 'gone'"),
    "fallen": ("It falls. {claim}`falls`\n", "'falls' has fallen (0.9, asked for at most 0.5)"),
    "unjudged": ("It falls. {claim}`other`\n", "nothing judges the claim 'other' on this page"),
    "no grade": ("```{exercise} One\n:label: ex\n\nDo.\n```\n", "needs :class: with one of worked"),
    "untested": (
        "```{exercise} One\n:label: ex\n:class: free\n\nDo.\n```\n\n```{solution} ex\nDone.\n```\n",
        "has no cell, so nothing tests it",
    ),
}


def page_of_faults():
    """Write a page with every fault, and say at which lines each stands."""
    page, spans = f"(top)=\n# Faults\n{GLUE}", {}
    for i, (kind, (text, message)) in enumerate(FAULTS.items()):
        first = page.count("\n") + 5  # the front matter stands above, a blank line between
        spans[kind] = (range(first, first + text.count("\n")), message)
        page += "\n" + re.sub(r"\b(ex|one)\b(?=\n)", rf"\1-{i}", text)
    return page, spans


def test_a_phrase_may_lead_to_a_state_of_another_pages_figure(reader_site):
    html = reader_site.html("first")
    state = quote('[{"k":7,"band":false},{}]')
    assert f'href="second.html#fig-fall?view={state}"' in html


# A small experiment of this test: a number that is large in a world with structure only.
WORLD = """
```{{code-cell}} ipython3
:tags: [remove-cell]
import numpy as np
from myst_nb import glue
rng = np.random.default_rng(1)
x = rng.standard_normal(400)
noise = 0.5 * rng.standard_normal(400)
y = {target} + noise
share = float(np.corrcoef(x, y)[0, 1] ** 2)
slope = float(np.polyfit(x, y, 1)[0])
results = {{"fits": (share > 0.5, f"{{share:.2f}}"), "rises": (slope > 0.5, "")}}
glue("results", results, display=False)
```

# A law

The line fits the points. {{claim}}`fits`
What follows is no claim.

:::{{admonition}} Held here too
It rises. {{claim}}`rises`
:::

It fits and rises. {{claim}}`fits, rises`
"""


@pytest.fixture(scope="session")
def faulty(once):
    """Build, once for all workers, a book with every fault, and a law in two worlds."""

    def make(root):
        book = copy_book(root)
        book.page("faults", page_of_faults()[0])
        for name, target in (("true", "x"), ("control", "rng.permutation(x)")):
            book.page(name, WORLD.format(target=target))
        book.contents(["true", "control", "faults"])
        built = book.build()
        (root / "told.txt").write_text(built.stderr, "utf-8")
        assert built.returncode == 1

    return once("faulty", make)


def told_of(faulty, name):
    """List what the build told of a page: line by line of the page, and the words."""
    told = (faulty / "told.txt").read_text("utf-8")
    return [(int(n), line) for n, line in re.findall(rf"book/{name}\.md:(\d+): (.*)", told)]


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_of_a_component_is_named_with_chapter_and_line(faulty, kind):
    told = told_of(faulty, "faults")
    span, message = page_of_faults()[1][kind]
    assert any(n in span and message in line for n, line in told), (span, told)


def test_on_a_control_world_every_finding_sentence_is_flagged_at_its_line(faulty):
    assert told_of(faulty, "true") == []
    text = (faulty / "book" / "control.md").read_text("utf-8").splitlines()
    wanted = {n for n, line in enumerate(text, start=1) if "{claim}" in line}
    flagged = {n for n, line in told_of(faulty, "control") if "has fallen" in line}
    assert flagged == wanted
