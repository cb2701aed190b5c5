/* Below a chart: its data as a table, and a link to the view. */
import { need } from "../elements.js";
import { copyLink } from "./link.js";
import { fillTable } from "./table.js";

/**
 * Add the button for the link, and have the table follow each view that is attached.
 * @param {import("./chart.js").Chart} chart
 */
export function addTools(chart) {
  const row = need(chart.element, ".chart-tools", HTMLElement);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chart-link";
  button.textContent = "Copy link to this view";
  button.addEventListener("click", () => copyLink(chart));
  if (chart.controls.inputs.length || chart.picks.groups.length) row.append(button);
  const details = need(row, "details", HTMLDetailsElement);
  details.addEventListener("toggle", () => details.open && fillTable(chart, details));
  return {
    /** @param {import("vega").View} view */
    attach(view) {
      let timer = 0;
      const refresh = () => {
        clearTimeout(timer);
        timer = window.setTimeout(() => details.open && fillTable(chart, details), 400);
      };
      if (details.open) refresh();
      for (const name of chart.controls.names()) view.addSignalListener(name, refresh);
    },
  };
}
