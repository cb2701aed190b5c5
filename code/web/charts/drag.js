/* Dragging a point: the pointer moves the same parameters as the point's sliders do. */

const REACH = 36; // px: how near a finger must come

/** Where a pointer is within the plot, in the chart's own pixels. */
function plotPoint(view, svg, { clientX, clientY }) {
  const box = svg.getBoundingClientRect();
  const { left = 0, top = 0 } = view.padding();
  const [x, y] = view.origin();
  const scale = Number(svg.getAttribute("width")) / box.width; // above 1 where a chart is shrunk to fit
  return { x: (clientX - box.left) * scale - left - x, y: (clientY - box.top) * scale - top - y };
}

/** Distance from the pointer to a handle; along one axis only when it moves along one. */
function distance(view, handle, point) {
  const gaps = Object.entries(handle).map(([axis, name]) => view.scale(axis)(view.signal(name)) - point[axis]);
  return Math.hypot(...gaps);
}

function nearest(chart, point) {
  const ranked = chart.meta.drag.map((handle) => [distance(chart.view, handle, point), handle]);
  const [gap, handle] = ranked.sort((a, b) => a[0] - b[0])[0];
  return gap <= REACH ? handle : null;
}

function move(chart, handle, point) {
  for (const [axis, name] of Object.entries(handle)) {
    const [input] = chart.controls.inputsOf(name);
    const [low, high, step] = [input.min, input.max, input.step].map(Number);
    const value = chart.view.scale(axis).invert(point[axis]);
    const stepped = low + Math.round((value - low) / step) * step;
    chart.controls.set(name, Number(Math.min(high, Math.max(low, stepped)).toFixed(10)));
  }
}

export function connectDrag(chart) {
  if (!chart.meta.drag?.length) return;
  const svg = chart.stage.querySelector(".chart-live svg");
  let held = null;
  const find = (event) => nearest(chart, plotPoint(chart.view, svg, event));
  svg.addEventListener("pointerdown", (event) => {
    held = find(event);
    if (!held) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (held) move(chart, held, plotPoint(chart.view, svg, event));
    else svg.style.cursor = find(event) ? "grab" : "";
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => (held = null));
  // A finger on the point drags it; a finger elsewhere scrolls the page.
  svg.addEventListener("touchstart", (event) => find(event.touches[0]) && event.preventDefault(), { passive: false });
}
