/* A number guessed on a slider, then drawn beside the truth on one line. */
import { need } from "../elements.js";
import { at, clamp, make, share, told, withUnit } from "./dom.js";

/** @import { Guesser, NumberPrediction } from "../types/reader.js" */

/**
 * @param {HTMLElement} form
 * @param {NumberPrediction} settings
 * @returns {Guesser<number>}
 */
export function guessNumber(form, settings) {
  const { line, unit, format, truth, told: run, interval, close } = settings;
  const input = need(form, "input", HTMLInputElement);
  const output = need(form, "output", HTMLOutputElement);
  /**
   * @param {number} value
   * @param {string} [how]
   */
  const write = (value, how) => withUnit(told(value, how), unit);
  const value = () => (line.log ? Number(at(line, Number(input.value)).toPrecision(2)) : Number(input.value));
  const show = () => {
    output.value = write(value());
    input.setAttribute("aria-valuetext", output.value);
  };
  input.addEventListener("input", show);
  show();

  /** @param {number} guess */
  function words(guess) {
    const measured = run + (interval ? ` (interval ${interval.map((v) => told(v, format)).join(" to ")})` : "");
    const inside = interval && guess >= interval[0] && guess <= interval[1];
    if (inside || Math.abs(guess - truth) <= Math.max(close, 1e-9))
      return `Close: you said ${write(guess)}, and the run says ${measured}.`;
    const way = guess > truth ? "high" : "low";
    const ratio = guess > truth ? guess / truth : truth / guess;
    const times =
      ratio >= 2 && Number.isFinite(ratio)
        ? `${told(ratio, ".2g")} times too ${way}`
        : `${write(Math.abs(guess - truth), format)} too ${way}`;
    return `You said ${write(guess)}; the run says ${measured}. That is ${times}.`;
  }

  /**
   * @param {number} number
   * @param {string} label
   * @param {string} className
   */
  function mark(number, label, className) {
    const place = 100 * clamp(share(line, number));
    const name = make("span", {}, `${label} ${told(number, className === "is-truth" ? format : undefined)}`);
    const side = place > 75 ? "is-left" : place < 25 ? "is-right" : "";
    return make("div", { className: `guess-mark ${className} ${side}`, style: `left:${place}%` }, name);
  }

  /** @param {number} guess */
  function picture(guess) {
    const band = interval?.map((v) => 100 * clamp(share(line, v)));
    const box = make("div", { className: "guess-line", "aria-hidden": "true" });
    if (band)
      box.append(make("div", { className: "guess-band", style: `left:${band[0]}%;width:${band[1] - band[0]}%` }));
    const ends = [line.low, line.high].map((v) => make("span", { className: "guess-end" }, told(v)));
    box.append(...ends, mark(guess, "you", "is-guess"), mark(truth, "measured", "is-truth"));
    return box;
  }

  return {
    read: () => ({ guess: value(), text: write(value()) }),
    check: (guess) => Number.isFinite(guess),
    truthText: run,
    param: (guess) => guess,
    words,
    picture,
  };
}
