/* A term's definition beside it: at the pointer, at the keyboard's focus, or at the first tap. */
import { every } from "../elements.js";
import { make } from "./dom.js";

const WAIT = 250; // ms that a pointer rests before a definition opens, or is gone before it closes

class Note {
  /** @type {HTMLAnchorElement | null} */
  link = null; // whose definition is shown
  timer = 0;

  constructor() {
    this.box = make("div", { className: "term-note", hidden: true });
    document.body.append(this.box);
    this.box.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.box.addEventListener("pointerleave", () => this.later(null));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
    document.addEventListener("pointerdown", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (!this.box.contains(target) && target.closest("a") !== this.link) this.close();
    });
    addEventListener("scroll", () => this.link && this.place(this.link), { passive: true });
  }

  /** @param {HTMLAnchorElement | null} link */
  later(link) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (link ? this.open(link) : this.close()), WAIT);
  }

  /**
   * @param {HTMLAnchorElement} link
   * @param {boolean} [touched]
   */
  open(link, touched) {
    clearTimeout(this.timer);
    this.link = link;
    const words = [...(noteOf(link)?.children ?? [])].map((child) => child.cloneNode(true));
    if (touched) words.push(make("p", {}, make("a", { href: link.href }, "Open the glossary")));
    this.box.replaceChildren(...words);
    this.box.hidden = false;
    this.place(link);
  }

  /** @param {HTMLAnchorElement} link */
  place(link) {
    const at = link.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
    const below = at.bottom + 6;
    const top = below + height > innerHeight ? Math.max(8, at.top - height - 6) : below;
    this.box.style.transform = `translate(${left}px, ${top}px)`;
  }

  close() {
    clearTimeout(this.timer);
    this.box.hidden = true;
    this.link = null;
  }
}

/** @param {HTMLAnchorElement} link */
const noteOf = (link) => document.getElementById(`about-${link.hash.slice(1)}`);

/**
 * @param {HTMLAnchorElement} link
 * @param {Note} note
 */
function connect(link, note) {
  link.setAttribute("aria-describedby", `about-${link.hash.slice(1)}`);
  link.classList.add("term-link");
  let touched = false;
  link.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && note.later(link));
  link.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && note.later(null));
  link.addEventListener("pointerdown", ({ pointerType }) => (touched = pointerType === "touch" && note.link !== link));
  link.addEventListener("focus", () => link.matches(":focus-visible") && !touched && note.open(link));
  link.addEventListener("blur", () => note.link === link && !touched && note.later(null));
  link.addEventListener("click", (event) => {
    if (!touched) return;
    event.preventDefault();
    touched = false;
    note.open(link, true);
  });
}

export function startNotes() {
  if (!document.querySelector("[data-definitions]")) return;
  const note = new Note();
  for (const link of every(document, "main a[href*='#term-']", HTMLAnchorElement))
    if (noteOf(link)) connect(link, note);
}
