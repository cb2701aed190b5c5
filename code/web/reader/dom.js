/* Making elements and writing numbers, as every component does. */

/** @import { Axis } from "../types/reader.js" */

/**
 * Make an element; properties of the form aria-*, role or style are set as attributes.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node | string)} children
 */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made && name !== "style") Object.assign(made, { [name]: value });
    else made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/**
 * @param {string} label
 * @param {() => void} act
 * @param {string} [className]
 */
export const button = (label, act, className = "button-plain") => {
  const made = make("button", { type: "button", className }, label);
  made.addEventListener("click", act);
  return made;
};

/**
 * Write a number to three digits, or as a Python format such as ".1f" asks, with a real minus.
 * @param {number} value
 * @param {string} [format]
 */
export function told(value, format = ".3g") {
  const [, digits, kind] = /\.(\d+)([fg])/.exec(format) ?? [null, "3", "g"];
  const text = kind === "f" ? value.toFixed(Number(digits)) : String(Number(value.toPrecision(Number(digits))));
  return (
    text.includes("e") ? Number(text).toLocaleString("en", { maximumFractionDigits: 12, useGrouping: false }) : text
  ).replace("-", "\u2212");
}

/**
 * @param {string} text
 * @param {string | undefined} unit
 */
export function withUnit(text, unit) {
  if (!unit) return text;
  return "%°".includes(unit[0]) ? text + unit : `${text}\u00a0${unit}`;
}

/**
 * Find the share of an axis that lies below a value.
 * @param {Axis} axis
 * @param {number} value
 */
export const share = ({ low, high, log }, value) =>
  log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);

/**
 * Find the value at a share of an axis.
 * @param {Axis} axis
 * @param {number} part
 */
export const at = ({ low, high, log }, part) => (log ? low * (high / low) ** part : low + (high - low) * part);

/**
 * @param {number} value
 * @param {number} [low]
 * @param {number} [high]
 */
export const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value));
