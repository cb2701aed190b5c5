/* Sliders, lists and boxes: laid out when the book was built, joined here to the chart. */
import { say } from "../say.js";
import { offers } from "./offer.js";

const isNumber = ({ type }) => type === "range" || type === "number";

const isAtFault = (input) => input.getAttribute("aria-invalid") === "true";

/** Read an input's value as the chart's parameter wants it; a box to type into holds its last good one. */
function valueOf(input) {
  if (input.type === "number") return Number(input.dataset.kept ?? input.defaultValue);
  if (isNumber(input)) return Number(input.value);
  if (input.type === "checkbox") return input.checked;
  return JSON.parse(input.value);
}

/** Show a parameter's value on its input. */
function show(input, value) {
  if (input.type === "checkbox") input.checked = Boolean(value);
  else if (input.type === "radio") input.checked = offers(input.value, value);
  else if (input.type === "number") showTyped(input, value);
  else if (isNumber(input)) showRange(input, value);
  else showOption(input, value);
}

/** Choose in a list; a value that it does not offer, such as one the chart set itself, leaves it as it stands. */
function showOption(list, value) {
  const option = [...list.options].find((one) => offers(one.value, value));
  if (option) option.selected = true;
}

function showTyped(input, value) {
  if (input.value === "" || Number(input.value) !== value) input.value = value;
  input.dataset.kept = value;
  noteFault(input, "");
}

/** Say beside a box, and aloud, what is wrong with it; with nothing to say, all is well. */
function noteFault(input, fault) {
  input.setAttribute("aria-invalid", Boolean(fault));
  document.getElementById(`${input.id}-fault`).textContent = fault;
  if (fault) say(fault);
}

/** Tell whether a box holds no number that its chart can take, and say so; one still empty is no fault. */
function refuses(input) {
  const [low, high, kept] = [input.min, input.max, valueOf(input)].map((n) => Number(n).toLocaleString("en"));
  const fault = `Not a whole number from ${low} to ${high}; the chart still shows ${kept}.`;
  noteFault(input, input.validity.valid ? "" : fault);
  return input.value === "" || !input.validity.valid;
}

function showRange(input, value) {
  if (Number(input.value) !== value) input.value = value;
  const output = input.parentElement.querySelector("output");
  if (output) output.value = format(Number(input.value), Number(input.step));
}

/** Tell whether a slider or a box has a step at a value. */
function reaches({ min, max, step }, value) {
  const steps = (value - min) / step;
  return typeof value === "number" && value >= min && value <= max && Math.abs(steps - Math.round(steps)) < 1e-3;
}

/** Write a slider's value with as many decimals as its step has. */
function format(value, step) {
  const decimals = (String(step).split(".")[1] ?? "").length;
  return value.toFixed(decimals).replace("-", "\u2212");
}

export class Controls {
  constructor(chart) {
    this.chart = chart;
    this.inputs = [...chart.element.querySelectorAll("[data-signal]")];
    for (const input of this.inputs) {
      input.addEventListener("input", () => this.changed(input));
      if (input.type === "range") showRange(input, Number(input.value));
      if (input.type === "number") input.addEventListener("blur", () => input.value === "" && show(input, valueOf(input)));
    }
    this.initial = this.values();
  }

  /** The names of the parameters that have an input. */
  names() {
    return [...new Set(this.inputs.map(({ dataset }) => dataset.signal))];
  }

  inputsOf(name) {
    return this.inputs.filter(({ dataset }) => dataset.signal === name);
  }

  values() {
    const chosen = this.inputs.filter((input) => input.type !== "radio" || input.checked);
    return Object.fromEntries(chosen.map((input) => [input.dataset.signal, valueOf(input)]));
  }

  changed(input) {
    if (input.type === "number") {
      if (refuses(input)) return;
      input.dataset.kept = input.value;
    }
    if (input.type === "range") showRange(input, Number(input.value));
    this.set(input.dataset.signal, valueOf(input));
  }

  /** Show a parameter's value on its inputs, and tell the text, whose numbers may follow it. */
  show(name, value) {
    for (const input of this.inputsOf(name)) show(input, value);
    this.chart.element.dispatchEvent(new CustomEvent("control", { detail: { name, value } }));
  }

  /** Tell whether a box holds a number that was refused: its fault is being read out. */
  hasFault() {
    return this.inputs.some(isAtFault);
  }

  /** Set a parameter; the chart is drawn at most once a frame. */
  set(name, value) {
    this.show(name, value);
    const { view } = this.chart;
    if (!view) return;
    view.signal(name, value);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.chart.view.runAsync();
    });
  }

  /** Give a new view the values that the inputs show, and follow what it changes itself. */
  attach(view) {
    const values = this.values();
    for (const name of this.names()) {
      if (values[name] !== undefined && values[name] !== this.initial[name]) view.signal(name, values[name]);
      view.addSignalListener(name, (_, value) => this.heard(name, value));
    }
    view.runAsync();
  }

  /** Follow a change of the view; one that the inputs made they show already, and may be typed past by now. */
  heard(name, value) {
    if (this.values()[name] !== value) this.show(name, value);
  }

  /** Tell whether a value is one that the inputs of `name` offer. */
  allows(name, value) {
    return this.inputsOf(name).some((input) => {
      if (isNumber(input)) return reaches(input, value);
      if (input.type === "checkbox") return typeof value === "boolean";
      return [...(input.options ?? [input])].some((option) => offers(option.value, value));
    });
  }
}

export function connectControls(chart) {
  chart.controls = new Controls(chart);
}
