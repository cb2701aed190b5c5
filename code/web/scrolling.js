/* What scrolls sideways must be reachable by keyboard; what does not scroll is no tab stop. */
import { every } from "./elements.js";

const QUERY = ".highlight pre, div.math, .page .table-scroll";

/** @param {HTMLElement} element */
function mark(element) {
  if (element.scrollWidth > element.clientWidth + 1) element.tabIndex = 0;
  else element.removeAttribute("tabindex");
}

export function startScrolling() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) mark(/** @type {HTMLElement} */ (target));
  });
  for (const element of every(document, QUERY, HTMLElement)) watch.observe(element);
}
