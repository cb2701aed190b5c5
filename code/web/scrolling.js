/* What scrolls sideways must be reachable by keyboard; what does not scroll is no tab stop. */

const QUERY = ".highlight pre, div.math, .page .table-scroll";

function mark(element) {
  if (element.scrollWidth > element.clientWidth + 1) element.tabIndex = 0;
  else element.removeAttribute("tabindex");
}

export function startScrolling() {
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));
  for (const element of document.querySelectorAll(QUERY)) watch.observe(element);
}
