/* Links that restore a chart: #figure-name?view=... keeps what the reader has set. */
import { nameIn } from "../address.js";
import { say } from "../say.js";
import { copyText } from "../copy.js";
import { readState } from "./state.js";

/**
 * @import { Hurry, State } from "../types/charts.js"
 * @import { Chart } from "./chart.js"
 */

const MARK = "?view=";

/**
 * Write the address that opens this chart as it stands now.
 * @param {Chart} chart
 */
export function linkTo(chart) {
  const state = chart.isLive() ? readState(chart) : { signals: chart.controls.values(), picks: {} };
  const text = encodeURIComponent(JSON.stringify([state.signals, state.picks]));
  return `${location.origin}${location.pathname}${location.search}#${chart.name}${MARK}${text}`;
}

/**
 * Copy the address, put it into the address bar, and say so.
 * @param {Chart} chart
 */
export async function copyLink(chart) {
  const address = linkTo(chart);
  history.replaceState(null, "", address);
  const copied = await copyText(address);
  chart.note(copied ? "Link copied: it opens this chart as it stands." : "The address bar now holds the link.");
}

/** Read a state out of the address; `null` when it is not one. */
function readAddress() {
  const at = location.hash.indexOf(MARK);
  if (at < 0) return null;
  const name = nameIn(location.hash);
  try {
    const [signals, picks] = JSON.parse(decodeURIComponent(location.hash.slice(at + MARK.length)));
    const plain = [signals, picks].every((part) => part && typeof part === "object" && !Array.isArray(part));
    return { name, state: plain ? { signals, picks } : null };
  } catch {
    return { name, state: null };
  }
}

/**
 * Fill a link's state up: what it does not name stands as it first stood, not as it was moved since.
 * @param {Chart} chart
 * @param {State} state
 */
function whole(chart, { signals, picks }) {
  const none = chart.isLive() ? Object.fromEntries(Object.keys(readState(chart).picks).map((name) => [name, []])) : {};
  return { signals: { ...chart.controls.initial, ...signals }, picks: { ...none, ...picks } };
}

/**
 * @param {Chart[]} charts
 * @param {Hurry} hurry
 */
async function open(charts, hurry) {
  const found = readAddress();
  if (!found) return;
  const chart = charts.find(({ name }) => name === found.name);
  if (!chart) return say("This link names a chart that is no longer on the page.");
  const figure = document.getElementById(found.name) ?? chart.element;
  figure.classList.add("is-shown"); // a figure that waits for a guess: the link asks for it
  figure.scrollIntoView();
  if (!found.state) return chart.note("This link could not be read; the chart stands as it was made.");
  await chart.restore(whole(chart, found.state), hurry);
}

/**
 * @param {Chart[]} charts
 * @param {Hurry} hurry
 */
export function openLinkedView(charts, hurry) {
  open(charts, hurry);
  addEventListener("hashchange", () => open(charts, hurry));
}
