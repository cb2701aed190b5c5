/* One slider, list or box: the value that it holds, shows and can take. */
import { say } from "../say.js";
import { offers } from "./offer.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Input */

/** @param {Input} input */
export const isAtFault = (input) => input.getAttribute("aria-invalid") === "true";

/**
 * Tell whether an input holds its parameter's value: of a row of radio buttons, one does.
 * @param {Input} input
 */
export const isChosen = (input) => input instanceof HTMLSelectElement || input.type !== "radio" || input.checked;

/**
 * Read an input's value as the chart's parameter wants it; a box to type into holds its last good one.
 * @param {Input} input
 * @returns {unknown}
 */
export function valueOf(input) {
  if (input instanceof HTMLSelectElement || input.type === "radio") return JSON.parse(input.value);
  if (input.type === "checkbox") return input.checked;
  return Number(input.type === "number" ? (input.dataset.kept ?? input.defaultValue) : input.value);
}

/**
 * Show a parameter's value on its input.
 * @param {Input} input
 * @param {unknown} value
 */
export function show(input, value) {
  if (input instanceof HTMLSelectElement) showOption(input, value);
  else if (input.type === "checkbox") input.checked = Boolean(value);
  else if (input.type === "radio") input.checked = offers(input.value, value);
  else if (input.type === "number") showTyped(input, value);
  else showRange(input, value);
}

/**
 * Choose in a list; a value that it does not offer, such as one the chart set itself, leaves it as it stands.
 * @param {HTMLSelectElement} list
 * @param {unknown} value
 */
function showOption(list, value) {
  const option = [...list.options].find((one) => offers(one.value, value));
  if (option) option.selected = true;
}

/**
 * @param {HTMLInputElement} input
 * @param {unknown} value
 */
function showTyped(input, value) {
  if (input.value === "" || Number(input.value) !== value) input.value = String(value);
  input.dataset.kept = String(value);
  noteFault(input, "");
}

/**
 * Say beside a box, and aloud, what is wrong with it; with nothing to say, all is well.
 * @param {HTMLInputElement} input
 * @param {string} fault
 */
function noteFault(input, fault) {
  input.setAttribute("aria-invalid", String(Boolean(fault)));
  const place = document.getElementById(`${input.id}-fault`);
  if (place) place.textContent = fault;
  if (fault) say(fault);
}

/**
 * Tell whether a box holds no number that its chart can take, and say so; one still empty is no fault.
 * @param {HTMLInputElement} input
 */
export function refuses(input) {
  const [low, high, kept] = [input.min, input.max, valueOf(input)].map((n) => Number(n).toLocaleString("en"));
  const fault = `Not a whole number from ${low} to ${high}; the chart still shows ${kept}.`;
  noteFault(input, input.validity.valid ? "" : fault);
  return input.value === "" || !input.validity.valid;
}

/**
 * @param {HTMLInputElement} input
 * @param {unknown} value
 */
function showRange(input, value) {
  if (Number(input.value) !== value) input.value = String(value);
  const output = input.parentElement?.querySelector("output");
  if (output) output.value = format(Number(input.value), Number(input.step));
}

/**
 * Tell whether a value is one that an input offers.
 * @param {Input} input
 * @param {unknown} value
 */
export function takes(input, value) {
  if (input instanceof HTMLSelectElement) return [...input.options].some((option) => offers(option.value, value));
  if (input.type === "checkbox") return typeof value === "boolean";
  return input.type === "radio" ? offers(input.value, value) : reaches(input, value);
}

/**
 * Tell whether a slider or a box has a step at a value.
 * @param {HTMLInputElement} input
 * @param {unknown} value
 */
function reaches(input, value) {
  if (typeof value !== "number") return false;
  const [low, high, step] = [input.min, input.max, input.step].map(Number);
  const steps = (value - low) / step;
  return value >= low && value <= high && Math.abs(steps - Math.round(steps)) < 1e-3;
}

/**
 * Write a slider's value with as many decimals as its step has.
 * @param {number} value
 * @param {number} step
 */
function format(value, step) {
  const decimals = (String(step).split(".")[1] ?? "").length;
  return value.toFixed(decimals).replace("-", "\u2212");
}
