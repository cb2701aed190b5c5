"""Each control of each page changes its drawing, shows what was chosen, and raises no error.

Lists, radio buttons, boxes to tick and the buttons of legends are asked for every option;
sliders for their ends and for steps away from one. An option may make no difference in the state
that the page opens in (a list that a tick-box beside it switches off, say): then one other control
is moved first, and the option must make a difference in one of those states.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Site, Tabs, at_rest, every_page, scroll_through
from tests.patience import MILLISECONDS, eventually

# An option that may leave its drawing as it is, and why: page, figure, control, option.
WITHOUT_DIFFERENCE: dict[tuple[str, str, str, str], str] = {}
# A phrase that may, and why: page and words.
PHRASES_WITHOUT_DIFFERENCE: dict[tuple[str, str], str] = {}

FRAMES = 20  # that a browser draws before a drawing counts as one that stays
FEW = 6  # where many others are tried

# What a reader sees of a live chart, as a short number: nothing that only listeners are told,
# nothing that is fully transparent.
DRAWN = """chart => {
  const live = chart.querySelector('.chart-live').cloneNode(true);
  for (const hidden of live.querySelectorAll('[opacity="0"]')) hidden.remove();
  for (const mark of live.querySelectorAll('[aria-label]')) mark.removeAttribute('aria-label');
  let sum = 5381;
  const text = live.innerHTML;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 33) + text.charCodeAt(i)) | 0;
  return sum;
}"""
# Looks frame by frame: until a drawing stands still, or until it differs from `before` or has
# stayed for some frames. A page draws what was chosen at the next frame (charts/controls.js), so
# that a busy machine has later frames and not fewer changes.
SEEN = f"""async (chart, [before, frames, patience]) => {{
  const look = {DRAWN};
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const end = performance.now() + patience;
  for (let n = 0, last = before; before === null || n < frames; n++) {{
    await frame();
    const now = look(chart);
    const stands = now === last && !chart.hasAttribute('aria-busy');
    if (before === null ? stands : now !== before) return now;
    if (performance.now() > end) return null;
    last = now;
  }}
  return before;
}}"""
# Each control in sight: its name, its kind, and for each option a mark to find it by, label, place.
CONTROLS = """chart => {
  const sight = query => [...chart.querySelectorAll(query)].filter(e => e.checkVisibility());
  const mark = e => e.dataset.tested ??= document.querySelectorAll('[data-tested]').length;
  const last = (all, chosen) => all.sort((a, b) => chosen(a) - chosen(b));
  const found = [];
  for (const e of sight('select[data-signal]'))
    found.push([e.dataset.signal, 'list',
      last([...e.options], o => o.selected).map(o => [mark(e), o.text, o.index])]);
  for (const name of new Set(sight('input[type=radio]').map(e => e.dataset.signal)))
    found.push([name, 'radio',
      last(sight(`input[type=radio][data-signal="${name}"]`), e => e.checked)
        .map(e => [mark(e), e.value, 0])]);
  for (const e of sight('input[type=checkbox][data-signal]'))
    found.push([e.dataset.signal, 'click', [[mark(e), 'a click', 0], [mark(e), 'another', 0]]]);
  for (const group of sight('.control-pick'))
    found.push([group.dataset.pick, 'click',
      [...group.querySelectorAll('button')].map(e => [mark(e), e.textContent, 0])]);
  for (const e of sight('input[type=range][data-signal], .control-brush input')) {
    const atEnd = Number(e.value) === Number(e.max);
    const keys = atEnd ? ['Home', 'End', 'ArrowLeft'] : ['End', 'Home', 'ArrowRight'];
    const name = e.dataset.signal ?? e.getAttribute('aria-label');
    found.push([name, 'key', keys.map(key => [mark(e), key, 0])]);
  }
  return found;
}"""
VALUES = """chart => Object.fromEntries([...chart.querySelectorAll('[data-signal]')]
  .filter(e => e.type !== 'radio' || e.checked)
  .map(e => [e.dataset.signal, e.type === 'checkbox' ? e.checked : JSON.parse(e.value)]))"""
# Moves each slider and list to all its ends while a pointer comes to and leaves all that is drawn,
# in one task, so that a chart has both to deal with in the same run: a reader's pointer rests on a
# picture as the arrow keys change it.
UNDER_A_POINTER = """async chart => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const rest = () => {
    for (const kind of ['pointerover', 'pointerout', 'pointerover'])
      for (const mark of [...chart.querySelectorAll('.chart-live [class*=mark-] > *')].slice(0, 99))
        mark.dispatchEvent(new PointerEvent(kind, { bubbles: true }));
  };
  for (const e of chart.querySelectorAll('input[type=range], select')) {
    const { value } = e;
    const ends = e.localName === 'select' ? [...e.options].map(o => o.value) : [e.max, e.min];
    for (const end of [...ends, ...ends, ...ends, value]) {
      rest();
      e.value = end;
      e.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      await frame();
    }
  }
}"""


@dataclass(frozen=True)
class Option:
    """One thing that a reader can do to a control.

    Attributes
    ----------
    chart, element
        The chart, and what is clicked, focused or chosen from.
    control, label
        The name of the parameter, and of the option.
    kind
        `list`, `radio`, `click` or `key`.
    index
        The option's place in its list.
    """

    chart: Locator
    element: Locator
    control: str
    label: str
    kind: str
    index: int

    def choose(self) -> None:
        if self.kind == "key":
            self.element.press(self.label)
        elif self.kind == "list":
            self.element.select_option(index=self.index)
        else:
            self.element.click()

    def is_shown(self) -> bool:
        """Tell whether a list or a row of radio buttons stands at the option."""
        if self.kind == "list":
            at: int = self.element.evaluate("e => e.selectedIndex")
            return at == self.index
        return self.kind != "radio" or self.element.is_checked()


@dataclass
class Visit:
    """One page that is being used, and what went wrong on it."""

    page: Page
    name: str
    faults: list[str] = field(default_factory=list)

    def note(self, *words: object) -> None:
        self.faults.append(" ".join(map(str, (self.name, *words))))

    def charts(self) -> Iterator[tuple[str, Locator]]:
        """List the figures and their charts."""
        for chart in self.page.locator(".chart").all():
            yield str(chart.get_attribute("id")).removesuffix("-chart"), chart


def visit(site: Site, tabs: Tabs, name: str) -> Visit:
    found = Visit(tabs.open(traced=False), name)
    found.page.on("pageerror", lambda error: found.note("raised:", error))  # rejections too
    found.page.on("console", lambda said: said.type == "error" and found.note("said:", said.text))
    found.page.goto(site.url(name))
    scroll_through(found.page)
    return found


def settled(chart: Locator) -> int:
    """Wait until a drawing stands still, and tell which it is."""
    seen = chart.evaluate(SEEN, [None, 0, MILLISECONDS])
    assert seen is not None, "the drawing does not come to rest"
    return int(seen)


def has_changed(chart: Locator, before: int, frames: int = FRAMES) -> bool:
    """Wait for a drawing to differ from what it was."""
    return bool(chart.evaluate(SEEN, [before, frames, MILLISECONDS]) != before)


def controls_of(chart: Locator) -> list[list[Option]]:
    """List what can be done to each control that is in sight; what is chosen now comes last."""
    return [
        [
            Option(chart, chart.locator(f"[data-tested='{mark}']"), name, label, kind, index)
            for mark, label, index in each
        ]
        for name, kind, each in chart.evaluate(CONTROLS)
    ]


def makes_a_difference(option: Option, own: list[Option], others: list[list[Option]]) -> bool:
    """Choose an option; where the drawing stays, try it again with one other control moved."""
    if changes(option, FRAMES):
        return True
    away = own[own.index(option) - 1]  # for a step, the end that it leads away from
    for other in (other for control in others for other in control):
        other.choose()
        away.choose()
        if changes(option, FEW):
            return True
    return False


def changes(option: Option, frames: int) -> bool:
    """Choose an option, and look for a change; a slider's step may be too small for one: go on."""
    before = settled(option.chart)
    for _ in range(9 if option.label.startswith("Arrow") else 1):
        option.choose()
        if has_changed(option.chart, before, frames):
            return True
        frames = FEW
    return False


