/* Tables of claims: one filter for all of them, columns that sort, commands that copy. */
import { copyText } from "../copy.js";
import { every } from "../elements.js";
import { button, make } from "./dom.js";

/** @import { Page, Say } from "../types/reader.js" */

/**
 * @param {HTMLTableRowElement} row
 * @param {number} i
 */
const valueOf = (row, i) => row.cells[i].dataset.value ?? row.cells[i].textContent;

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, "en") : x - y;
}

/**
 * Let a heading sort its column, up and then down.
 * @param {HTMLTableElement} table
 * @param {HTMLTableCellElement[]} heads
 * @param {number} i
 */
function addSorting(table, heads, i) {
  const cell = heads[i];
  const sort = () => {
    const down = cell.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    cell.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => (down ? -1 : 1) * compare(valueOf(a, i), valueOf(b, i)));
    table.tBodies[0].append(...rows);
  };
  cell.replaceChildren(button(cell.textContent, sort));
}

/**
 * @param {HTMLElement} code
 * @param {Say} say
 */
function addCopying(code, say) {
  const copy = button("Copy", async () => {
    const done = await copyText(code.textContent);
    copy.textContent = done ? "Copied" : "Not copied";
    say(done ? "Command copied" : "The browser refused to copy");
    setTimeout(() => (copy.textContent = "Copy"), 2000);
  });
  copy.setAttribute("aria-label", `Copy the command ${code.textContent}`);
  code.after(" ", copy);
}

/**
 * @param {string} value
 * @param {string} text
 */
const option = (value, text) => make("option", { value }, text);

/**
 * The filter: words that a row must hold, and what the result or the chapter must be.
 * @param {HTMLTableElement[]} tables
 * @param {Say} say
 */
function makeFilter(tables, say) {
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
  const chapters = [...new Set(rows.map(chapterOf))].filter(Boolean).sort();
  const words = make("input", { type: "text", id: "claims-table-words", autocomplete: "off" });
  const chapter = make(
    "select",
    { id: "claims-table-chapter" },
    option("", "any"),
    ...chapters.map((name) => option(name, name)),
  );
  const result = make(
    "select",
    { id: "claims-table-result" },
    option("", "any"),
    option("stands", "stands"),
    option("by construction", "by construction"),
    option("FALLS", "falls"),
  );
  const count = make("p", { className: "claims-table-count" });
  const apply = () => {
    const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits =
        asked.every((word) => text.includes(word)) &&
        (!chapter.value || chapterOf(row) === chapter.value) &&
        (!result.value || row.cells[3].textContent === result.value);
      row.hidden = !fits;
    }
    for (const table of tables) sectionOf(table).hidden = [...table.tBodies[0].rows].every(({ hidden }) => hidden);
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = `${shown} of ${rows.length} claims shown`;
    say(count.textContent);
  };
  for (const control of [words, chapter, result]) control.addEventListener("input", apply);
  count.textContent = `${rows.length} claims, all shown`;
  /**
   * @param {string} label
   * @param {HTMLElement} control
   */
  const field = (label, control) => make("label", {}, `${label} `, control);
  const fields = [field("Words", words), field("Chapter", chapter), field("Result", result)];
  return make(
    "div",
    { className: "claims-table-filter", role: "search", "aria-label": "The claims" },
    ...fields,
    count,
  );
}

/** @param {HTMLTableRowElement} row */
const chapterOf = (row) =>
  row.querySelector(".claims-table-more a")?.textContent.replace(/^(Figure in|Text of) /, "") ?? "";

/** @param {HTMLTableElement} table */
const sectionOf = (table) => /** @type {HTMLElement} */ (table.closest(".claims-table"));

/**
 * The filter serves every table, so it stands above the section that holds the first.
 * @param {HTMLTableElement[]} tables
 */
function firstSection(tables) {
  const own = sectionOf(tables[0]);
  return tables.length > 1 ? (own.closest("section section") ?? own) : own;
}

/** @param {Page} page */
export function startClaimsTable({ say }) {
  const tables = every(document, "[data-claims-table]", HTMLTableElement);
  if (!tables.length) return;
  firstSection(tables).before(makeFilter(tables, say));
  for (const table of tables) {
    const heads = every(table, "thead th", HTMLTableCellElement);
    heads.forEach((_, i) => addSorting(table, heads, i));
    for (const code of every(table, "code", HTMLElement)) addCopying(code, say);
  }
}
