/* The contents drawer on narrow screens, print and full screen. */
import { every, find, need } from "./elements.js";

/**
 * @param {string} selector
 * @param {() => void} act
 */
const listen = (selector, act) => {
  for (const element of document.querySelectorAll(selector)) element.addEventListener("click", act);
};

function startDrawer() {
  const button = find(document, "[data-drawer]", HTMLElement);
  const drawer = document.getElementById("contents");
  if (!button || !drawer) return;
  /** @param {boolean} yes */
  const open = (yes) => {
    drawer.classList.toggle("is-open", yes);
    button.setAttribute("aria-expanded", String(yes));
    if (yes) find(drawer, "a, input", HTMLElement)?.focus();
  };
  button.addEventListener("click", () => open(!drawer.classList.contains("is-open")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.classList.contains("is-open")) return;
    open(false);
    button.focus();
  });
  need(document, "main", HTMLElement).addEventListener("pointerdown", () => open(false));
}

function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}

/** Mark the section being read in the page's own contents. */
function followSections() {
  const found = every(document, '.contents a[href^="#"]', HTMLAnchorElement).filter(({ hash }) => hash);
  const links = new Map(found.map((link) => [link.hash.slice(1), link]));
  if (!links.size) return;
  const seen = new IntersectionObserver(
    (entries) => {
      const entry = entries.find(({ isIntersecting }) => isIntersecting);
      if (!entry) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    },
    { rootMargin: "0px 0px -70% 0px" },
  );
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) seen.observe(section);
  }
}

export function startNavigation() {
  startDrawer();
  followSections();
  listen("[data-print]", () => window.print());
  listen("[data-full-screen]", toggleFullScreen);
}
