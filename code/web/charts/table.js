/* "Show the data": the rows that the chart draws now, as a table to sort, page and keep. */
import { find, need } from "../elements.js";

/**
 * @import { View } from "vega"
 * @import { TablePlan } from "../types/charts.js"
 * @typedef {{ columns: TablePlan["columns"], rows: unknown[][] }} Content
 */

const PAGE = 200;

/**
 * @param {Record<string, unknown>} row
 * @param {string} field
 */
const fieldOf = (row, field) => row[field] ?? row[field.replaceAll("\\", "")];

/** @param {unknown} value */
const isPicture = (value) => typeof value === "string" && value.startsWith("data:image");

/**
 * Collect a table's rows and the columns that have something to show.
 * @param {View} view
 * @param {TablePlan} plan
 * @returns {Content | null}
 */
function collect(view, { data, columns }) {
  /** @type {Record<string, unknown>[]} */
  let rows;
  try {
    rows = view.data(data);
  } catch {
    return null; // drawn inside one part of the chart only
  }
  const shown = columns.filter(({ field }) =>
    rows.some((row) => fieldOf(row, field) !== undefined && !isPicture(fieldOf(row, field))),
  );
  if (!shown.length) return null;
  return { columns: shown, rows: rows.map((row) => shown.map(({ field }) => fieldOf(row, field))) };
}

/**
 * Write a number as the chart holds it: six significant digits, no thousands marks.
 * @param {unknown} value
 */
function write(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "number") return String(value);
  return String(Number(value.toPrecision(6))).replace("-", "\u2212");
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} name
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @param {...(Node | string)} children
 */
const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/**
 * @param {unknown} a
 * @param {unknown} b
 */
function compare(a, b) {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}

class Table {
  page = 0;
  /** @type {{ i: number, down: boolean } | null} */
  sort = null;

  /**
   * @param {Content} content
   * @param {string} name
   */
  constructor({ columns, rows }, name) {
    this.columns = columns;
    this.rows = rows;
    this.name = name;
    this.body = element("tbody");
    this.pager = element("p", { className: "table-pager" });
    const head = element("tr", {}, ...this.columns.map((column, i) => this.header(column, i)));
    const table = element("table", {}, element("thead", {}, head), this.body);
    const scroll = element("div", { className: "table-scroll", tabIndex: 0 }, table);
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "The data of this figure");
    const save = element("button", { type: "button", textContent: "Download these rows as CSV" });
    save.addEventListener("click", () => this.save());
    this.root = element("div", {}, scroll, this.pager, save);
    this.draw();
  }

  /**
   * @param {{ title: string }} column
   * @param {number} i
   */
  header({ title }, i) {
    const button = element("button", { type: "button", textContent: title });
    const cell = element("th", { scope: "col" }, button);
    button.addEventListener("click", () => {
      const down = this.sort?.i === i && !this.sort.down;
      this.sort = { i, down };
      for (const other of cell.parentElement?.children ?? []) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      this.rows.sort((a, b) => (down ? -1 : 1) * compare(a[i], b[i]));
      this.page = 0;
      this.draw();
    });
    return cell;
  }

  draw() {
    const start = this.page * PAGE;
    const part = this.rows.slice(start, start + PAGE);
    this.body.replaceChildren(
      ...part.map((row) => element("tr", {}, ...row.map((value) => element("td", { textContent: write(value) })))),
    );
    this.drawPager(start, start + part.length);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  drawPager(from, to) {
    /**
     * @param {string} label
     * @param {number} by
     * @param {boolean} possible
     */
    const turn = (label, by, possible) => {
      const button = element("button", { type: "button", textContent: label, disabled: !possible });
      button.addEventListener("click", () => {
        this.page += by;
        this.draw();
        find(this.pager, "button:not([disabled])", HTMLElement)?.focus();
      });
      return button;
    };
    const rows = this.rows.length;
    this.pager.hidden = rows <= PAGE;
    this.pager.replaceChildren(
      turn("Previous rows", -1, from > 0),
      ` Rows ${from + 1} to ${to} of ${rows} `,
      turn("Next rows", 1, to < rows),
    );
  }

  save() {
    /** @param {string} value */
    const quote = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    /** @param {unknown[]} values */
    const line = (values) => values.map((value) => quote(String(value ?? ""))).join(",");
    const text = [line(this.columns.map(({ title }) => title)), ...this.rows.map(line)].join("\n") + "\n";
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    element("a", { href: address, download: `${this.name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
}

/**
 * Fill an opened "Show the data" from the live chart; without one, its link to the CSV stays.
 * @param {import("./chart.js").Chart} chart
 * @param {HTMLElement} details
 */
export async function fillTable(chart, details) {
  await chart.start();
  if (!chart.isLive()) return;
  const { view } = chart;
  const place = need(details, ".chart-table", HTMLElement);
  place.querySelector(".chart-tables")?.remove();
  const tables = (chart.meta.tables ?? []).map((plan) => collect(view, plan)).filter((content) => content !== null);
  const roots = tables.map((content) => new Table(content, chart.name).root);
  place.append(element("div", { className: "chart-tables" }, ...roots));
}
