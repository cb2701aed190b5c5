/* What a reader has set on a chart: its inputs, legend choices and brushes. */

/**
 * @import { View } from "vega"
 * @import { LiveChart, PickRow, State } from "../types/charts.js"
 * @import { Chart } from "./chart.js"
 */

/** @param {View} view */
const stores = (view) =>
  Object.keys(view.getState({ signals: () => false, data: (name = "") => name.endsWith("_store") }).data ?? {});

/**
 * Read a chart's state as plain values: only what differs from the way it first stood.
 * @param {LiveChart} chart
 */
export function readState(chart) {
  /** @type {Record<string, unknown>} */
  const signals = {};
  for (const [name, value] of Object.entries(chart.controls.values()))
    if (value !== chart.controls.initial[name]) signals[name] = value;
  /** @type {Record<string, PickRow[]>} */
  const picks = {};
  for (const store of stores(chart.view)) {
    const rows = chart.view.data(store);
    if (rows?.length)
      picks[store.replace(/_store$/, "")] = rows.map(({ unit, fields, values }) => ({ unit, fields, values }));
  }
  return { signals, picks };
}

/**
 * Set a chart's state; anything that the chart does not offer is left out and counted.
 * @param {LiveChart} chart
 * @param {State | null} state
 */
export async function applyState(chart, state) {
  if (!state) return 0;
  chart.pending = null;
  let refused = setSignals(chart, state.signals ?? {});
  const known = new Set(stores(chart.view));
  for (const [name, rows] of Object.entries(state.picks ?? {})) {
    if (known.has(`${name}_store`) && isPick(rows)) pick(chart, name, rows);
    else refused += 1;
  }
  await chart.view.runAsync();
  return refused;
}

/**
 * Set parameters that have an input; those that the chart does not offer are left out and counted.
 * @param {Chart} chart
 * @param {Record<string, unknown>} signals
 */
export function setSignals(chart, signals) {
  let refused = 0;
  for (const [name, value] of Object.entries(signals)) {
    if (chart.controls.allows(name, value)) chart.controls.set(name, value);
    else refused += 1;
  }
  return refused;
}

/**
 * @param {unknown} rows
 * @returns {rows is PickRow[]}
 */
const isPick = (rows) =>
  Array.isArray(rows) && rows.every((row) => Array.isArray(row?.fields) && Array.isArray(row?.values));

/**
 * Put choices into a selection: a brush through its own signals, so that its frame follows.
 * @param {LiveChart} chart
 * @param {string} name
 * @param {PickRow[]} rows
 * @param {string} [channel]
 */
export function pick(chart, name, rows, channel) {
  const [first] = rows;
  const type = first?.fields[0]?.type ?? (channel && "R");
  if (type === "R" && brush(chart.view, name, first ?? { fields: [{ channel }], values: [[]] })) return;
  const change = chart.engine
    .changeset()
    .remove(() => true)
    .insert(rows);
  chart.view.change(`${name}_store`, change);
}

/**
 * Move a brush; `false` when it lies inside one part of a larger chart, out of reach.
 * @param {View} view
 * @param {string} name
 * @param {PickRow} row
 */
function brush(view, name, { fields, values }) {
  try {
    fields.forEach(({ channel = "" }, i) => view.signal(`${name}_${channel}`, values[i].map(view.scale(channel))));
    return true;
  } catch {
    return false;
  }
}
