/* Fetches the reader's part where a page has one, and gives it the charts and the voice. */
import { setFromText, stateOf } from "./charts/text.js";
import { say } from "./say.js";

const PARTS = "[data-predict], [data-recall], [data-answers], [data-definitions], [data-ledger], .moving-number, .try-it";

export async function startReader({ charts, hurry }) {
  if (!document.querySelector(PARTS)) return;
  const chart = (name) => charts.find((one) => one.name === name);
  try {
    const { start } = await import(new URL("reader.js", document.querySelector("script[data-page]").src));
    start({ chart, say, stateOf, restore: (one, state) => setFromText(one, state, hurry) });
  } catch (fault) {
    console.info(`The reader's part did not load: ${fault.message}`);
    document.documentElement.classList.add("reader-failed"); // what waits for a guess is shown
  }
}
