/* A copy button on every block of code. */
import { say } from "./say.js";

function addButton(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy this code");
  button.addEventListener("click", async () => {
    const code = block.querySelector("pre").textContent.trimEnd() + "\n";
    const done = await copyText(code);
    button.textContent = done ? "Copied" : "Not copied";
    say(done ? "Code copied" : "The browser refused to copy");
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  block.append(button);
}

/** Copy text; `false` when the browser refuses (a plain file, an old browser). */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function startCopyButtons() {
  for (const block of document.querySelectorAll("div.highlight")) addButton(block);
}
