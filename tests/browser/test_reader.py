"""What a page asks of its reader works by pointer, touch and keys, is spoken, and is kept."""

import gzip
import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import at_rest

pytestmark = pytest.mark.slow

SHOWN = re.compile("is-shown")
DRAWN = "#predict-fall [role=slider]"


@pytest.fixture
def visit(reader, tabs):
    def open_page(name="second", **options) -> Page:
        page = tabs.open(**options)
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto(reader.url(f"book/{name}.html"))
        if options.get("java_script_enabled", True):
            page.locator("html[data-reader=ready]").wait_for()
        return page

    return open_page


def guess(page, name):
    page.locator(f"#{name} button[type=submit]").click()


def answers(page):
    kept = page.evaluate("Object.entries(localStorage).find(([k]) => k.startsWith('answers'))[1]")
    return {key.partition("#")[2]: entry for key, entry in json.loads(kept).items()}


def spoken(page, text):
    expect(page.locator("main > [role=status]")).to_contain_text(text)


# Predictions.


def test_a_number_guessed_by_keys_shows_the_figure_and_the_gap(visit):
    page = visit()
    figure = page.locator("#fig-fall")
    expect(figure).to_be_hidden()
    slider = page.get_by_role("slider", name="Your guess")
    slider.focus()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert slider.get_attribute("aria-valuetext") == "3\N{NO-BREAK SPACE}numbers"
    page.keyboard.press("Enter")
    words = "You said 3 numbers; the run says 8.8 numbers (interval 8.2 to 9.4). That is 2.9"
    expect(page.locator("#predict-dimension .predict-words")).to_contain_text(words)
    expect(figure).to_be_visible()
    spoken(page, "The figure is shown.")
    assert page.evaluate("document.activeElement.className") == "predict-outcome"
    labels = page.locator("#predict-dimension .guess-mark").all_inner_texts()
    assert labels == ["you 3", "measured 8.8"]


def test_the_guess_is_handed_to_the_figure(visit):
    page = visit()
    page.get_by_role("slider", name="Your guess").fill("12")
    guess(page, "predict-dimension")
    page.locator("#fig-fall").scroll_into_view_if_needed()
    told = page.locator("#fig-fall-chart svg").get_by_text("your guess: 12")
    expect(told).to_be_visible()
    page.locator("[data-theme-switch]").click()  # the chart is drawn anew, and still knows it
    at_rest(page)
    expect(told).to_be_visible()
    assert answers(page)["predict-dimension"]["guess"] == 12


def test_a_guess_and_its_reason_outlive_the_page_until_forgotten(visit):
    page = visit()
    page.locator("#predict-halving label").first.click()
    guess(page, "predict-halving")
    page.get_by_label("Why, in your own words?").first.fill("Half the gap, half the error.")
    page.reload()
    expect(page.locator("#predict-halving .guess-tag.is-guess")).to_be_visible()
    expect(page.locator("#predict-halving .guess-tag.is-truth")).to_be_visible()
    assert page.locator("#predict-halving textarea").input_value().startswith("Half the gap")
    page.locator("#predict-halving").get_by_text("Forget my answers").click()
    page.reload()
    expect(page.locator("#predict-halving form")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('answers'))") == []


def test_one_key_skips_and_is_not_asked_again(visit):
    page = visit()
    page.get_by_role("slider", name="Your guess").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#fig-fall")).to_be_visible()
    expect(page.locator("#predict-dimension .run-says")).to_contain_text("The run says 8.8")
    page.reload()
    expect(page.locator("#fig-fall")).to_be_visible()
    expect(page.locator("#predict-dimension form")).to_be_hidden()
    page.locator("#predict-dimension").get_by_text("Guess after all").click()
    expect(page.locator("#predict-dimension form")).to_be_visible()


def test_nothing_is_committed_without_a_pick(visit):
    page = visit()
    guess(page, "predict-halving")
    expect(page.get_by_role("alert").filter(has_text="Pick one first")).to_be_visible()
    expect(page.locator("#predict-halving .predict-answer")).to_be_hidden()


def test_an_order_is_made_with_buttons_and_each_move_is_spoken(visit):
    page = visit()
    page.get_by_role("button", name="Up: network").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the button keeps its focus
    spoken(page, "network: first of 3")
    guess(page, "predict-order")
    expect(page.locator("#predict-order .predict-words")).to_have_text(
        "That is the measured order."
    )


def test_an_order_is_made_by_dragging(visit):
    page = visit()
    rows = page.locator("#predict-order .predict-order li")
    rows.nth(0).scroll_into_view_if_needed()
    start, end = rows.nth(0).bounding_box(), rows.nth(2).bounding_box()
    page.mouse.move(start["x"] + 60, start["y"] + 15)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, end["y"] + end["height"] - 4, steps=8)
    page.mouse.up()
    assert [row.split("\n")[0] for row in rows.all_inner_texts()][-1] == "nearest neighbour"


