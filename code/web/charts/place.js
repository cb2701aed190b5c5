/* Points that the reader sets: by a click on the plot, or by buttons beside the sliders. */
import { plotPoint, valueAt } from "./drag.js";

const REST = 6; // px: a pointer that moved further was dragging or scrolling

const BUTTONS = [
  ["Add a point where the sliders say", (placing) => placing.add([placing.slider("x"), placing.slider("y")])],
  ["Add ten at random", (placing) => placing.addAtRandom(10)],
  ["Take the last one away", (placing) => placing.keep(placing.points().slice(0, -1))],
  ["Start again", (placing) => placing.keep(placing.first)],
];

class Placing {
  constructor(chart) {
    this.chart = chart;
    this.plan = chart.meta.place;
    this.first = chart.view.signal(this.plan.points);
    const buttons = BUTTONS.map(([text, act]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      button.addEventListener("click", () => act(this));
      return button;
    });
    const group = Object.assign(document.createElement("div"), { className: "control control-place" });
    group.append(...buttons);
    chart.element.querySelector(".chart-controls").append(group);
  }

  points() {
    return this.chart.view.signal(this.plan.points);
  }

  slider(axis) {
    return this.chart.view.signal(this.plan[axis]);
  }

  /** Points live in a parameter without an input, which a new view is given again. */
  keep(points) {
    if (!points.length) return this.chart.note("One point at least stays.");
    this.chart.note(points.length > this.plan.most ? `There is room for ${this.plan.most} points.` : "");
    this.chart.carry(this.plan.points, points.slice(0, this.plan.most));
  }

  add(point) {
    this.keep([...this.points(), point]);
  }

  addAtRandom(count) {
    const round = () => Math.round(100 * Math.random()) / 100;
    this.keep([...this.points(), ...Array.from({ length: count }, () => [round(), round()])]);
  }

  listen(svg) {
    let start = null;
    svg.addEventListener("pointerdown", (event) => (start = event));
    svg.addEventListener("click", (event) => {
      const moved = start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
      const point = plotPoint(this.chart, svg, event);
      if (!point || moved > REST) return;
      const place = ["x", "y"].map((axis) => valueAt(this.chart, axis, this.plan[axis], point));
      ["x", "y"].forEach((axis, i) => this.chart.controls.set(this.plan[axis], place[i]));
      this.add(place);
    });
  }
}

export function connectPlacing(chart) {
  if (!chart.meta.place) return;
  chart.placing ??= new Placing(chart);
  const svg = chart.stage.querySelector(".chart-live svg");
  svg.style.cursor = "crosshair";
  chart.placing.listen(svg);
}
