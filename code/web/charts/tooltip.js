/* A small label at the pointer. Nothing lives only here: the table has it all. */

/** @type {HTMLElement | undefined} */
let label;

function element() {
  label ??= Object.assign(document.createElement("div"), { className: "chart-tooltip" });
  label.setAttribute("aria-hidden", "true");
  if (!label.isConnected) document.body.append(label);
  return label;
}

/** @param {unknown} value */
function lines(value) {
  if (value === null || typeof value !== "object") return [String(value)];
  return Object.entries(value).map(([name, figure]) => `${name}: ${figure}`);
}

/**
 * Show what Vega says as the pointer moves over marks.
 * @type {import("vega").TooltipHandler}
 */
export function showTooltip(_, event, item, value) {
  const box = element();
  const empty = value === null || value === undefined || value === "";
  box.hidden = empty;
  if (empty) return;
  box.replaceChildren(
    ...lines(value).map((line) => Object.assign(document.createElement("div"), { textContent: line })),
  );
  const left = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8);
  box.style.transform = `translate(${Math.max(8, left)}px, ${event.clientY + 16}px)`;
}
