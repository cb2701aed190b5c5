/* Twins of what the pointer does: buttons for a legend, two sliders for a brush. */
import { dataOf, every, need } from "../elements.js";
import { offers } from "./offer.js";
import { pick } from "./state.js";

/**
 * @import { View } from "vega"
 * @import { LiveChart, PickRow, Scale, Spec } from "../types/charts.js"
 * @import { Chart } from "./chart.js"
 * @typedef {Pick<Spec, "signals" | "scales" | "marks"> & { type?: string }} Part - a chart, or a mark of one
 */

/**
 * @param {View} view
 * @param {string} name
 * @returns {PickRow[]}
 */
const rowsOf = (view, name) => {
  try {
    return view.data(`${name}_store`) ?? [];
  } catch {
    return [];
  }
};

/**
 * Tell how a selection is projected, in its own view or in a part of it.
 * @param {HTMLElement} group
 * @returns {PickRow["fields"]}
 */
function fieldsOf(group) {
  const { field, channel } = group.dataset;
  return [channel ? { field, channel, type: "R" } : { field, type: "E" }];
}

/**
 * @param {LiveChart} chart
 * @param {HTMLElement} group
 * @param {HTMLElement} button
 */
function choose(chart, group, button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  const rows = on ? [{ unit: "", fields: fieldsOf(group), values: [JSON.parse(dataOf(button, "value"))] }] : [];
  pick(chart, dataOf(group, "pick"), rows);
  chart.view.runAsync();
}

/**
 * @param {LiveChart} chart
 * @param {HTMLElement} group
 */
function showChoice(chart, group) {
  const chosen = rowsOf(chart.view, dataOf(group, "pick")).map(({ values }) => values[0]);
  for (const button of every(group, "button", HTMLButtonElement))
    button.setAttribute("aria-pressed", String(chosen.some((value) => offers(dataOf(button, "value"), value))));
}

/**
 * Find the part of a chart that holds a selection, and the scale it lies along there.
 * @param {Part} part
 * @param {string} name
 * @param {string} channel
 * @returns {import("vega").Scale | null | undefined}
 */
function planOf(part, name, channel) {
  if (part.signals?.some((signal) => signal.name === `${name}_tuple_fields`))
    return part.scales?.find((scale) => scale.name === channel || scale.name.endsWith(`_${channel}`));
  for (const mark of part.marks ?? []) {
    const found = planOf(mark, name, channel);
    if (found) return found;
  }
  return null;
}

/**
 * @param {LiveChart} chart
 * @param {string} field
 */
function extent(chart, field) {
  const values = (chart.meta.tables ?? []).flatMap(({ data }) => {
    try {
      return chart.view.data(data).map((row) => row[field]);
    } catch {
      return [];
    }
  });
  const known = values.filter(Number.isFinite);
  return [Math.min(...known), Math.max(...known)];
}

/**
 * Turn a slider's place, 0 to 100, into a value: by the chart's own scale where it is in reach.
 * @param {LiveChart} chart
 * @param {HTMLElement} group
 * @param {number} percent
 */
function valueAt(chart, group, percent) {
  const [channel, field, name] = ["channel", "field", "pick"].map((key) => dataOf(group, key));
  try {
    /** @type {Scale} */
    const scale = chart.view.scale(channel);
    const [start, end] = scale.range();
    return scale.invert(start + ((end - start) * (channel === "y" ? 100 - percent : percent)) / 100);
  } catch {
    const [low, high] = extent(chart, field);
    const log = planOf(chart.plan, name, channel)?.type === "log";
    return log ? low * (high / low) ** (percent / 100) : low + ((high - low) * percent) / 100;
  }
}

/**
 * @param {LiveChart} chart
 * @param {HTMLElement} group
 */
function brush(chart, group) {
  const ends = every(group, "input", HTMLInputElement)
    .map(({ value }) => Number(value))
    .sort((a, b) => a - b);
  const whole = ends[0] === 0 && ends[1] === 100;
  const values = [ends.map((percent) => valueAt(chart, group, percent)).sort((a, b) => a - b)];
  const rows = whole ? [] : [{ unit: "", fields: fieldsOf(group), values }];
  pick(chart, dataOf(group, "pick"), rows, group.dataset.channel);
  chart.view.runAsync();
}

/** @param {number} value */
const short = (value) => new Intl.NumberFormat("en", { maximumSignificantDigits: 3 }).format(value);

/**
 * @param {LiveChart} chart
 * @param {HTMLElement} group
 */
function showBrush(chart, group) {
  const [row] = rowsOf(chart.view, dataOf(group, "pick"));
  const i = row?.fields.findIndex(({ channel }) => channel === group.dataset.channel) ?? -1;
  const range = i >= 0 ? row.values[i] : null;
  need(group, "output", HTMLOutputElement).value = range ? `${short(range[0])} to ${short(range.at(-1))}` : "all";
}

export class Picks {
  /** @param {Chart} chart */
  constructor(chart) {
    this.chart = chart;
    this.groups = every(chart.element, "[data-pick]", HTMLElement);
    for (const group of this.groups) this.listen(group);
  }

  /** @param {HTMLElement} group */
  listen(group) {
    const { chart } = this;
    for (const button of every(group, "button", HTMLButtonElement))
      button.addEventListener("click", () => chart.isLive() && choose(chart, group, button));
    group.addEventListener("input", () => chart.isLive() && brush(chart, group));
  }

  /**
   * Follow a new view's selections.
   * @param {LiveChart} chart
   */
  attach(chart) {
    for (const group of this.groups) {
      const show = () => (group.dataset.channel ? showBrush : showChoice)(chart, group);
      chart.view.addDataListener(`${dataOf(group, "pick")}_store`, show);
      show();
    }
  }
}
