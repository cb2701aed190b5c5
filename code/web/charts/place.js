/* Points that the reader sets: by a click on the plot, or by buttons beside the sliders. */
import { need } from "../elements.js";
import { plotPoint, valueAt } from "./drag.js";

/** @import { Axis, LiveChart, PlacePlan } from "../types/charts.js" */

const REST = 6; // px: a pointer that moved further was dragging or scrolling

/** @type {Axis[]} */
const AXES = ["x", "y"];

/** @type {[text: string, act: (placing: Placing) => void][]} */
const BUTTONS = [
  ["Add a point where the sliders say", (placing) => placing.add([placing.slider("x"), placing.slider("y")])],
  ["Add ten at random", (placing) => placing.addAtRandom(10)],
  ["Take the last one away", (placing) => placing.keep(placing.points().slice(0, -1))],
  ["Start again", (placing) => placing.keep(placing.first)],
];

export class Placing {
  /**
   * @param {LiveChart} chart
   * @param {PlacePlan} plan
   */
  constructor(chart, plan) {
    this.chart = chart;
    this.plan = plan;
    /** @type {number[][]} */
    this.first = chart.view.signal(this.plan.points);
    const buttons = BUTTONS.map(([text, act]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      button.addEventListener("click", () => act(this));
      return button;
    });
    const group = Object.assign(document.createElement("div"), { className: "control control-place" });
    group.append(...buttons);
    need(chart.element, ".chart-controls", HTMLElement).append(group);
  }

  /** @returns {number[][]} */
  points() {
    return this.chart.view.signal(this.plan.points);
  }

  /**
   * @param {Axis} axis
   * @returns {number}
   */
  slider(axis) {
    return this.chart.view.signal(this.plan[axis]);
  }

  /**
   * Points live in a parameter without an input, which a new view is given again.
   * @param {number[][]} points
   */
  keep(points) {
    if (!points.length) return this.chart.note("One point at least stays.");
    this.chart.note(points.length > this.plan.most ? `There is room for ${this.plan.most} points.` : "");
    this.chart.carry(this.plan.points, points.slice(0, this.plan.most));
  }

  /** @param {number[]} point */
  add(point) {
    this.keep([...this.points(), point]);
  }

  /** @param {number} count */
  addAtRandom(count) {
    const round = () => Math.round(100 * Math.random()) / 100;
    this.keep([...this.points(), ...Array.from({ length: count }, () => [round(), round()])]);
  }

  /** @param {SVGSVGElement} svg */
  listen(svg) {
    /** @type {PointerEvent | null} */
    let start = null;
    svg.addEventListener("pointerdown", (event) => (start = event));
    svg.addEventListener("click", (event) => {
      const moved = start ? Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) : 0;
      const point = plotPoint(this.chart, svg, event);
      if (!point || moved > REST) return;
      const place = AXES.map((axis) => valueAt(this.chart, axis, this.plan[axis], point));
      AXES.forEach((axis, i) => this.chart.controls.set(this.plan[axis], place[i]));
      this.add(place);
    });
  }
}

/** @param {LiveChart} chart */
export function connectPlacing(chart) {
  if (!chart.meta.place) return;
  chart.placing ??= new Placing(chart, chart.meta.place);
  const svg = need(chart.stage, ".chart-live svg", SVGSVGElement);
  svg.style.cursor = "crosshair";
  chart.placing.listen(svg);
}
