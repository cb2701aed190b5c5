/* One of several options, or an order of items. */
import { make } from "./dom.js";

const NUMBERS = ["first", "second", "third"];
const nth = (place) => NUMBERS[place] ?? `${place + 1}th`;

export function guessChoice(form, { truth }) {
  const inputs = [...form.querySelectorAll("input")];
  const texts = inputs.map((input) => input.nextElementSibling.textContent.trim());
  return {
    read() {
      const guess = inputs.findIndex((input) => input.checked);
      return guess < 0 ? { problem: "Pick one first, or skip." } : { guess, text: texts[guess] };
    },
    check: (guess) => Number.isInteger(guess) && guess in texts,
    truthText: texts[truth],
    param: (guess) => guess + 1,
    words: (guess) => (guess === truth ? "That is what the run says." : `You said: ${texts[guess]} The run says: ${texts[truth]}`),
    picture: (guess) =>
      make(
        "ul",
        { className: "guess-list" },
        ...inputs.map((input, place) => {
          const row = make("li", {}, input.nextElementSibling.cloneNode(true));
          if (place === guess) row.append(make("span", { className: "guess-tag is-guess" }, "you"));
          if (place === truth) row.append(make("span", { className: "guess-tag is-truth" }, "measured"));
          return row;
        }),
      ),
  };
}

export function guessOrder(form, { truth }, say) {
  const list = form.querySelector("ol");
  const rows = () => [...list.children];
  const text = (place) => list.querySelector(`[data-item="${place}"] span`).textContent.trim();
  const texts = truth.map((_, place) => text(place));
  let moved = false;

  function move(row, to, focus) {
    const others = rows().filter((other) => other !== row);
    const place = Math.max(0, Math.min(others.length, to));
    list.insertBefore(row, others[place] ?? null);
    moved = true;
    focus?.focus();
    say(`${texts[row.dataset.item]}: ${nth(place)} of ${others.length + 1}`);
  }

  list.addEventListener("click", ({ target }) => {
    const press = target.closest("[data-move]");
    if (press) move(press.parentElement, rows().indexOf(press.parentElement) + Number(press.dataset.move), press);
  });
  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("li");
    if (!row || event.target.closest("button") || event.pointerType === "touch") return;
    event.preventDefault();
    list.setPointerCapture(event.pointerId); // the row itself moves, and would let go
    const follow = ({ clientY }) => {
      const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
      const to = rows().filter((other) => other !== row && middle(other) < clientY).length;
      if (to !== rows().indexOf(row)) move(row, to);
    };
    list.addEventListener("pointermove", follow);
    for (const end of ["pointerup", "pointercancel"]) list.addEventListener(end, () => list.removeEventListener("pointermove", follow), { once: true });
  });

  return {
    read() {
      const guess = rows().map(({ dataset }) => Number(dataset.item));
      return { guess, text: guess.map((place) => texts[place]).join(" > "), moved };
    },
    check: (guess) => Array.isArray(guess) && [...guess].sort().join() === [...truth].sort().join(),
    truthText: truth.map((place) => texts[place]).join(" > "),
    param: (guess) => guess.map((place) => place + 1),
    words(guess) {
      const right = guess.filter((place, i) => place === truth[i]).length;
      if (right === truth.length) return "That is the measured order.";
      const off = (place) => Math.abs(guess.indexOf(place) - truth.indexOf(place));
      const worst = [...truth].sort((a, b) => off(b) - off(a))[0];
      const where = `${texts[worst]} you put ${nth(guess.indexOf(worst))}, the run ${nth(truth.indexOf(worst))}`;
      return `${right} of ${truth.length} stand where the run puts them. Furthest off: ${where}.`;
    },
    picture: (guess) =>
      make(
        "table",
        { className: "guess-table" },
        make("thead", {}, make("tr", {}, ...["Place", "Your order", "Measured"].map((head) => make("th", { scope: "col" }, head)))),
        make(
          "tbody",
          {},
          ...truth.map((place, i) =>
            make("tr", {}, make("td", {}, String(i + 1)), make("td", { className: guess[i] === place ? "is-truth" : "is-guess" }, texts[guess[i]]), make("td", {}, texts[place])),
          ),
        ),
      ),
  };
}
