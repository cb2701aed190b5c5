/* The theme switch: light or dark, kept on this device, following the system until chosen. */

const root = document.documentElement;

/** @param {Element} button */
function show(button) {
  const dark = root.dataset.theme === "dark";
  button.setAttribute("aria-pressed", String(dark));
}

/** @param {string} theme */
function keep(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Without storage the choice lasts for this page.
  }
}

function chosen() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

export function startTheme() {
  const button = document.querySelector("[data-theme-switch]");
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", () => {
    if (!chosen()) root.dataset.theme = system.matches ? "dark" : "light";
    if (button) show(button);
  });
  if (!button) return;
  show(button);
  button.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    keep(root.dataset.theme);
    show(button);
  });
}

/**
 * Call `then` whenever the theme changes.
 * @param {() => void} then
 */
export function onThemeChange(then) {
  new MutationObserver(then).observe(root, { attributeFilter: ["data-theme"] });
}

export const isDark = () => root.dataset.theme === "dark";
