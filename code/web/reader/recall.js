/* Questions on earlier chapters: the first choice is kept, the feedback read out. */
import { dataOf, every, need } from "../elements.js";
import { make, told, withUnit } from "./dom.js";
import { get, put } from "./store.js";

/** @import { ChoiceRecall, NumberRecall, Page, Recall, Say } from "../types/reader.js" */

/**
 * Read a number as people write it: spaces, commas, a real minus, a unit behind it.
 * @param {string} text
 */
export function readNumber(text) {
  const plain = text
    .trim()
    .replace(/[\s\u00a0]/g, "")
    .replace("\u2212", "-");
  const grouped = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".");
  const found = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i.exec(grouped);
  return found ? Number(found[0]) : NaN;
}

/**
 * @param {HTMLElement} element
 * @param {ChoiceRecall} settings
 * @param {Say} say
 */
function startOptions(element, { truth }, say) {
  const key = dataOf(element, "key");
  const options = every(element, "details", HTMLDetailsElement);
  /** @param {number} place */
  const summary = (place) => need(options[place], "summary", HTMLElement);
  /** @param {number} place */
  const text = (place) => summary(place).textContent.trim();
  /** @param {number} place */
  const mark = (place) => {
    options[place].classList.add("was-chosen");
    summary(place).append(make("span", { className: "recall-chosen" }, "your first answer"));
  };
  const kept = get(key)?.guess;
  const chosen = options.findIndex((_, place) => place === kept);
  if (chosen >= 0) {
    mark(chosen);
    options[chosen].open = true;
  }
  options.forEach((option, place) => {
    option.addEventListener("toggle", () => {
      if (!option.open) return;
      const first = get(key) === null;
      if (first) {
        put(key, { guess: place, text: text(place), truth: text(truth), right: place === truth });
        mark(place);
      }
      if (first || get(key)?.guess !== place) say(need(option, ".recall-feedback", HTMLElement).textContent);
    });
  });
}

/**
 * @param {HTMLElement} element
 * @param {NumberRecall} settings
 * @param {Say} say
 */
function startNumber(element, { truth, near, unit, told: run }, say) {
  const key = dataOf(element, "key");
  const form = need(element, "form", HTMLFormElement);
  const input = need(form, "input", HTMLInputElement);
  const said = need(element, ".recall-said", HTMLElement);
  const verdict = make("p", { className: "recall-verdict" });
  said.prepend(verdict);

  /** @param {number} guess */
  function show(guess) {
    const right = Math.abs(guess - truth) <= near;
    element.dataset.state = right ? "right" : "wrong";
    said.hidden = false;
    need(said, ".reread", HTMLElement).hidden = right;
    verdict.textContent = right
      ? `Yes: ${withUnit(told(guess), unit)} is near enough.`
      : `No: ${withUnit(told(guess), unit)} is too ${guess > truth ? "high" : "low"}.`;
    if (right) need(element, ".recall-answer", HTMLDetailsElement).open = true;
    return right;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const guess = readNumber(input.value);
    input.setAttribute("aria-invalid", String(!Number.isFinite(guess)));
    if (!Number.isFinite(guess)) {
      said.hidden = false;
      verdict.textContent = "Write a number, such as 0.5.";
    } else {
      const right = show(guess);
      const text = withUnit(told(guess), unit);
      put(key, { guess, text, truth: run, right });
    }
    say(verdict.textContent);
  });
  const guess = get(key)?.guess;
  if (typeof guess === "number" && Number.isFinite(guess)) {
    input.value = String(guess);
    show(guess);
  }
}

/** @param {Page} page */
export function startRecalls({ say }) {
  for (const element of every(document, "[data-recall]", HTMLElement)) {
    /** @type {Recall} */
    const settings = JSON.parse(dataOf(element, "recall"));
    if (settings.kind === "choice") startOptions(element, settings, say);
    else startNumber(element, settings, say);
  }
}
