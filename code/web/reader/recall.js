/* Questions on earlier chapters: the first choice is kept, the feedback read out. */
import { make, told, withUnit } from "./dom.js";
import { get, put } from "./store.js";

/** Read a number as people write it: spaces, commas, a real minus, a unit behind it. */
export function readNumber(text) {
  const plain = text.trim().replace(/[\s\u00a0]/g, "").replace("\u2212", "-");
  const grouped = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".");
  const found = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i.exec(grouped);
  return found ? Number(found[0]) : NaN;
}

function startOptions(element, { truth }, say) {
  const key = element.dataset.key;
  const options = [...element.querySelectorAll("details")];
  const text = (place) => options[place].querySelector("summary").textContent.trim();
  const mark = (place) => {
    options[place].classList.add("was-chosen");
    options[place].querySelector("summary").append(make("span", { className: "recall-chosen" }, "your first answer"));
  };
  const kept = get(key);
  if (kept && kept.guess in options) {
    mark(kept.guess);
    options[kept.guess].open = true;
  }
  options.forEach((option, place) => {
    option.addEventListener("toggle", () => {
      if (!option.open) return;
      const first = get(key) === null;
      if (first) {
        put(key, { guess: place, text: text(place), truth: text(truth), right: place === truth });
        mark(place);
      }
      if (first || get(key).guess !== place) say(option.querySelector(".recall-feedback").textContent);
    });
  });
}

function startNumber(element, { truth, near, unit, told: run }, say) {
  const key = element.dataset.key;
  const form = element.querySelector("form");
  const input = form.querySelector("input");
  const said = element.querySelector(".recall-said");
  const verdict = make("p", { className: "recall-verdict" });
  said.prepend(verdict);

  function show(guess) {
    const right = Math.abs(guess - truth) <= near;
    element.dataset.state = right ? "right" : "wrong";
    said.hidden = false;
    said.querySelector(".reread").hidden = right;
    verdict.textContent = right
      ? `Yes: ${withUnit(told(guess), unit)} is near enough.`
      : `No: ${withUnit(told(guess), unit)} is too ${guess > truth ? "high" : "low"}.`;
    if (right) element.querySelector(".recall-answer").open = true;
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
  const kept = get(key);
  if (Number.isFinite(kept?.guess)) {
    input.value = String(kept.guess);
    show(kept.guess);
  }
}

export function startRecalls({ say }) {
  for (const element of document.querySelectorAll("[data-recall]")) {
    const settings = JSON.parse(element.dataset.recall);
    (settings.kind === "choice" ? startOptions : startNumber)(element, settings, say);
  }
}
