/* A curve drawn over empty axes: with a pointer or a finger in one sweep, or handle by handle
   with the arrow keys. */
import { every, need } from "../elements.js";
import { compareCurves } from "./curve-words.js";
import { at, clamp, make, share, told } from "./dom.js";

/** @import { CurvePrediction, Guesser, Point, Say } from "../types/reader.js" */

const SVG = "http://www.w3.org/2000/svg";
const STEP = 1 / 40;

/** @type {Record<string, number>} */
const KEYS = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: 5 * STEP, PageDown: -5 * STEP };

/** @type {Record<string, number>} */
const TURNS = { ArrowLeft: -1, ArrowRight: 1 };

/** @param {string} className */
function path(className) {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("class", className);
  made.setAttribute("vector-effect", "non-scaling-stroke");
  return made;
}

/** @param {unknown} point */
const isPoint = (point) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite);

/** @param {Point[]} points */
const trace = (points) =>
  points.map(([a, b], i) => `${i ? "L" : "M"}${(100 * a).toFixed(2)} ${(100 * (1 - b)).toFixed(2)}`).join("");

/**
 * @param {HTMLElement} form
 * @param {CurvePrediction} settings
 * @param {Say} say
 * @returns {Guesser<Point[]>}
 */
export function guessCurve(form, { x, y, truth }, say) {
  const whole = need(form, ".predict-curve", HTMLElement);
  const plot = need(whole, ".predict-handles", HTMLElement);
  const handles = every(plot, "[role=slider]", HTMLElement);
  /** @type {(number | null)[]} */
  const heights = handles.map(() => null);
  const last = handles.length - 1;
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const [yours, measured] = [path("curve-guess"), path("curve-truth")];
  svg.append(measured, yours);
  plot.prepend(svg);
  let locked = false;

  /**
   * The drawn points as shares of the axes; between handles that are not set it is straight.
   * @returns {Point[]}
   */
  const drawn = () => heights.flatMap((height, i) => (height === null ? [] : [[i / last, height]]));

  /** @param {number} i */
  function show(i) {
    const height = heights[i];
    handles[i].style.bottom = `${100 * (height ?? 0.5)}%`;
    handles[i].classList.toggle("is-set", height !== null);
    if (height === null) handles[i].setAttribute("aria-valuetext", "not set");
    else {
      handles[i].setAttribute("aria-valuenow", String(at(y, height)));
      handles[i].setAttribute("aria-valuetext", told(at(y, height), ".2g"));
    }
    yours.setAttribute("d", trace(drawn()));
  }

  /**
   * @param {number} i
   * @param {number} height
   */
  function set(i, height) {
    heights[i] = clamp(height);
    show(i);
  }

  /**
   * Where a handle that was never set begins: at its nearest neighbour's height.
   * @param {number} i
   */
  function begin(i) {
    const near = drawn().sort((a, b) => Math.abs(a[0] - i / last) - Math.abs(b[0] - i / last))[0];
    return near ? near[1] : 0.5;
  }

  /** @param {number} i */
  function focus(i) {
    handles.forEach((handle, place) => (handle.tabIndex = place === i ? 0 : -1));
    handles[i].focus({ preventScroll: true });
  }

  plot.addEventListener("keydown", (event) => {
    const i = handles.indexOf(/** @type {HTMLElement} */ (event.target));
    if (i < 0 || locked) return;
    const turn = TURNS[event.key];
    const height = heights[i];
    if (turn) focus(clamp(i + turn, 0, last));
    else if (event.key in KEYS) set(i, height === null ? begin(i) : height + KEYS[event.key]);
    else if (event.key === "Home" || event.key === "End") set(i, event.key === "Home" ? 0 : 1);
    else return;
    event.preventDefault();
    const now = handles[turn ? clamp(i + turn, 0, last) : i];
    if (!turn) say(`${now.getAttribute("aria-label")}: ${now.getAttribute("aria-valuetext")}`);
  });

  /** @type {Point | null} */
  let pen = null;
  /** @type {(event: PointerEvent) => Point} */
  const where = ({ clientX, clientY }) => {
    const box = plot.getBoundingClientRect();
    return [clamp((clientX - box.left) / box.width), clamp(1 - (clientY - box.top) / box.height)];
  };
  /**
   * Set every handle that the pen passed since it was last seen.
   * @param {Point} from
   * @param {Point} to
   */
  function stroke(from, to) {
    const [a, b] = from[0] <= to[0] ? [from, to] : [to, from];
    for (let i = 0; i <= last; i += 1) {
      const part = i / last;
      const reach = 0.5 / last;
      if (part >= a[0] && part <= b[0]) set(i, a[1] + ((b[1] - a[1]) * (part - a[0])) / (b[0] - a[0] || 1));
      else if (Math.abs(part - to[0]) <= reach) set(i, to[1]);
    }
    pen = to;
  }
  plot.addEventListener("pointerdown", (event) => {
    if (locked || event.button > 0) return;
    event.preventDefault();
    plot.setPointerCapture(event.pointerId);
    const start = where(event);
    stroke(start, start);
  });
  plot.addEventListener("pointermove", (event) => pen && stroke(pen, where(event)));
  for (const end of ["pointerup", "pointercancel"])
    plot.addEventListener(end, () => {
      if (pen) focus(Math.round(pen[0] * last));
      pen = null;
    });

  /** @param {number} value */
  const rounded = (value) => Number(value.toPrecision(4));
  /** @returns {Point[]} */
  const points = () => drawn().map(([a, b]) => [rounded(at(x, a)), rounded(at(y, b))]);
  /** @param {Point[]} some */
  const list = (some) => some.map((point) => point.map((value) => told(value, ".2g")).join(": ")).join(", ");
  return {
    read: () =>
      drawn().length < 2
        ? { problem: "Draw the curve first: at least two points. Or skip." }
        : { guess: points(), text: list(points()) },
    check: (guess) => Array.isArray(guess) && guess.length > 1 && guess.every(isPoint),
    truthText: list([truth[0], truth[truth.length - 1]]),
    param: (guess) => guess.map(([a, b]) => ({ x: a, y: b })),
    words: (guess) => compareCurves(guess, truth, x, y).words,
    /** Draw the measured curve into the same axes and move them to the outcome. */
    picture(guess) {
      locked = true;
      for (const [a, b] of guess) {
        const i = Math.round(share(x, a) * last);
        if (i >= 0 && i <= last) set(i, share(y, b));
      }
      measured.setAttribute("d", trace(truth.map(([a, b]) => [share(x, a), share(y, b)])));
      whole.classList.add("is-open");
      for (const handle of handles) handle.removeAttribute("tabindex");
      const key = make(
        "p",
        { className: "curve-key" },
        make("span", { className: "key-guess" }, "yours"),
        make("span", { className: "key-truth" }, "measured"),
      );
      return make("div", {}, whole, key);
    },
    /** Take the axes back for another guess. */
    again() {
      locked = false;
      whole.classList.remove("is-open");
      measured.removeAttribute("d");
      form.prepend(whole);
      handles[0].tabIndex = 0;
    },
  };
}
