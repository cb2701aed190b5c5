/* Fetches the reader's part where a page has one, and gives it the charts and the voice. */
import { beside } from "./address.js";
import { setFromText, stateOf } from "./charts/text.js";
import { say } from "./say.js";

const PARTS =
  "[data-predict], [data-recall], [data-answers], [data-definitions], [data-claims-table], .moving-number, .try-it";

/** @param {ReturnType<typeof import("./charts/start.js").startCharts>} page */
export async function startReader({ charts, hurry }) {
  if (!document.querySelector(PARTS)) return;
  /** @param {string} name */
  const chart = (name) => charts.find((one) => one.name === name);
  try {
    /** @type {typeof import("./reader.js")} */
    const { start } = await import(beside("reader.js").href);
    start({ chart, say, stateOf, restore: (one, state) => setFromText(one, state, hurry) });
  } catch (fault) {
    console.info(`The reader's part did not load: ${fault}`);
    document.documentElement.classList.add("reader-failed"); // what waits for a guess is shown
  }
}