def use_controls(seen: Visit) -> None:
    """Choose every option of every control."""
    for figure, chart in seen.charts():
        controls = controls_of(chart)
        for own in controls:
            others = [control for control in controls if control is not own]
            for option in own:
                place = (figure, option.control, option.label)
                stays = (seen.name, *place) in WITHOUT_DIFFERENCE
                if makes_a_difference(option, own, others) is stays:
                    seen.note(*place, "is listed, and changes" if stays else "changes nothing")
                if not option.is_shown():
                    seen.note(*place, "is not shown as chosen")


def use_under_a_pointer(seen: Visit) -> None:
    """Move controls while a pointer rests on the drawing."""
    for _, chart in seen.charts():
        settled(chart)
        chart.evaluate(UNDER_A_POINTER)


def use_phrases(seen: Visit) -> None:
    """Follow each phrase that sets a figure of its page, and take it back."""
    for phrase in seen.page.locator(".try-it:visible").all():
        words = str(phrase.text_content())
        chart = seen.page.locator(f"#{phrase.get_attribute('data-figure')}-chart")
        asked = phrase.evaluate("e => JSON.parse(e.dataset.try).signals")
        now = chart.evaluate(VALUES)
        for own in controls_of(chart) if asked == {name: now[name] for name in asked} else ():
            if own[0].control in asked:  # a phrase that sets a figure back: move it away first
                own[0].choose()
        before = settled(chart)
        phrase.click()
        note = chart.locator(".chart-note")
        expect(note).to_contain_text("Set from the text")
        shown = chart.evaluate(VALUES)
        if asked != {name: shown[name] for name in asked}:
            seen.note("phrase", repr(words), f"asks for {asked}, and the controls show {shown}")
        stays = (seen.name, words) in PHRASES_WITHOUT_DIFFERENCE
        if has_changed(chart, before) is stays:
            seen.note(
                "phrase", repr(words), "is listed, and changes" if stays else "changes nothing"
            )
        note.get_by_role("button").click()
        expect(note).to_be_empty()


