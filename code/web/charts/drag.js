/* Dragging a point: the pointer moves the same parameters as the point's sliders do. */

const REACH = 36; // px: how near a finger must come

/** Where a pointer is within the plot, in the chart's own pixels. */
function wholePoint(view, svg, { clientX, clientY }) {
  const box = svg.getBoundingClientRect();
  const { left = 0, top = 0 } = view.padding();
  const [x, y] = view.origin();
  const scale = Number(svg.getAttribute("width")) / box.width; // above 1 where a chart is shrunk to fit
  return { x: (clientX - box.left) * scale - left - x, y: (clientY - box.top) * scale - top - y, prefix: "" };
}

/** Where it is within one part of a chart of several, or nothing outside of it. */
function partPoint(svg, part, { clientX, clientY }) {
  const box = svg.querySelector(`.${part}_group > g > path.background`).getBoundingClientRect();
  const [x, y] = [clientX - box.left, clientY - box.top];
  if (x < 0 || y < 0 || x > box.width || y > box.height) return null;
  const scale = Number(svg.getAttribute("width")) / svg.getBoundingClientRect().width;
  return { x: x * scale, y: y * scale, prefix: `${part}_` };
}

/** Find the plot below a pointer: the chart's only one, or one of `usermeta.plots`. */
export function plotPoint(chart, svg, event) {
  if (!chart.meta.plots) return wholePoint(chart.view, svg, event);
  return chart.meta.plots.map((part) => partPoint(svg, part, event)).find(Boolean) ?? null;
}

const scaleOf = (chart, axis, { prefix }) => chart.view.scale(prefix + axis);

/** Read a value off a slider's axis: within its ends, and on one of its steps. */
export function valueAt(chart, axis, name, point) {
  const [input] = chart.controls.inputsOf(name);
  const [low, high, step] = [input.min, input.max, input.step].map(Number);
  const value = scaleOf(chart, axis, point).invert(point[axis]);
  const stepped = low + Math.round((value - low) / step) * step;
  return Number(Math.min(high, Math.max(low, stepped)).toFixed(10));
}

/** Distance from the pointer to a handle; along one axis only when it moves along one. */
function distance(chart, handle, point) {
  const gaps = Object.entries(handle).map(
    ([axis, name]) => scaleOf(chart, axis, point)(chart.view.signal(name)) - point[axis],
  );
  return Math.hypot(...gaps);
}

function nearest(chart, point) {
  if (!point) return null;
  const ranked = chart.meta.drag.map((handle) => [distance(chart, handle, point), handle]);
  const [gap, handle] = ranked.sort((a, b) => a[0] - b[0])[0];
  return gap <= REACH ? handle : null;
}

function move(chart, handle, point) {
  if (!point) return;
  for (const [axis, name] of Object.entries(handle)) chart.controls.set(name, valueAt(chart, axis, name, point));
}

export function connectDrag(chart) {
  if (!chart.meta.drag?.length) return;
  const svg = chart.stage.querySelector(".chart-live svg");
  let held = null;
  const find = (event) => nearest(chart, plotPoint(chart, svg, event));
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
