"""What is asked of a page in one visit: scripts that run in it, and the faults that they tell.

Each function of a visit gives the faults that it found, as short sentences.
"""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from selenium.webdriver.common.keys import Keys
from tests.browser.test_every_control import DRAWN
from tests.engines.engine import Engine
from tests.patience import SECONDS

# Shown figures count: those that wait for a guess are shown, and each is walked past until it is
# live. A page learns what is in view when a frame is drawn. Works in a frame of the page as well.
WALK = """
const [patience, inner] = args;
const page = inner ? frames[0] : window;
const { document } = page;
const deadline = performance.now() + patience;
const frame = () => new Promise(done => {
  page.requestAnimationFrame(() => done(true));
  setTimeout(done, patience, false);
});
const until = async ask => {
  while (!ask() && performance.now() < deadline) await new Promise(done => setTimeout(done, 50));
  return ask();
};
if (!await until(() => document.querySelector('main') && document.readyState === 'complete'))
  return ['the page does not load'];
if (document.querySelector('.js [data-predict]')) {
  if (!await until(() => document.documentElement.dataset.reader === 'ready'))
    return ['the reader part does not start'];
  for (const e of document.querySelectorAll('[data-skip]')) if (e.checkVisibility()) e.click();
}
for (let top = 0; top < document.documentElement.scrollHeight; top += 500) {
  page.scrollTo(0, top);
  if (!await frame() || !await frame()) return [`no frame was drawn at ${top} px`];
}
const waiting = () => [...document.querySelectorAll('.chart:not([data-state=live])')];
await until(() => waiting().length === 0);
const note = e => e.querySelector('.chart-note')?.textContent;
const faults = waiting().map(e => `${e.id} is not live: ${note(e)}`);
const empty = () => [...document.querySelectorAll('.chart-live image')]
  .filter(e => !e.href.baseVal);
await until(() => empty().length === 0);
faults.push(...empty().map(e => `${e.closest('.chart').id} has an empty picture`));
const wide = document.documentElement.scrollWidth - page.innerWidth;
if (wide > 0) faults.push(`scrolls sideways by ${wide} px at ${page.innerWidth}`);
page.scrollTo(0, 0);
return faults;
"""
# `label-content-name-mismatch` is an experiment of axe's, and asked for by name. The marks of the
# drawings, up to four thousand on a page, are the same in each engine: Chromium's tests ask them.
AXE = f"""{AXE_SCRIPT}
const rules = {{ 'label-content-name-mismatch': {{ enabled: true }} }};
const asked = {{ exclude: [['.chart-live svg']] }};
const {{ violations }} = await axe.run(asked, {{ resultTypes: ['violations'], rules }});
return violations.flatMap(({{ id, nodes }}) =>
  nodes.map(({{ html }}) => `axe, ${{id}}: ${{html.slice(0, 200)}}`));
"""
FOREIGN = """
return performance.getEntriesByType('resource').map(({ name }) => name)
  .filter(name => !name.startsWith(location.origin + '/') && !/^(data|blob):/.test(name));
"""
# Everything in sight in a chart that takes the focus; of radio buttons, the one that is chosen.
CONTROLS = """[...document.querySelectorAll('.chart :is(input, select, button, summary)')]
  .filter(e => e.checkVisibility() && !e.disabled && (e.type !== 'radio' || e.checked))"""
