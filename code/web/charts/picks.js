/* Twins of what the pointer does: buttons for a legend, two sliders for a brush. */
import { offers } from "./offer.js";
import { pick } from "./state.js";

const rowsOf = (view, name) => {
  try {
    return view.data(`${name}_store`) ?? [];
  } catch {
    return [];
  }
};

/** Tell how a selection is projected, in its own view or in a part of it. */
function fieldsOf(group) {
  const { field, channel } = group.dataset;
  return [channel ? { field, channel, type: "R" } : { field, type: "E" }];
}

function choose(chart, group, button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  const rows = on ? [{ unit: "", fields: fieldsOf(group), values: [JSON.parse(button.dataset.value)] }] : [];
  pick(chart, group.dataset.pick, rows);
  chart.view.runAsync();
}

function showChoice(chart, group) {
  const chosen = rowsOf(chart.view, group.dataset.pick).map(({ values }) => values[0]);
  for (const button of group.querySelectorAll("button"))
    button.setAttribute("aria-pressed", String(chosen.some((value) => offers(button.dataset.value, value))));
}

/** Find the part of a chart that holds a selection, and the scale it lies along there. */
function planOf(part, name, channel) {
  if (part.signals?.some((signal) => signal.name === `${name}_tuple_fields`))
    return part.scales?.find((scale) => scale.name === channel || scale.name.endsWith(`_${channel}`));
  for (const mark of part.marks ?? []) {
    const found = planOf(mark, name, channel);
    if (found) return found;
  }
  return null;
}

function extent(chart, field) {
  const values = chart.meta.tables.flatMap(({ data }) => {
    try {
      return chart.view.data(data).map((row) => row[field]);
    } catch {
      return [];
    }
  });
  const known = values.filter(Number.isFinite);
  return [Math.min(...known), Math.max(...known)];
}

/** Turn a slider's place, 0 to 100, into a value: by the chart's own scale where it is in reach. */
function valueAt(chart, { channel, field, pick: name }, percent) {
  try {
    const scale = chart.view.scale(channel);
    const [start, end] = scale.range();
    return scale.invert(start + ((end - start) * (channel === "y" ? 100 - percent : percent)) / 100);
  } catch {
    const [low, high] = extent(chart, field);
    const log = planOf(chart.plan, name, channel)?.type === "log";
    return log ? low * (high / low) ** (percent / 100) : low + ((high - low) * percent) / 100;
  }
}

function brush(chart, group) {
  const ends = [...group.querySelectorAll("input")].map(({ value }) => Number(value)).sort((a, b) => a - b);
  const whole = ends[0] === 0 && ends[1] === 100;
  const values = [ends.map((percent) => valueAt(chart, group.dataset, percent)).sort((a, b) => a - b)];
  pick(chart, group.dataset.pick, whole ? [] : [{ unit: "", fields: fieldsOf(group), values }], group.dataset);
  chart.view.runAsync();
}

const short = (value) => new Intl.NumberFormat("en", { maximumSignificantDigits: 3 }).format(value);

function showBrush(chart, group) {
  const [row] = rowsOf(chart.view, group.dataset.pick);
  const i = row?.fields.findIndex(({ channel }) => channel === group.dataset.channel) ?? -1;
  const range = i >= 0 ? row.values[i] : null;
  group.querySelector("output").value = range ? `${short(range[0])} to ${short(range.at(-1))}` : "all";
}

export class Picks {
  constructor(chart) {
    this.chart = chart;
    this.groups = [...chart.element.querySelectorAll("[data-pick]")];
    for (const group of this.groups) this.listen(group);
  }

  listen(group) {
    const act = (then) => this.chart.view && then();
    group.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) act(() => choose(this.chart, group, button));
    });
    group.addEventListener("input", () => act(() => brush(this.chart, group)));
  }

  /** Follow a new view's selections. */
  attach(view) {
    for (const group of this.groups) {
      const show = () => (group.dataset.channel ? showBrush : showChoice)(this.chart, group);
      view.addDataListener(`${group.dataset.pick}_store`, show);
      show();
    }
  }
}
