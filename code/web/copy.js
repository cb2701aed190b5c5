/* A copy button on every block of code. */
import { every, need } from "./elements.js";
import { say } from "./say.js";

/** @param {HTMLElement} block */
function addButton(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy this code");
  button.addEventListener("click", async () => {
    const code = need(block, "pre", HTMLElement).textContent.trimEnd() + "\n";
    const done = await copyText(code);
    button.textContent = done ? "Copied" : "Not copied";
    say(done ? "Code copied" : "The browser refused to copy");
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  block.append(button);
}

/**
 * Copy text; `false` when the browser refuses (a plain file, an old browser).
 * @param {string} text
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function startCopyButtons() {
  for (const block of every(document, "div.highlight", HTMLElement)) addButton(block);
}