LISTEN = f"""
window.reached = new Set();
addEventListener('focusin', ({{ target }}) => reached.add(target));
const main = document.querySelector('main');
main.tabIndex = -1;
main.focus();
if (!document.hasFocus()) throw new Error('the page has no focus');
return {CONTROLS}.length;
"""
LEFT = f"""
return {{
  reached: reached.size,
  left: {CONTROLS}.filter(e => !reached.has(e)).map(e => e.outerHTML.slice(0, 120)),
}};
"""
FIRST_SLIDERS = """
return [...document.querySelectorAll('.chart')].flatMap(chart => {
  const slider = [...chart.querySelectorAll('input[type=range][data-signal]')]
    .find(e => e.checkVisibility());
  return slider ? [[chart.id, Number(slider.value) < Number(slider.max)]] : [];
});
"""
FOCUS = """
const sliders = document.querySelectorAll(`[id="${args[0]}"] input[type=range][data-signal]`);
[...sliders].find(e => e.checkVisibility()).focus();
"""
# Waits until a drawing is another than the one that was seen; or, with none seen, until it rests.
LOOK = f"""
const [id, before, patience] = args;
const seen = {DRAWN};
const chart = document.getElementById(id);
const deadline = performance.now() + patience;
let last = null, now = seen(chart);
while (performance.now() < deadline && (before === null ? now !== last : now === before)) {{
  await new Promise(done => setTimeout(done, 50));
  [last, now] = [now, seen(chart)];
}}
return now;
"""
SWITCH = """
document.querySelector('[data-theme-switch]')?.click();
return Boolean(document.querySelector('[data-theme-switch]'));
"""
HIDE_CHARTS = """
const style = document.createElement('style');
style.textContent = '.chart { display: none !important }';
document.head.append(style);
"""
PATIENCE = 1000 * SECONDS


def look(engine: Engine, chart: str, before: int | None = None, patience: float = PATIENCE) -> int:
    """Wait for a drawing to come to rest, or to differ from what it was; tell which it is."""
    return int(engine.run(LOOK, chart, before, patience))


def tabs_to_every_control(engine: Engine) -> Iterator[str]:
    """Press Tab through the page until each control of a chart has had the focus."""
    found: dict[str, Any] = {"reached": -1, "left": []}
    if not engine.run(LISTEN):
        return
    while True:
        before = found["reached"]
        engine.press(Keys.TAB * 40)
        found = engine.run(LEFT)
        if not found["left"] or found["reached"] == before:
            break
    yield from (f"Tab does not reach {element}" for element in found["left"])


def arrow_keys_move_the_charts(engine: Engine) -> Iterator[str]:
    """Press an arrow key on the first slider of each chart; one step may be too small to see."""
    for chart, upwards in engine.run(FIRST_SLIDERS):
        before = look(engine, chart)
        engine.run(FOCUS, chart)
        for _ in range(9):
            engine.press(Keys.ARROW_RIGHT if upwards else Keys.ARROW_LEFT)
            if look(engine, chart, before, patience=3000) != before:
                break
        else:
            yield f"an arrow key changes nothing in {chart}"


def switches_the_theme(engine: Engine) -> Iterator[str]:
    """Switch to the dark theme and back, and wait until every chart is drawn anew."""
    charts = engine.run("return [...document.querySelectorAll('.chart')].map(e => e.id)")
    before = {chart: look(engine, chart) for chart in charts}
    if not engine.run(SWITCH):
        return
    for chart, drawing in before.items():
        if look(engine, chart, drawing) == drawing:
            yield f"{chart} is not drawn in the other theme"


def prints_its_charts(engine: Engine) -> Iterator[str]:
    """Print with the charts and without, where there are any and the engine can print."""
    charts = engine.run("return document.querySelectorAll('.chart').length")
    whole = engine.printed() if charts else None
    if whole is None:
        return
    engine.run(HIDE_CHARTS)
    without = engine.printed() or b""
    if len(whole) - len(without) <= 1000 * charts:
        yield f"its {charts} charts make only {len(whole) - len(without)} bytes of the print"


def keeps_to_itself(engine: Engine) -> Iterator[str]:
    """Tell what the page asked of others, and what it or the engine complained of."""
    yield from (f"asks another host: {name}" for name in engine.run(FOREIGN))
    yield from engine.run("return [...watched, ...(frames[0]?.watched ?? [])]")
    yield from engine.complaints()


def visit(engine: Engine, url: str, narrow: str) -> Iterator[str]:
    """Make all checks in one visit, and look at the page on a phone."""
    engine.complaints()
    engine.open(url)
    yield from engine.run(WALK, PATIENCE, False)
    yield from engine.run(AXE)
    yield from tabs_to_every_control(engine)
    yield from arrow_keys_move_the_charts(engine)
    yield from switches_the_theme(engine)
    yield from prints_its_charts(engine)
    yield from keeps_to_itself(engine)
    engine.run("localStorage.clear()")  # the next page starts as for a new reader
    engine.open(narrow)
    yield from engine.run(WALK, PATIENCE, True)
    yield from keeps_to_itself(engine)
