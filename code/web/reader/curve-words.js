/* The gap between a drawn curve and the measured one, in words. Both are compared as they
   look: in shares of the axes' height and width, logarithmic or not. */
import { at, share, told } from "./dom.js";

const CLOSE = 0.05; // of the height: a root-mean-square gap below this is called close
const LEVEL = 0.1; // of the height, over the whole width: less than that is level
const ALIKE = 1.25; // slopes within this ratio are called alike
const STEPS = 60;

/**
 * @import { Axis, Point } from "../types/reader.js"
 * @typedef {{ drawn: number, measured: number, offset: number, gap: number, shape: number }} Compared - in shares of the axes
 */

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {number[]} values */
const rms = (values) => Math.sqrt(mean(values.map((value) => value * value)));

/**
 * Read a curve between its points, which run from left to right.
 * @param {Point[]} points
 * @param {number} part
 */
export function along(points, part) {
  if (part <= points[0][0]) return points[0][1];
  for (let i = 1; i < points.length; i += 1) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    if (part <= x1) return y0 + ((y1 - y0) * (part - x0)) / (x1 - x0 || 1);
  }
  return points[points.length - 1][1];
}

/**
 * @param {number[]} parts
 * @param {number[]} heights
 */
function slope(parts, heights) {
  const centre = mean(parts);
  const level = mean(heights);
  const run = parts.map((part) => part - centre);
  return mean(run.map((r, i) => r * (heights[i] - level))) / mean(run.map((r) => r * r));
}

/**
 * Say how much a curve changes over the axis: by a factor where the axis is logarithmic.
 * @param {number} rise
 * @param {Axis} y
 */
function change(rise, y) {
  if (Math.abs(rise) < LEVEL) return "stays about level";
  const size = y.log
    ? `by a factor of ${told((y.high / y.low) ** Math.abs(rise), ".2g")}`
    : `by ${told((y.high - y.low) * Math.abs(rise), ".2g")}`;
  return `${rise > 0 ? "rises" : "falls"} ${size}`;
}

/**
 * @param {number} offset
 * @param {Axis} y
 */
function shift(offset, y) {
  const way = offset > 0 ? "high" : "low";
  if (!y.log) return `about ${told((y.high - y.low) * Math.abs(offset), ".2g")} too ${way}`;
  return `about ${told((y.high / y.low) ** Math.abs(offset), ".2g")} times too ${way}`;
}

/** @param {Compared} found */
function kindOf({ drawn, measured, offset, gap, shape }) {
  if (gap < CLOSE) return "close";
  const level = Math.abs(measured) < LEVEL;
  if (!level && Math.abs(drawn) > LEVEL && drawn * measured < 0) return "wrong sign";
  if (shape < CLOSE && Math.abs(offset) >= CLOSE) return "shifted";
  if (level) return Math.abs(drawn) > LEVEL ? "too steep" : "shifted";
  if (drawn / measured > ALIKE) return "too steep";
  if (drawn / measured < 1 / ALIKE) return "too shallow";
  return Math.abs(offset) > shape ? "shifted" : "another shape";
}

/**
 * Compare a guess with the truth, both in the axes' own units.
 * @param {Point[]} guess
 * @param {Point[]} truth
 * @param {Axis} x
 * @param {Axis} y
 */
export function compareCurves(guess, truth, x, y) {
  /** @type {(point: Point) => Point} */
  const shares = ([a, b]) => [share(x, a), share(y, b)];
  const [yours, theirs] = [guess.map(shares), truth.map(shares)];
  const from = Math.max(0, theirs[0][0]);
  const to = Math.min(1, theirs[theirs.length - 1][0]);
  const parts = Array.from({ length: STEPS + 1 }, (_, i) => from + ((to - from) * i) / STEPS);
  const [drawnAt, measuredAt] = [yours, theirs].map((points) => parts.map((part) => along(points, part)));
  const gaps = drawnAt.map((height, i) => height - measuredAt[i]);
  const offset = mean(gaps);
  const found = {
    drawn: slope(parts, drawnAt),
    measured: slope(parts, measuredAt),
    offset,
    gap: rms(gaps),
    shape: rms(gaps.map((gap) => gap - offset)),
  };
  const furthest = parts[gaps.reduce((best, gap, i) => (Math.abs(gap) > Math.abs(gaps[best]) ? i : best), 0)];
  const kind = kindOf(found);
  return { kind, words: words(kind, found, furthest, x, y, to - from) };
}

/**
 * @param {string} kind
 * @param {Compared} found
 * @param {number} furthest
 * @param {Axis} x
 * @param {Axis} y
 * @param {number} width
 */
function words(kind, { drawn, measured, offset }, furthest, x, y, width) {
  const both = `From left to right yours ${change(drawn * width, y)}; the measured curve ${change(measured * width, y)}.`;
  const lies = Math.abs(offset) > LEVEL ? ` On the whole yours also lies ${shift(offset, y)}.` : "";
  if (kind === "close") return `Close: your curve follows the measured one all the way. ${both}`;
  if (kind === "wrong sign") return `The other way round. ${both}`;
  if (kind === "too steep") return `Too steep. ${both}${lies}`;
  if (kind === "too shallow") return `Too shallow. ${both}${lies}`;
  if (kind === "shifted") return `The right slope, but shifted: yours lies ${shift(offset, y)}.`;
  return `The right trend, but another shape: the two are furthest apart near ${told(at(x, furthest))}.`;
}
