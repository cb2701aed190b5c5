/* What a change did, read out politely once the reader pauses: the chart's own sentence, kept in
   a parameter named `announce`; or else the words of the layers that it names `spoken`; or else the
   words that the picture writes anew. */
import { say } from "../say.js";

/** @import { LiveChart } from "../types/charts.js" */

const PAUSE = 300; // ms, until the picture stands
const MOST = 240; // characters that a listener can keep in mind

/**
 * Join new words to a sentence; bare numbers, which only their place explains, are left out.
 * @param {string[]} before
 * @param {string[]} after
 */
export function newWords(before, after) {
  const fresh = after.filter((words) => !before.includes(words) && /\p{L}{2}/u.test(words));
  /** @type {string[]} */
  const told = [];
  for (const words of new Set(fresh)) {
    if (told.join("; ").length + words.length > MOST) break;
    told.push(words);
  }
  return told.join("; ");
}

/**
 * Read the words that marks of a live chart write: no axis, no legend, nothing unseen.
 * @param {LiveChart} chart
 * @param {string} layer
 */
function writtenIn({ stage }, layer) {
  const texts = [...stage.querySelectorAll(`.chart-live g.mark-text.role-mark${layer} text`)];
  return texts.filter((text) => text.getAttribute("opacity") !== "0").map(wordsOf);
}

const SPOKEN = "[class*=' spoken']";
const ANY = "";

/** @param {Element} text */
const wordsOf = (text) =>
  text.childElementCount ? [...text.children].map((line) => line.textContent).join(" ") : text.textContent;

/** @param {LiveChart} chart */
function readNewWords(chart) {
  const { view } = chart;
  const layer = chart.stage.querySelector(`.chart-live g.mark-text${SPOKEN}`) ? SPOKEN : ANY;
  let timer = 0;
  let before = writtenIn(chart, layer);
  const tell = () => {
    if (chart.view !== view || chart.controls.hasFault()) return; // drawn anew, or another thing is said
    const after = writtenIn(chart, layer);
    const words = layer === ANY ? newWords(before, after) : after.join(", ");
    if (words && after.join() !== before.join()) say(words);
    before = after;
  };
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(tell, PAUSE);
  };
  for (const name of chart.controls.names()) view.addSignalListener(name, later);
}

/** @param {LiveChart} chart */
export function connectAnnouncements(chart) {
  try {
    chart.view.addSignalListener("announce", (_, sentence) => say(String(sentence)));
  } catch {
    readNewWords(chart); // the chart keeps no sentence of its own
  }
}
