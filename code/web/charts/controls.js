/* The inputs of a chart: laid out when the book was built, joined here to the chart. */
import { dataOf } from "../elements.js";
import { isAtFault, isChosen, refuses, show, takes, valueOf } from "./input.js";

/**
 * @import { View } from "vega"
 * @import { Chart } from "./chart.js"
 * @import { Input } from "./input.js"
 */

/** @param {Element} element */
const isInput = (element) => element instanceof HTMLInputElement || element instanceof HTMLSelectElement;

/** @param {Input} input */
const signalOf = (input) => dataOf(input, "signal");

export class Controls {
  /** @type {number | undefined} */
  frame = undefined; // in which the chart will be drawn

  /** @param {Chart} chart */
  constructor(chart) {
    this.chart = chart;
    this.inputs = [...chart.element.querySelectorAll("[data-signal]")].filter(isInput);
    for (const input of this.inputs) {
      input.addEventListener("input", () => this.changed(input));
      if (input.type === "range") show(input, valueOf(input));
      if (input.type === "number")
        input.addEventListener("blur", () => input.value === "" && show(input, valueOf(input)));
    }
    this.initial = this.values();
  }

  /** The names of the parameters that have an input. */
  names() {
    return [...new Set(this.inputs.map(signalOf))];
  }

  /** @param {string} name */
  inputsOf(name) {
    return this.inputs.filter((input) => signalOf(input) === name);
  }

  /**
   * The parameters' values, as the inputs hold them.
   * @returns {Record<string, unknown>}
   */
  values() {
    return Object.fromEntries(this.inputs.filter(isChosen).map((input) => [signalOf(input), valueOf(input)]));
  }

  /** @param {Input} input */
  changed(input) {
    if (input.type === "number") {
      if (refuses(input)) return;
      input.dataset.kept = input.value;
    }
    if (input.type === "range") show(input, valueOf(input));
    this.set(signalOf(input), valueOf(input));
  }

  /**
   * Show a parameter's value on its inputs, and tell the text, whose numbers may follow it.
   * @param {string} name
   * @param {unknown} value
   */
  show(name, value) {
    for (const input of this.inputsOf(name)) show(input, value);
    this.chart.element.dispatchEvent(new CustomEvent("control", { detail: { name, value } }));
  }

  /** Tell whether a box holds a number that was refused: its fault is being read out. */
  hasFault() {
    return this.inputs.some(isAtFault);
  }

  /**
   * Set a parameter; the chart is drawn at most once a frame.
   * @param {string} name
   * @param {unknown} value
   */
  set(name, value) {
    this.show(name, value);
    const { view } = this.chart;
    if (!view) return;
    view.signal(name, value);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.chart.view?.runAsync();
    });
  }

  /**
   * Give a new view the values that the inputs show, and follow what it changes itself.
   * @param {View} view
   */
  attach(view) {
    const values = this.values();
    for (const name of this.names()) {
      if (values[name] !== undefined && values[name] !== this.initial[name]) view.signal(name, values[name]);
      view.addSignalListener(name, (_, value) => this.heard(name, value));
    }
    view.runAsync();
  }

  /**
   * Follow a change of the view; one that the inputs made they show already, and may be typed past by now.
   * @param {string} name
   * @param {unknown} value
   */
  heard(name, value) {
    if (this.values()[name] !== value) this.show(name, value);
  }

  /**
   * Tell whether a value is one that the inputs of `name` offer.
   * @param {string} name
   * @param {unknown} value
   */
  allows(name, value) {
    return this.inputsOf(name).some((input) => takes(input, value));
  }
}
