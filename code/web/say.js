/* Polite announcements for screen readers: one region for the page, the last message only. */

/** @type {{ element: HTMLElement, timer: number } | undefined} */
let region;

/**
 * Announce a message; repeats within a second replace one another.
 * @param {string} message
 */
export function say(message) {
  const { element, timer } = (region ??= createRegion());
  clearTimeout(timer);
  region.timer = window.setTimeout(() => (element.textContent = message), 400);
}

function createRegion() {
  const element = document.createElement("p");
  element.className = "visually-hidden";
  element.setAttribute("role", "status");
  document.querySelector("main")?.append(element);
  return { element, timer: 0 };
}
