/* When charts become live: near the viewport, one in each idle slot, wanted ones first. */
import { every } from "../elements.js";
import { onThemeChange } from "../theme.js";
import { Chart } from "./chart.js";
import { openLinkedView } from "./link.js";

/** @import { Hurry } from "../types/charts.js" */

const NEAR = "250px";

/** @type {(work: () => void, options: IdleRequestOptions) => void} */
const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 30));

/** @type {Chart[]} */
const queue = [];
let busy = false;

/**
 * Put a chart in the queue, at its head when the reader has touched it.
 * @param {Chart} chart
 */
function enqueue(chart, first = false) {
  if (chart.started) return;
  const at = queue.indexOf(chart);
  if (at >= 0) queue.splice(at, 1);
  if (first) queue.unshift(chart);
  else queue.push(chart);
  next();
}

function next() {
  if (busy || !queue.length) return;
  busy = true;
  idle(
    async () => {
      const chart = queue.shift();
      if (chart) await chart.start();
      busy = false;
      next();
    },
    { timeout: 2000 },
  );
}

/** @param {Chart[]} charts */
function watch(charts) {
  /** @type {Map<Element, Chart>} */
  const byElement = new Map(charts.map((chart) => [chart.element, chart]));
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        const chart = byElement.get(target);
        if (chart) enqueue(chart);
      }
    },
    { rootMargin: NEAR },
  );
  for (const chart of charts) seen.observe(chart.element);
}

/** @param {Chart[]} charts */
function hurry(charts) {
  for (const chart of charts)
    for (const sign of ["pointerenter", "focusin"])
      chart.element.addEventListener(sign, () => enqueue(chart, true), { once: true });
}

/**
 * Draw live charts again, in the other colours.
 * @param {Chart[]} charts
 */
function redrawAll(charts) {
  for (const chart of charts) if (chart.isLive()) chart.redraw();
}

/**
 * Draw live charts again for another layout, or on a phone for another width.
 * @param {Chart[]} charts
 */
function watchWidth(charts) {
  let timer = 0;
  addEventListener("resize", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      for (const chart of charts) if (chart.isLive() && !chart.fits()) chart.redraw();
    }, 200);
  });
}

/** Start the charts; the page's other parts get them, and a way to ask for one at once. */
export function startCharts() {
  const charts = every(document, ".chart", HTMLElement).map((element) => new Chart(element));
  /** @type {{ charts: Chart[], hurry: Hurry }} */
  const page = { charts, hurry: (chart) => enqueue(chart, true) };
  if (!charts.length) return page;
  if (location.protocol === "file:") {
    for (const chart of charts)
      chart.note("A picture of this chart. For the live one, serve the site: python -m http.server");
    return page;
  }
  watch(charts);
  hurry(charts);
  watchWidth(charts);
  onThemeChange(() => redrawAll(charts));
  openLinkedView(charts, page.hurry);
  return page;
}
