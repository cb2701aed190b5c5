/* Setting a chart from the text, and back again: live or not yet. */
import { applyState, readState, setSignals } from "./state.js";

/**
 * @import { Hurry, State } from "../types/charts.js"
 * @import { Chart } from "./chart.js"
 */

/**
 * Read how a chart stands now, in all that `wanted` would change.
 * @param {Chart} chart
 * @param {State} wanted
 */
export function stateOf(chart, wanted) {
  const values = chart.controls.values();
  const signals = Object.fromEntries(Object.keys(wanted.signals).map((name) => [name, values[name]]));
  const picked = chart.isLive() ? readState(chart).picks : {};
  const picks = Object.fromEntries(Object.keys(wanted.picks).map((name) => [name, picked[name] ?? []]));
  return { signals, picks };
}

/**
 * Put a state on a chart, and tell how much of it was refused; one that is not live yet takes it when it is.
 * @param {Chart} chart
 * @param {State} state
 * @param {Hurry} hurry
 */
export async function setFromText(chart, state, hurry) {
  if (chart.isLive()) return applyState(chart, state);
  const refused = setSignals(chart, state.signals);
  chart.pending = { signals: {}, picks: state.picks };
  hurry(chart);
  return refused;
}