def box_of(page):
    page.locator("#predict-fall-handles").scroll_into_view_if_needed()
    return page.locator("#predict-fall-handles").bounding_box()


def heights(page):
    return [
        float(v) for v in page.eval_on_selector_all(DRAWN, "all => all.map(e => e.ariaValueNow)")
    ]


def test_a_curve_is_drawn_by_pointer_in_one_sweep(visit):
    page = visit()
    box = box_of(page)
    page.mouse.move(box["x"], box["y"])
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"], box["y"] + box["height"])  # one jump: none is missed
    page.mouse.up()
    # A straight line over three decades of n and two of error: n to the power -2/3.
    assert heights(page) == pytest.approx([10 ** (-2 * i / 8) for i in range(9)], rel=0.05)
    guess(page, "predict-fall")
    expect(page.locator("#predict-fall .predict-words")).to_contain_text("Too steep")
    assert page.locator("#predict-fall .curve-truth").get_attribute("d")
    page.reload()
    expect(page.locator("#predict-fall .predict-words")).to_contain_text("Too steep")


def test_a_curve_is_drawn_by_keys_alone_and_each_value_is_spoken(visit):
    page = visit()
    page.locator(DRAWN).first.focus()
    for i in range(9):
        for key in ("End", *["PageDown"] * i):
            page.keyboard.press(key)
        if i < 8:
            page.keyboard.press("ArrowRight")
    now = page.evaluate("document.activeElement.ariaLabel")
    assert now == "At 10000"
    page.keyboard.press("ArrowUp")
    spoken(page, "At 10000: 0.011")
    assert page.locator(f"{DRAWN}[tabindex='0']").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#predict-fall .predict-words")).to_be_visible()
    assert len(answers(page)["predict-fall"]["guess"]) == 9


def test_a_curve_is_drawn_by_touch_without_scrolling_the_page(visit):
    page = visit(width=390, has_touch=True)
    box = box_of(page)
    top = page.evaluate("scrollY")
    session = page.context.new_cdp_session(page)
    steps = [(box["x"] + box["width"] * k / 6, box["y"] + box["height"] * k / 8) for k in range(7)]
    for i, (x, y) in enumerate(steps):
        kind = "touchStart" if i == 0 else "touchMove"
        point = {"type": kind, "touchPoints": [{"x": x, "y": y}]}
        session.send("Input.dispatchTouchEvent", point)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert page.locator(f"{DRAWN}.is-set").count() == 9
    assert page.evaluate("scrollY") == top


# Recall.


def test_a_wrong_option_says_why_and_is_kept(visit):
    page = visit()
    page.locator("#recall-meaning summary").first.focus()
    page.keyboard.press("Enter")
    spoken(page, "No. A pixel is what one sees")
    link = page.locator("#recall-meaning").get_by_role("link", name="How large it is").first
    expect(link).to_be_visible()
    page.reload()
    expect(page.locator("#recall-meaning .was-chosen")).to_contain_text("your first answer")
    assert answers(page)["recall-meaning"]["right"] is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12,5", "Yes: 12.5 px is near enough."),
        ("9", "No: 9 px is too low."),
        ("x", "Write a number"),
    ],
)
def test_a_number_is_checked_against_the_run(visit, text, said):
    page = visit()
    field = page.get_by_label("Your answer, in px")
    field.fill(text)
    field.press("Enter")
    expect(page.locator("#recall-size .recall-verdict")).to_contain_text(said)
    spoken(page, said)
    again = page.locator("#recall-size .recall-said").get_by_text("Read again")
    expect(again).to_be_visible(visible=not said.startswith("Yes"))


# The text and its figure.


def reveal(page):
    page.locator("#predict-dimension [data-skip]").click()


def test_a_number_and_its_chart_move_each_other(visit):
    page = visit()
    reveal(page)
    number = page.get_by_role("slider", name="Neighbours k").filter(has_text="2")
    number.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#fig-fall-k")).to_have_value("3")
    page.locator("#fig-fall-k").focus()
    page.keyboard.press("End")
    moving = page.locator("[data-parameter=k]")
    expect(moving).to_have_text("10")
    assert moving.get_attribute("aria-valuenow") == "10"
    page.locator("#fig-fall-chart[data-state=live]").wait_for()
    page.keyboard.press("Home")
    expect(moving).to_have_text("1")


def test_a_number_is_dragged(visit):
    page = visit()
    moving = page.locator("[data-parameter=size]")
    moving.scroll_into_view_if_needed()
    box = moving.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 21, box["y"] + 5)
    page.mouse.up()
    expect(moving).to_have_text("0.7")  # 16 px: two steps of 8
    expect(page.locator("#fig-fall-size")).to_have_value("0.7")


