/* Phrases that set a figure's controls, bring it into view, and can be undone. */
import { dataOf, every } from "../elements.js";
import { button } from "./dom.js";

/**
 * @import { Chart } from "../charts/chart.js"
 * @import { State } from "../types/charts.js"
 * @import { Page } from "../types/reader.js"
 */

const PARTLY = "Not all of this could be set";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @type {(element: Element, block: ScrollLogicalPosition) => void} */
const bring = (element, block) => element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

/**
 * @param {HTMLElement} link
 * @param {Page} page
 */
function connect(link, { chart: find, say, restore, stateOf }) {
  /** @type {State} */
  const wanted = JSON.parse(dataOf(link, "try"));
  /** @type {HTMLElement | null} */
  let undo = null;

  /** @param {Event} event */
  async function act(event) {
    const chart = find(dataOf(link, "figure"));
    if (!chart) return;
    event.preventDefault();
    const figure = document.getElementById(dataOf(link, "figure")) ?? chart.element;
    figure.classList.add("is-shown");
    const before = stateOf(chart, wanted);
    undo?.remove();
    undo = button("Undo", () => back(chart, before), "button-plain try-undo");
    undo.setAttribute("aria-label", `Undo: ${link.textContent}`);
    link.after(undo);
    bring(figure, figure.offsetHeight > innerHeight ? "start" : "center");
    const refused = await restore(chart, wanted);
    const more = button("Undo, and back to the text", () => back(chart, before), "");
    chart.note(`${refused ? PARTLY : "Set from the text"}: ${link.textContent}. `, more);
    say(`${refused ? PARTLY : "Done"}: ${link.textContent}.`);
  }

  /**
   * @param {Chart} chart
   * @param {State} before
   */
  async function back(chart, before) {
    await restore(chart, before);
    chart.note("");
    undo?.remove();
    undo = null;
    link.focus({ preventScroll: true });
    bring(link, "center");
    say("Undone.");
  }
  link.addEventListener("click", act);
}

/** @param {Page} page */
export function startTries(page) {
  for (const link of every(document, ".try-it", HTMLElement)) connect(link, page);
}
