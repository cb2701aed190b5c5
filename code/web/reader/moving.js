/* Numbers in the text that move a chart, and move with it. */
import { dataOf, every } from "../elements.js";
import { clamp } from "./dom.js";

/**
 * @import { Chart } from "../charts/chart.js"
 * @import { Page } from "../types/reader.js"
 */

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
const PIXELS = 8; // of dragging for one step, where the range is short

/**
 * @param {HTMLElement} element
 * @param {Chart} chart
 */
function connect(element, chart) {
  const names = ["parameter", "min", "max", "step", "label"];
  const [parameter, min, max, step, label] = names.map((name) => dataOf(element, name));
  const [low, high, by] = [min, max, step].map(Number);
  const decimals = (step.split(".")[1] ?? "").length;
  let now = Number(chart.controls.values()[parameter]);

  /** @param {number} value */
  function show(value) {
    now = value;
    element.textContent = value.toFixed(decimals).replace("-", "\u2212");
    element.setAttribute("aria-valuenow", String(value));
    element.setAttribute("aria-valuetext", element.textContent);
  }
  /** @param {number} value */
  function set(value) {
    const stepped = low + Math.round((clamp(value, low, high) - low) / by) * by;
    chart.controls.set(parameter, Number(clamp(stepped, low, high).toFixed(10)));
  }

  const attributes = { role: "slider", tabindex: "0", "aria-valuemin": min, "aria-valuemax": max, "aria-label": label };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.title = `${label}: drag, or use the arrow keys`;
  show(now);
  chart.element.addEventListener("control", ({ detail }) => detail.name === parameter && show(Number(detail.value)));

  element.addEventListener("keydown", (event) => {
    /** @type {Record<string, number>} */
    const ends = { Home: low, End: high };
    const to = ends[event.key] ?? (event.key in STEPS ? now + STEPS[event.key] * by : null);
    if (to === null) return;
    event.preventDefault();
    set(to);
  });
  /** @type {{ x: number, value: number } | null} */
  let from = null;
  element.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    from = { x: event.clientX, value: now };
  });
  element.addEventListener("pointermove", ({ clientX }) => {
    if (!from) return;
    const perStep = clamp(240 / ((high - low) / by), 1, PIXELS);
    set(from.value + Math.round((clientX - from.x) / perStep) * by);
  });
  for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => (from = null));
}

/** @param {Page} page */
export function startMoving({ chart: find }) {
  for (const element of every(document, ".moving-number", HTMLElement)) {
    const chart = find(dataOf(element, "figure"));
    if (chart) connect(element, chart);
  }
}
