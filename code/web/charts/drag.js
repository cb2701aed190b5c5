/* Dragging a point: the pointer moves the same parameters as the point's sliders do. */
import { need } from "../elements.js";

/**
 * @import { View } from "vega"
 * @import { Axis, Handle, LiveChart, Scale } from "../types/charts.js"
 * @typedef {{ clientX: number, clientY: number }} Pointer
 * @typedef {{ x: number, y: number, prefix: string }} Place - in the plot whose scales begin with the prefix
 */

const REACH = 36; // px: how near a finger must come

/**
 * Where a pointer is within the plot, in the chart's own pixels.
 * @param {View} view
 * @param {SVGSVGElement} svg
 * @param {Pointer} pointer
 */
function wholePoint(view, svg, { clientX, clientY }) {
  const box = svg.getBoundingClientRect();
  const { left = 0, top = 0 } = /** @type {{ left?: number, top?: number }} */ (view.padding()); // parsed by now
  const [x, y] = view.origin();
  const scale = Number(svg.getAttribute("width")) / box.width; // above 1 where a chart is shrunk to fit
  return { x: (clientX - box.left) * scale - left - x, y: (clientY - box.top) * scale - top - y, prefix: "" };
}

/**
 * Where it is within one part of a chart of several, or nothing outside of it.
 * @param {SVGSVGElement} svg
 * @param {string} part
 * @param {Pointer} pointer
 */
function partPoint(svg, part, { clientX, clientY }) {
  const box = need(svg, `.${part}_group > g > path.background`, SVGPathElement).getBoundingClientRect();
  const [x, y] = [clientX - box.left, clientY - box.top];
  if (x < 0 || y < 0 || x > box.width || y > box.height) return null;
  const scale = Number(svg.getAttribute("width")) / svg.getBoundingClientRect().width;
  return { x: x * scale, y: y * scale, prefix: `${part}_` };
}

/**
 * Find the plot below a pointer: the chart's only one, or one of `usermeta.plots`.
 * @param {LiveChart} chart
 * @param {SVGSVGElement} svg
 * @param {Pointer} event
 * @returns {Place | null}
 */
export function plotPoint(chart, svg, event) {
  if (!chart.meta.plots) return wholePoint(chart.view, svg, event);
  return chart.meta.plots.map((part) => partPoint(svg, part, event)).find(Boolean) ?? null;
}

/**
 * @param {LiveChart} chart
 * @param {Axis} axis
 * @param {Place} place
 * @returns {Scale}
 */
const scaleOf = (chart, axis, { prefix }) => chart.view.scale(prefix + axis);

/**
 * Read a value off a slider's axis: within its ends, and on one of its steps.
 * @param {LiveChart} chart
 * @param {Axis} axis
 * @param {string} name
 * @param {Place} point
 */
export function valueAt(chart, axis, name, point) {
  const input = need(chart.element, `input[data-signal="${name}"]`, HTMLInputElement);
  const [low, high, step] = [input.min, input.max, input.step].map(Number);
  const value = scaleOf(chart, axis, point).invert(point[axis]);
  const stepped = low + Math.round((value - low) / step) * step;
  return Number(Math.min(high, Math.max(low, stepped)).toFixed(10));
}

/** @param {Handle} handle */
const sides = (handle) => /** @type {[Axis, string][]} */ (Object.entries(handle));

/**
 * Distance from the pointer to a handle; along one axis only when it moves along one.
 * @param {LiveChart} chart
 * @param {Handle} handle
 * @param {Place} point
 */
function distance(chart, handle, point) {
  const gaps = sides(handle).map(([axis, name]) => scaleOf(chart, axis, point)(chart.view.signal(name)) - point[axis]);
  return Math.hypot(...gaps);
}

/**
 * @param {LiveChart} chart
 * @param {Handle[]} handles
 * @param {Place | null} point
 */
function nearest(chart, handles, point) {
  if (!point) return null;
  const ranked = handles.map((handle) => ({ gap: distance(chart, handle, point), handle }));
  const [{ gap, handle }] = ranked.sort((a, b) => a.gap - b.gap);
  return gap <= REACH ? handle : null;
}

/**
 * @param {LiveChart} chart
 * @param {Handle} handle
 * @param {Place | null} point
 */
function move(chart, handle, point) {
  if (!point) return;
  for (const [axis, name] of sides(handle)) chart.controls.set(name, valueAt(chart, axis, name, point));
}

/** @param {LiveChart} chart */
export function connectDrag(chart) {
  const handles = chart.meta.drag ?? [];
  if (!handles.length) return;
  const svg = need(chart.stage, ".chart-live svg", SVGSVGElement);
  /** @type {Handle | null} */
  let held = null;
  /** @param {Pointer} event */
  const find = (event) => nearest(chart, handles, plotPoint(chart, svg, event));
  svg.addEventListener("pointerdown", (event) => {
    held = find(event);
    if (!held) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (held) move(chart, held, plotPoint(chart, svg, event));
    else svg.style.cursor = find(event) ? "grab" : "";
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => (held = null));
  // A finger on the point drags it; a finger elsewhere scrolls the page.
  svg.addEventListener("touchstart", (event) => find(event.touches[0]) && event.preventDefault(), { passive: false });
}
