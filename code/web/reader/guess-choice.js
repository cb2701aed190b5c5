/* One of several options, or an order of items. */
import { every, need } from "../elements.js";
import { make } from "./dom.js";

/** @import { ChoicePrediction, Guesser, OrderPrediction, Say } from "../types/reader.js" */

const NUMBERS = ["first", "second", "third"];

/** @param {number} place */
const nth = (place) => NUMBERS[place] ?? `${place + 1}th`;

/**
 * @param {HTMLElement} form
 * @param {ChoicePrediction} settings
 * @returns {Guesser<number>}
 */
export function guessChoice(form, { truth }) {
  const inputs = every(form, "input", HTMLInputElement);
  const options = every(form, "input + span", HTMLElement);
  const texts = options.map((option) => option.textContent.trim());
  return {
    read() {
      const guess = inputs.findIndex((input) => input.checked);
      return guess < 0 ? { problem: "Pick one first, or skip." } : { guess, text: texts[guess] };
    },
    check: (guess) => texts.some((_, place) => place === guess),
    truthText: texts[truth],
    param: (guess) => guess + 1,
    words: (guess) =>
      guess === truth ? "That is what the run says." : `You said: ${texts[guess]} The run says: ${texts[truth]}`,
    picture: (guess) =>
      make(
        "ul",
        { className: "guess-list" },
        ...options.map((option, place) => {
          const row = make("li", {}, option.cloneNode(true));
          if (place === guess) row.append(make("span", { className: "guess-tag is-guess" }, "you"));
          if (place === truth) row.append(make("span", { className: "guess-tag is-truth" }, "measured"));
          return row;
        }),
      ),
  };
}

/**
 * @param {HTMLElement} form
 * @param {OrderPrediction} settings
 * @param {Say} say
 * @returns {Guesser<number[]>}
 */
export function guessOrder(form, { truth }, say) {
  const list = need(form, "ol", HTMLElement);
  const rows = () => every(list, ":scope > li", HTMLElement);
  /** @param {number} place */
  const text = (place) => need(list, `[data-item="${place}"] span`, HTMLElement).textContent.trim();
  const texts = truth.map((_, place) => text(place));

  /**
   * @param {HTMLElement} row
   * @param {number} to
   * @param {HTMLElement} [focus]
   */
  function move(row, to, focus) {
    const others = rows().filter((other) => other !== row);
    const place = Math.max(0, Math.min(others.length, to));
    list.insertBefore(row, others[place] ?? null);
    focus?.focus();
    say(`${texts[Number(row.dataset.item)]}: ${nth(place)} of ${others.length + 1}`);
  }

  for (const row of rows())
    for (const press of every(row, "[data-move]", HTMLElement))
      press.addEventListener("click", () => move(row, rows().indexOf(row) + Number(press.dataset.move), press));
  list.addEventListener("pointerdown", (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = target.closest("li");
    if (!row || target.closest("button") || event.pointerType === "touch") return;
    event.preventDefault();
    list.setPointerCapture(event.pointerId); // the row itself moves, and would let go
    /** @param {PointerEvent} event */
    const follow = ({ clientY }) => {
      /** @param {HTMLElement} other */
      const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
      const to = rows().filter((other) => other !== row && middle(other) < clientY).length;
      if (to !== rows().indexOf(row)) move(row, to);
    };
    list.addEventListener("pointermove", follow);
    for (const end of ["pointerup", "pointercancel"])
      list.addEventListener(end, () => list.removeEventListener("pointermove", follow), { once: true });
  });

  return {
    read() {
      const guess = rows().map(({ dataset }) => Number(dataset.item));
      return { guess, text: guess.map((place) => texts[place]).join(" > ") };
    },
    check: (guess) => Array.isArray(guess) && [...guess].sort().join() === [...truth].sort().join(),
    truthText: truth.map((place) => texts[place]).join(" > "),
    param: (guess) => guess.map((place) => place + 1),
    words(guess) {
      const right = guess.filter((place, i) => place === truth[i]).length;
      if (right === truth.length) return "That is the measured order.";
      /** @param {number} place */
      const off = (place) => Math.abs(guess.indexOf(place) - truth.indexOf(place));
      const worst = [...truth].sort((a, b) => off(b) - off(a))[0];
      const where = `${texts[worst]} you put ${nth(guess.indexOf(worst))}, the run ${nth(truth.indexOf(worst))}`;
      return `${right} of ${truth.length} stand where the run puts them. Furthest off: ${where}.`;
    },
    picture: (guess) =>
      make(
        "table",
        { className: "guess-table" },
        make(
          "thead",
          {},
          make("tr", {}, ...["Place", "Your order", "Measured"].map((head) => make("th", { scope: "col" }, head))),
        ),
        make(
          "tbody",
          {},
          ...truth.map((place, i) =>
            make(
              "tr",
              {},
              make("td", {}, String(i + 1)),
              make("td", { className: guess[i] === place ? "is-truth" : "is-guess" }, texts[guess[i]]),
              make("td", {}, texts[place]),
            ),
          ),
        ),
      ),
  };
}