def use_numbers(seen: Visit) -> None:
    """Move each number of the text that is tied to a figure."""
    for number in seen.page.locator(".moving-number:visible").all():
        chart = seen.page.locator(f"#{number.get_attribute('data-figure')}-chart")
        before, text = settled(chart), number.text_content()
        number.press("ArrowRight")
        if number.text_content() == text:  # it stood at its end
            number.press("ArrowLeft")
        if number.text_content() == text or not has_changed(chart, before):
            seen.note("number", number.get_attribute("data-parameter"), "moves nothing")


def keep_the_choices(seen: Visit) -> None:
    """Set all controls otherwise, and draw in the other colours, and open a link: they stay so."""
    page = seen.page
    for _, chart in seen.charts():
        for own in controls_of(chart):
            own[0].choose()
        settled(chart)
    chosen = {figure: chart.evaluate(VALUES) for figure, chart in seen.charts()}
    page.locator("[data-theme-switch]").click()
    at_rest(page)
    for figure, chart in seen.charts():
        settled(chart)
        if chart.evaluate(VALUES) != chosen[figure]:
            seen.note(figure, "loses its state with the theme")
        copy = chart.get_by_role("button", name="Copy link to this view")
        if not copy.count():
            continue
        copy.click()
        expect(chart.locator(".chart-note")).to_contain_text(re.compile("link", re.I))
        link = page.url
        for own in controls_of(chart):
            own[0].choose()
        settled(chart)
        page.evaluate("history.replaceState(null, '', location.pathname)")
        page.goto(link)
        if not eventually(lambda: chart.evaluate(VALUES) == chosen[figure]):  # noqa: B023
            shown = chart.evaluate(VALUES)
            seen.note(figure, f"was left at {chosen[figure]}; its link opens {shown}")
        if "left out" in str(chart.locator(".chart-note").text_content()):
            seen.note(figure, "refuses a part of its own link")


# What a page has beside its charts and links: questions, folds, filters, the bar at its top. Lists
# take each option, the rest is clicked where it stands, words are typed; new ones are used too.
USE_THE_REST = """async () => {
  const every = 'button, summary, select, input, textarea, [role=slider]';
  const tell = e => {
    for (const kind of ['input', 'change']) e.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const press = (e, key) =>
    e.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const set = (e, value) => { e.value = value; tell(e); };
  const use = e => {
    if (e.localName === 'select') [...e.options].forEach(option => set(e, option.value));
    else if (e.localName === 'textarea' || e.type === 'text') set(e, 'κ = 5 & "so" <b>');
    else if (e.type === 'range' || e.type === 'number') set(e, e.max);
    else if (e.getAttribute('role') === 'slider')
      ['End', 'ArrowLeft', 'Home', 'PageUp'].forEach(key => press(e, key));
    else e.click();
    if (e.localName === 'select') set(e, e.options[0].value);
  };
  const used = new Set();
  for (let round = 0, before = -1; round < 3 && used.size > before; round++) {
    before = used.size;
    for (const e of document.querySelectorAll(every)) {
      if (used.has(e) || e.closest('.chart, form[action]') || !e.checkVisibility()) continue;
      used.add(e);
      use(e);
      if (used.size % 20 === 0) await new Promise(done => setTimeout(done));
    }
    await new Promise(done => setTimeout(done, 500));
  }
  return used.size;
}"""


@every_page
def test_nothing_raises_on_any_page_whatever_is_used(visited, tabs):
    site, name = visited
    faults = []
    page = tabs.open(traced=False)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.add_init_script("window.print = () => {}")
    page.goto(site.url(name))
    if page.locator("[data-predict], [data-recall], [data-claims-table], [data-answers]").count():
        page.locator("html[data-reader=ready]").wait_for()
    used = page.evaluate(USE_THE_REST)
    assert faults == []
    assert used > 1, "a page has a switch of its theme, and more"


@every_page
def test_every_control_changes_its_drawing_and_nothing_raises(visited, tabs):
    site, name = visited
    if 'class="chart"' not in (site.root / name).read_text("utf-8"):
        return
    seen = visit(site, tabs, name)
    use_under_a_pointer(seen)
    use_numbers(seen)
    use_phrases(seen)
    use_controls(seen)
    keep_the_choices(seen)
    assert seen.faults == []
