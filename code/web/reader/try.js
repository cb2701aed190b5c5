/* Phrases that set a figure's controls, bring it into view, and can be undone. */
import { button } from "./dom.js";

const PARTLY = "Not all of this could be set";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const bring = (element, block) => element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

function connect(link, { chart: find, say, restore, stateOf }) {
  const wanted = JSON.parse(link.dataset.try);
  let undo = null;

  async function act(event) {
    const chart = find(link.dataset.figure);
    if (!chart) return;
    event.preventDefault();
    const figure = document.getElementById(link.dataset.figure);
    figure.classList.add("is-shown");
    const before = await stateOf(chart, wanted);
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

export function startTries(page) {
  for (const link of document.querySelectorAll(".try-it")) connect(link, page);
}
