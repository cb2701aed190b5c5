/* Runs before the first paint: the reader's theme, and the word that JavaScript is there. */
(() => {
  const root = document.documentElement;
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    // Storage may be refused; the page then follows the system.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = kept === "dark" || kept === "light" ? kept : dark ? "dark" : "light";
  root.classList.add("js");
})();
