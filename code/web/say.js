/* Polite announcements for screen readers: one region for the page, the last message only. */

let region;

/** Announce a message; repeats within a second replace one another. */
export function say(message) {
  region ??= createRegion();
  clearTimeout(region.timer);
  region.timer = setTimeout(() => (region.element.textContent = message), 400);
}

function createRegion() {
  const element = document.createElement("p");
  element.className = "visually-hidden";
  element.setAttribute("role", "status");
  document.querySelector("main")?.append(element);
  return { element, timer: 0 };
}
