/* The page of one's own answers: filled from this device, saved as a file, forgotten. */
import { make } from "./dom.js";
import { all, forget } from "./store.js";

const HEADS = ["page", "kind", "question", "answer", "measured or right", "outcome", "in my own words", "date"];
const string = (value) => (typeof value === "string" ? value : "");

function outcome(entry) {
  if (typeof entry.right === "boolean") return entry.right ? "right" : "wrong";
  return string(entry.words);
}

function fill(place, entry) {
  if (!entry) return place.replaceChildren("No answer yet.");
  if (entry.skipped) return place.replaceChildren("Skipped.");
  const lines = [`You: ${string(entry.text)}`, `The run: ${string(entry.truth)}`];
  if (typeof entry.right === "boolean") lines[1] = entry.right ? "Right." : `Right would be: ${string(entry.truth)}`;
  if (entry.words) lines.push(string(entry.words));
  if (entry.why) lines.push(`In your own words: ${string(entry.why)}`);
  place.replaceChildren(...lines.map((line) => make("p", {}, line)));
}

/** List what was answered, as rows of the table's columns. */
function rows(places) {
  const entries = all();
  return places
    .map((place) => [place, entries[place.dataset.question]])
    .filter(([, entry]) => entry)
    .map(([place, entry]) => [
      place.dataset.page,
      place.dataset.kind,
      place.previousElementSibling.textContent.trim(),
      entry.skipped ? "skipped" : string(entry.text),
      string(entry.truth),
      outcome(entry),
      string(entry.why),
      string(entry.when),
    ]);
}

/** Quote a cell; one that a spreadsheet would run as a formula becomes plain text. */
export function quote(value) {
  const plain = /^[=+@\t\r-]/.test(value) && !/^[-+]?[\d.]+$/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const table = (name, found) => [HEADS, ...found].map((row) => [name, ...row]).map((row, i) => (i ? row : ["name", ...HEADS]).map(quote).join(",")).join("\n") + "\n";

function text(name, found) {
  const lines = [`# ${document.title}`, ""];
  if (name) lines.push(name, "");
  let page = null;
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

function save(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export function startAnswers({ say }) {
  const page = document.querySelector("[data-answers]");
  if (!page) return;
  const places = [...page.querySelectorAll("[data-question]")];
  const name = page.querySelector("#answers-name");
  const show = () => places.forEach((place) => fill(place, all()[place.dataset.question]));
  const on = (what, act) => page.querySelector(`[data-${what}]`).addEventListener("click", act);
  show();
  on("save", () => save("my-answers.md", text(name.value.trim(), rows(places)), "text/markdown"));
  on("table", () => save("my-answers.csv", table(name.value.trim(), rows(places)), "text/csv"));
  const drop = page.querySelector("[data-forget]");
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
