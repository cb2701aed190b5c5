/* Making elements and writing numbers, as every component does. */

/** Make an element; properties of the form aria-*, role or style are set as attributes. */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made && name !== "style") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export const button = (label, act, className = "button-plain") => {
  const made = make("button", { type: "button", className }, label);
  made.addEventListener("click", act);
  return made;
};

/** Write a number to three digits, or as a Python format such as ".1f" asks, with a real minus. */
export function told(value, format = ".3g") {
  const [, digits, kind] = /\.(\d+)([fg])/.exec(format) ?? [null, "3", "g"];
  const text = kind === "f" ? value.toFixed(digits) : String(Number(value.toPrecision(digits)));
  return (text.includes("e") ? Number(text).toLocaleString("en", { maximumFractionDigits: 12, useGrouping: false }) : text).replace("-", "\u2212");
}

export function withUnit(text, unit) {
  if (!unit) return text;
  return "%°".includes(unit[0]) ? text + unit : `${text}\u00a0${unit}`;
}

/** Places on an axis: a value's share of it, and back. */
export const share = ({ low, high, log }, value) =>
  log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
export const at = ({ low, high, log }, part) => (log ? low * (high / low) ** part : low + (high - low) * part);
export const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value));
