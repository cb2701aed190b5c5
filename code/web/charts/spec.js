/* A chart's specification, read from the packed file that bookkit/charts/pack.py writes. */
import { isDark } from "../theme.js";

/** @import { Column, Layout, Packed, Spec } from "../types/charts.js" */

const COLOUR = /#[0-9a-f]{6}\b/gi;

/** @param {string} address */
export async function fetchText(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.text();
}

/**
 * Read one layout in the present theme: each colour has a twin for the dark page.
 * @param {string} text
 * @param {Layout} layout
 */
export function readSpec(text, layout) {
  /** @type {Packed} */
  let file = JSON.parse(text);
  if (isDark()) {
    const twins = file[layout].usermeta?.dark ?? {};
    file = JSON.parse(text.replace(COLOUR, (colour) => twins[colour.toLowerCase()] ?? colour));
  }
  const spec = file[layout];
  for (const data of spec.data ?? []) if (data.table !== undefined) data.values = rows(file.tables[data.table]);
  for (const signal of spec.signals ?? []) if (signal.shared !== undefined) signal.value = file.values[signal.shared];
  return /** @type {Spec} */ (spec);
}

/**
 * Turn columns back into rows.
 * @param {Record<string, Column>} columns
 */
function rows(columns) {
  const names = Object.keys(columns);
  const lists = names.map((name) => listed(columns[name]));
  return lists[0].map((_, i) => Object.fromEntries(names.map((name, j) => [name, lists[j][i]])));
}

/** @param {Column} column */
const listed = (column) => (Array.isArray(column) ? column : column.at.map((place) => column.levels[place]));
