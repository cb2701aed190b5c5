/* The page of one's own answers: filled from this device, saved as a file, forgotten. */
import { dataOf, every, find, need } from "../elements.js";
import { make } from "./dom.js";
import { all, forget } from "./store.js";

/** @import { Entry, Page } from "../types/reader.js" */

const HEADS = ["page", "kind", "question", "answer", "measured or right", "outcome", "in my own words", "date"];

/** @param {unknown} value */
const string = (value) => (typeof value === "string" ? value : "");

/** @param {Entry} entry */
function outcome(entry) {
  if (typeof entry.right === "boolean") return entry.right ? "right" : "wrong";
  return string(entry.words);
}

/**
 * @param {HTMLElement} place
 * @param {Entry | undefined} entry
 */
function fill(place, entry) {
  if (!entry) return place.replaceChildren("No answer yet.");
  if (entry.skipped) return place.replaceChildren("Skipped.");
  const lines = [`You: ${string(entry.text)}`, `The run: ${string(entry.truth)}`];
  if (typeof entry.right === "boolean") lines[1] = entry.right ? "Right." : `Right would be: ${string(entry.truth)}`;
  if (entry.words) lines.push(string(entry.words));
  if (entry.why) lines.push(`In your own words: ${string(entry.why)}`);
  place.replaceChildren(...lines.map((line) => make("p", {}, line)));
}

/**
 * List what was answered, as rows of the table's columns.
 * @param {HTMLElement[]} places
 */
function rows(places) {
  const entries = all();
  const answered = places.map((place) => ({ place, entry: entries[dataOf(place, "question")] }));
  return answered
    .filter(({ entry }) => entry)
    .map(({ place, entry }) => [
      dataOf(place, "page"),
      dataOf(place, "kind"),
      string(place.previousElementSibling?.textContent).trim(),
      entry.skipped ? "skipped" : string(entry.text),
      string(entry.truth),
      outcome(entry),
      string(entry.why),
      string(entry.when),
    ]);
}

/**
 * Quote a cell; one that a spreadsheet would run as a formula becomes plain text.
 * @param {string} value
 */
export function quote(value) {
  const plain = /^[=+@\t\r-]/.test(value) && !/^[-+]?[\d.]+$/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/**
 * @param {string} name
 * @param {string[][]} found
 */
const table = (name, found) =>
  [["name", ...HEADS], ...found.map((row) => [name, ...row])].map((row) => row.map(quote).join(",")).join("\n") + "\n";

/**
 * @param {string} name
 * @param {string[][]} found
 */
function text(name, found) {
  const lines = [`# ${document.title}`, ""];
  if (name) lines.push(name, "");
  let page = "";
  for (const [where, , question, answer, truth, how, why, when] of found) {
    if (where !== page) lines.push(`## ${(page = where)}`, "");
    lines.push(question, "", `- Answer (${when}): ${answer}`);
    if (truth) lines.push(`- Measured or right: ${truth}`);
    if (how) lines.push(`- Outcome: ${how}`);
    if (why) lines.push(`- In my own words: ${why.replaceAll("\n", " ")}`);
    lines.push("");
  }
  return lines.join("\n");
}

/**
 * @param {string} name
 * @param {string} content
 * @param {string} type
 */
function save(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** @param {Page} page */
export function startAnswers({ say }) {
  const page = find(document, "[data-answers]", HTMLElement);
  if (!page) return;
  const places = every(page, "[data-question]", HTMLElement);
  const name = need(page, "#answers-name", HTMLInputElement);
  const show = () => places.forEach((place) => fill(place, all()[dataOf(place, "question")]));
  /**
   * @param {string} what
   * @param {() => void} act
   */
  const on = (what, act) => need(page, `[data-${what}]`, HTMLElement).addEventListener("click", act);
  show();
  on("save", () => save("my-answers.md", text(name.value.trim(), rows(places)), "text/markdown"));
  on("table", () => save("my-answers.csv", table(name.value.trim(), rows(places)), "text/csv"));
  const drop = need(page, "[data-forget]", HTMLElement);
  const label = drop.textContent;
  let sure = false;
  drop.addEventListener("blur", () => {
    sure = false;
    drop.textContent = label;
  });
  on("forget", () => {
    if (!sure) {
      sure = true;
      drop.textContent = "Press again to forget all of them";
      return say(drop.textContent);
    }
    forget();
    show();
    sure = false;
    drop.textContent = label;
    say("All your answers are forgotten.");
  });
}
