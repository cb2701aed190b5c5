/* Below a chart: its data as a table, and a link to the view. */
import { copyLink } from "./link.js";
import { fillTable } from "./table.js";

export function addTools(chart) {
  const row = chart.element.querySelector(".chart-tools");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chart-link";
  button.textContent = "Copy link to this view";
  button.addEventListener("click", () => copyLink(chart));
  if (chart.controls.inputs.length || chart.picks.groups.length) row.append(button);
  const details = row.querySelector("details");
  details.addEventListener("toggle", () => details.open && fillTable(chart, details));
  chart.tools = {
    attach(view) {
      let timer = 0;
      const refresh = () => {
        clearTimeout(timer);
        timer = setTimeout(() => details.open && fillTable(chart, details), 400);
      };
      if (details.open) refresh();
      for (const name of chart.controls.names()) view.addSignalListener(name, refresh);
    },
  };
}
