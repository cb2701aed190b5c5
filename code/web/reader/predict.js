/* A guess before the figure: made, kept, compared, and never asked for twice. */
import { nameIn } from "../address.js";
import { dataOf, every, need } from "../elements.js";
import { button, make } from "./dom.js";
import { guessChoice, guessOrder } from "./guess-choice.js";
import { guessCurve } from "./guess-curve.js";
import { guessNumber } from "./guess-number.js";
import { forget, get, isKept, put } from "./store.js";

/** @import { Entry, Guesser, Page, PredictionSettings, Say } from "../types/reader.js" */

const UNKEPT = "This browser keeps nothing for this page, so your answer lasts until you leave it.";

/**
 * Have the guess of a kind read off its form.
 * @param {HTMLElement} form
 * @param {PredictionSettings} settings
 * @param {Say} say
 * @returns {Guesser}
 */
function guesserOf(form, settings, say) {
  if (settings.kind === "number") return guessNumber(form, settings);
  if (settings.kind === "choice") return guessChoice(form, settings);
  if (settings.kind === "order") return guessOrder(form, settings, say);
  return guessCurve(form, settings, say);
}

class Prediction {
  /**
   * @param {HTMLElement} element
   * @param {Page} page
   */
  constructor(element, page) {
    this.element = element;
    this.page = page;
    this.key = dataOf(element, "key");
    /** @type {PredictionSettings} */
    this.settings = JSON.parse(dataOf(element, "predict"));
    this.form = need(element, ".predict-form", HTMLFormElement);
    this.outcome = need(element, ".predict-outcome", HTMLElement);
    this.after = need(element, ".predict-after", HTMLElement);
    this.answer = need(element, ".predict-answer", HTMLDetailsElement);
    this.problem = make("p", { className: "predict-problem", role: "alert" });
    this.form.append(this.problem);
    this.guesser = guesserOf(this.form, this.settings, page.say);
    this.listen();
    const kept = get(this.key);
    if (kept?.skipped || (kept && this.guesser.check(kept.guess))) this.open(kept);
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.commit();
    });
    need(this.form, "[data-skip]", HTMLElement).addEventListener("click", () => this.skip());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.element.dataset.state !== "open") this.skip();
    });
  }

  commit() {
    const read = this.guesser.read();
    this.problem.textContent = read.problem ?? "";
    if (read.problem !== undefined) return;
    const { guess, text } = read;
    const entry = { guess, text, truth: this.guesser.truthText, words: this.guesser.words(guess) };
    put(this.key, entry);
    this.open(entry);
    this.outcome.focus();
    this.page.say(`${entry.words}${this.settings.figure ? " The figure is shown." : ""}`);
  }

  skip() {
    put(this.key, { skipped: true });
    this.open({ skipped: true });
    this.outcome.focus();
    this.page.say("Skipped. The answer is shown.");
  }

  /**
   * Show the guess beside the truth, the answer and the figure.
   * @param {Entry} entry
   */
  open(entry) {
    this.element.dataset.state = "open";
    this.element.classList.toggle("is-compared", !entry.skipped);
    this.form.hidden = true;
    this.answer.open = true;
    const parts = entry.skipped
      ? [make("p", {}, "Skipped.")]
      : [this.guesser.picture(entry.guess), make("p", { className: "predict-words" }, this.guesser.words(entry.guess))];
    if (!isKept()) parts.push(make("p", { className: "predict-note" }, UNKEPT));
    this.outcome.replaceChildren(...parts);
    this.after.replaceChildren(...(entry.skipped ? [] : [this.explanation(entry)]), this.tools(entry));
    this.outcome.hidden = this.after.hidden = false;
    this.showFigure(entry);
  }

  /** @param {Entry} entry */
  showFigure(entry) {
    const { figure, param } = this.settings;
    if (!figure) return;
    document.getElementById(figure)?.classList.add("is-shown");
    if (param && !entry.skipped) this.page.chart(figure)?.carry(param, this.guesser.param(entry.guess));
  }

  /** @param {Entry} entry */
  explanation(entry) {
    const name = `${this.element.id}-why`;
    const field = make("textarea", { id: name, rows: 2, value: typeof entry.why === "string" ? entry.why : "" });
    field.addEventListener("input", () => put(this.key, { ...get(this.key), why: field.value }));
    return make(
      "div",
      { className: "predict-why" },
      make("label", { htmlFor: name }, "Why, in your own words? (if you like)"),
      field,
    );
  }

  /** @param {Entry} entry */
  tools(entry) {
    const again = button(entry.skipped ? "Guess after all" : "Guess again", () => this.again());
    const drop = button("Forget my answers", () => {
      forget();
      this.again();
      this.page.say("All your answers are forgotten.");
    });
    return make("p", { className: "predict-buttons" }, again, drop);
  }

  again() {
    forget(this.key);
    delete this.element.dataset.state;
    this.guesser.again?.();
    this.form.hidden = false;
    this.outcome.hidden = this.after.hidden = true;
    this.answer.open = false;
    need(this.form, "input, [tabindex='0'], button", HTMLElement).focus();
  }
}

/** A link into a figure that waits for a guess shows it: a link is worth more than a question. */
function showLinked() {
  const name = nameIn(location.hash);
  const figure = name && document.getElementById(name)?.closest(".held-back");
  if (!figure || figure.classList.contains("is-shown")) return;
  figure.classList.add("is-shown");
  figure.scrollIntoView();
}

/** @param {Page} page */
export function startPredictions(page) {
  for (const element of every(document, "[data-predict]", HTMLElement)) new Prediction(element, page);
  for (const show of every(document, "[data-show]", HTMLElement))
    show.addEventListener("click", () => document.getElementById(dataOf(show, "show"))?.classList.add("is-shown"));
  showLinked();
  addEventListener("hashchange", showLinked);
}
