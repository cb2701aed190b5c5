/* "Show the data": the rows that the chart draws now, as a table to sort, page and keep. */

const PAGE = 200;

const fieldOf = (row, field) => row[field] ?? row[field.replaceAll("\\", "")];
const isPicture = (value) => typeof value === "string" && value.startsWith("data:image");

/** Collect a table's rows and the columns that have something to show. */
function collect(view, { data, columns }) {
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

/** Write a number as the chart holds it: six significant digits, no thousands marks. */
function write(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "number") return String(value);
  return String(Number(value.toPrecision(6))).replace("-", "\u2212");
}

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

function compare(a, b) {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}

class Table {
  constructor(content, name) {
    Object.assign(this, content, { name, page: 0, sort: null });
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

  header({ title }, i) {
    const button = element("button", { type: "button", textContent: title });
    const cell = element("th", { scope: "col" }, button);
    button.addEventListener("click", () => {
      const down = this.sort?.i === i && !this.sort.down;
      this.sort = { i, down };
      for (const other of cell.parentElement.children) other.removeAttribute("aria-sort");
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

  drawPager(from, to) {
    const turn = (label, by, possible) => {
      const button = element("button", { type: "button", textContent: label, disabled: !possible });
      button.addEventListener("click", () => {
        this.page += by;
        this.draw();
        this.pager.querySelector("button:not([disabled])")?.focus();
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
    const quote = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    const line = (values) => values.map((value) => quote(String(value ?? ""))).join(",");
    const text = [line(this.columns.map(({ title }) => title)), ...this.rows.map(line)].join("\n") + "\n";
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    element("a", { href: address, download: `${this.name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
}

/** Fill an opened "Show the data" from the live chart; without one, its link to the CSV stays. */
export async function fillTable(chart, details) {
  await chart.start();
  const place = details.querySelector(".chart-table");
  if (!chart.view) return;
  place.querySelector(".chart-tables")?.remove();
  const tables = (chart.meta.tables ?? []).map((plan) => collect(chart.view, plan)).filter(Boolean);
  const roots = tables.map((content) => new Table(content, chart.name).root);
  place.append(element("div", { className: "chart-tables" }, ...roots));
}