def test_a_number_is_dragged_by_touch(visit):
    page = visit(width=390, has_touch=True)
    moving = page.locator("[data-parameter=k]")
    moving.scroll_into_view_if_needed()
    box = moving.bounding_box()
    session = page.context.new_cdp_session(page)
    for kind, dx in (("touchStart", 0), ("touchMove", 12), ("touchMove", 24)):
        points = [{"x": box["x"] + 8 + dx, "y": box["y"] + 8}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(moving).to_have_text("5")  # 24 px: three steps of 8


@pytest.mark.parametrize("live", [True, False])
def test_a_phrase_sets_the_figure_and_can_be_undone(visit, live):
    page = visit()
    if live:
        reveal(page)
        page.locator("#fig-fall").scroll_into_view_if_needed()
        page.locator("#fig-fall-chart[data-state=live]").wait_for()
    phrase = page.get_by_role("link", name="set k to 7 and hide the points")
    phrase.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#fig-fall-k")).to_have_value("7")
    expect(page.locator("#fig-fall-band")).not_to_be_checked()
    expect(page.locator("#fig-fall")).to_be_in_viewport()
    expect(page.locator("[data-parameter=k]")).to_have_text("7")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Undo is next to the phrase
    expect(page.locator("#fig-fall-k")).to_have_value("2")
    expect(page.locator("#fig-fall-band")).to_be_checked()
    expect(phrase).to_be_focused()
    spoken(page, "Undone.")


def test_a_figure_says_what_it_waits_for_and_can_be_had_without(visit):
    page = visit()
    note = page.locator(".held-note")
    expect(note).to_have_text("This figure waits for your guess above. Show it now")
    note.get_by_role("button").click()
    expect(page.locator("#fig-fall")).to_be_visible()
    expect(note).to_be_hidden()
    expect(page.locator("#predict-dimension form")).to_be_visible()


def test_a_link_to_a_figure_shows_it_though_no_guess_was_made(visit):
    page = visit()
    page.get_by_role("link", name="Fig. 1").click()
    expect(page.locator("#fig-fall")).to_be_visible()


@pytest.mark.parametrize("name", ["%", "%E0%A4%A", "fig-curve%?view=[]"])
def test_a_malformed_name_in_a_link_is_no_error(reader, tabs, name):
    page = tabs.open()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{reader.url('book/second.html')}#{name}")
    page.locator("html[data-reader=ready]").wait_for()
    at_rest(page)
    assert errors == []


# Definitions.


def test_a_definition_opens_by_keyboard_and_pointer_and_closes_by_escape(visit):
    page = visit()
    term = page.get_by_role("link", name="latent")
    expect(term).to_have_accessible_description(re.compile("A hidden number"))
    page.locator("[data-parameter=size]").focus()
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hash") == "#term-latent":
            break
    note = page.locator(".term-note")
    expect(note).to_contain_text("A hidden number")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    term.hover()
    expect(note).to_contain_text("A hidden number")
    note.hover()
    at_rest(page)  # a pointer may move into the note
    expect(note).to_be_visible()


def test_a_first_tap_opens_a_definition_and_offers_the_glossary(visit):
    page = visit(width=390, has_touch=True)
    page.get_by_role("link", name="sample gap").tap()
    note = page.locator(".term-note")
    expect(note).to_contain_text("nearest sample")
    inside = note.bounding_box()
    assert inside["x"] >= 0
    assert inside["x"] + inside["width"] <= 390
    note.get_by_role("link", name="Open the glossary").tap()
    page.wait_for_url("**/glossary.html#term-sample-gap")


def test_a_margin_note_is_text_at_every_width(visit):
    for width in (1280, 390):
        expect(visit(width=width).get_by_role("note")).to_have_text("Another side note.")


# One's own answers.


def test_answers_are_listed_saved_and_forgotten(visit):
    page = visit()
    page.locator("#recall-meaning summary").nth(1).click()
    page.get_by_role("slider", name="Your guess").fill("9")
    guess(page, "predict-dimension")
    page.get_by_label("Why, in your own words?").fill('=A "guess", no more')
    page.goto(page.url.replace("second", "answers"))
    expect(page.locator("[data-question$=recall-meaning]")).to_contain_text("Right.")
    expect(page.locator("[data-question$=predict-order]")).to_have_text("No answer yet.")
    page.get_by_label("Your name").fill("Ada")
    with page.expect_download() as text:
        page.get_by_role("button", name="Save as text").click()
    saved = text.value.path().read_text("utf-8")
    assert "Ada" in saved
    assert "- In my own words: =A" in saved
    with page.expect_download() as table:
        page.get_by_role("button", name="Save as a table").click()
    rows = table.value.path().read_text("utf-8").splitlines()
    assert len(rows) == 3  # the heads and two answers
    assert '"\'=A ""guess"", no more"' in rows[2]
    forget = page.locator("[data-forget]")
    forget.click()
    expect(forget).to_have_text("Press again to forget all of them")
    forget.click()
    expect(page.locator("[data-question$=recall-meaning]")).to_have_text("No answer yet.")


# Where something is missing.

REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"


@pytest.mark.parametrize("fault", [REFUSED, FULL])
def test_without_storage_all_works_and_the_reader_is_told(reader, tabs, fault):
    page = tabs.open()
    page.context.add_init_script(fault)
    page.goto(reader.url("book/second.html"))
    page.locator("#predict-halving label").first.click()
    guess(page, "predict-halving")
    expect(page.locator("#predict-halving .predict-words")).to_contain_text("You said: It halves.")
    expect(page.locator("#predict-halving")).to_contain_text("lasts until you leave it")


@pytest.mark.parametrize(
    "kept", ["no JSON", "[1, 2]", '{"book/second#predict-fall": {"guess": [3]}}']
)
def test_damaged_answers_are_ignored(visit, kept):
    page = visit()
    page.locator("#predict-halving [data-skip]").click()
    name = "Object.keys(localStorage).find((k) => k.startsWith('answers'))"
    page.evaluate(f"localStorage.setItem({name}, {json.dumps(kept)})")
    page.reload()
    expect(page.locator("#predict-fall form")).to_be_visible()


def test_where_the_script_does_not_come_nothing_is_withheld(reader, tabs):
    page = tabs.open()
    page.route("**/reader.js", lambda route: route.abort())
    page.goto(reader.url("book/second.html"))
    expect(page.locator("#fig-fall")).to_be_visible()
    expect(page.locator("#predict-dimension .predict-answer")).to_be_visible()
    expect(page.locator("#predict-dimension form")).to_be_hidden()


def test_without_javascript_questions_stand_and_answers_unfold(visit):
    page = visit(java_script_enabled=False)
    expect(page.locator("#fig-fall")).to_be_visible()
    expect(page.locator("#predict-dimension form")).to_be_hidden()
    page.locator("#predict-fall .predict-answer summary").click()
    expect(page.locator("#predict-fall .predict-answer")).to_contain_text("falls from 0.632 at 10")
    page.locator("#recall-meaning summary").nth(1).click()
    expect(page.locator("#recall-meaning")).to_contain_text("It is what the pixels follow from")
    expect(page.locator("[data-parameter=k]")).to_have_text("2")


def test_on_paper_figures_and_answers_stand_and_forms_do_not(visit):
    page = visit()
    page.emulate_media(media="print")
    expect(page.locator("#fig-fall")).to_be_visible()
    expect(page.locator("#predict-dimension form")).to_be_hidden()
    expect(page.locator("#predict-dimension .predict-answer")).to_be_visible()


# For every reader.


def take_part(page):
    page.locator("#recall-meaning summary").first.click()
    page.get_by_label("Your answer, in px").fill("9")
    page.locator("#recall-size button").click()
    for name in ("predict-dimension", "predict-order"):
        guess(page, name)
    page.locator("#predict-halving label").first.click()
    guess(page, "predict-halving")
    page.locator(DRAWN).first.focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    guess(page, "predict-fall")
    page.get_by_role("link", name="make it small").click()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_before_and_after_and_nothing_overflows(visit, theme, width):
    page = visit(theme=theme, width=width)
    faults = []
    for act in (None, take_part):
        if act:
            act(page)
        at_rest(page)
        for rule in Axe().run(page).response["violations"]:
            faults += [(rule["id"], node["html"][:200]) for node in rule["nodes"]]
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert faults == []


def test_targets_are_large_enough_for_a_finger(visit):
    page = visit(width=390)
    query = ".predict :is(button, input, label, [role=slider]), .recall :is(button, summary)"
    sizes = page.eval_on_selector_all(
        query,
        """all => all.filter(e => e.checkVisibility() && e.matches(':not([type=radio])'))
        .map(e => [e.outerHTML.slice(0, 80), Math.min(e.offsetWidth, e.offsetHeight)])""",
    )
    assert [size for size in sizes if size[1] < 24 and "label for" not in size[0]] == []


def test_the_script_is_small_and_comes_only_where_it_is_needed(reader, tabs):
    script = (reader.root / "_static" / "reader.js").read_bytes()
    assert len(gzip.compress(script, 9)) <= 12_000
    for name, wanted in (("second", True), ("glossary", False)):
        page = tabs.open()
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(reader.url(f"book/{name}.html"))
        page.wait_for_load_state("networkidle")
        assert any(url.endswith("/reader.js") for url in asked) is wanted
