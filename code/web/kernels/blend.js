/* Bars drawn at random, and the best convex blend of a new bar's neighbours (learners/blend.py). */
import { barImage } from "./bar.js";
import { combination, dot, least, leastFew, leastSquares, rms, squaredGap, sum } from "./linalg.js";
import { shuffled, uniforms } from "./random.js";

/** @import { Numbers } from "./linalg.js" */

const LATENTS = 5;
const SUM_WEIGHT = 10; // of the row that asks for weights of sum one

/**
 * Latents of n bars, each with d of its five: more bars or more latents change no number.
 * @param {number} seed
 * @param {number} n bars
 * @param {number} d latents, 1 to 5
 */
export function drawLatents(seed, n, d) {
  const next = uniforms(seed);
  return Array.from({ length: n }, () => Array.from({ length: LATENTS }, next).slice(0, d));
}

/**
 * Shuffle values among their places.
 * @template Value
 * @param {Value[]} values
 * @param {number} seed
 */
export function shuffle(values, seed) {
  return shuffled(values, uniforms(seed));
}

/** @type {Map<string, Float64Array[]>} */
const kept = new Map();

/**
 * Pictures of those bars; the last few worlds are remembered, and only grow.
 * @param {number} seed
 * @param {number} n bars
 * @param {number} d latents, 1 to 5
 * @param {number} side pixels
 */
export function drawBars(seed, n, d, side) {
  const key = `${seed} ${d} ${side}`;
  const bars = kept.get(key) ?? [];
  if (bars.length < n)
    for (const latents of drawLatents(seed, n, d).slice(bars.length)) bars.push(barImage(latents, side));
  kept.delete(key);
  kept.set(key, bars);
  if (kept.size > 6) kept.delete([...kept.keys()][0]);
  return bars.slice(0, n);
}

/**
 * Squared gaps between two images, pixel by pixel.
 * @param {Numbers} a
 * @param {Numbers} b
 */
export const blendGap = (a, b) => Array.from(a, (value, i) => (value - b[i]) ** 2);

/**
 * Mix `query` from its k nearest rows of `points` (`blend_neighbours`).
 *
 * Gives the places of the `neighbours`, nearest first, their `weights`, at least 0 and of sum 1,
 * the mixture itself, a `row` of pixel values, and its `residual`, RMS pixel value.
 * @param {Numbers[]} points pictures
 * @param {Numbers} query a picture
 * @param {number} k
 */
export function blendNeighbours(points, query, k) {
  const gaps = points.map((point) => squaredGap(point, query));
  const neighbours = leastFew(gaps, k);
  const near = neighbours.map((i) => points[i]);
  const scale = Math.sqrt(gaps[neighbours[near.length - 1]]) || 1;
  const columns = near.map((point) => [...Array.from(point, (value, f) => (value - query[f]) / scale), SUM_WEIGHT]);
  const target = new Float64Array(query.length + 1);
  target[query.length] = SUM_WEIGHT;
  const raw = leastSquaresAboveZero(columns, target);
  const total = sum(raw);
  const weights = raw.map((weight) => weight / total);
  const row = Array.from(combination(near, weights));
  return { neighbours, weights, row, residual: rms(row, query) };
}

/**
 * Least squares with weights of at least 0 (Lawson and Hanson 1974, chapter 23).
 * @param {number[][]} columns
 * @param {Float64Array} target
 */
function leastSquaresAboveZero(columns, target) {
  let weights = columns.map(() => 0);
  /** @type {Set<number>} */
  const free = new Set();
  for (let round = 0; round < 3 * columns.length; round += 1) {
    const mixture = combination(columns, weights);
    const left = target.map((value, f) => value - mixture[f]);
    const pushes = columns.map((column, j) => (free.has(j) ? 1 : -dot(column, left)));
    const most = least(pushes);
    if (-pushes[most] <= 1e-11 * SUM_WEIGHT ** 2) break;
    free.add(most);
    weights = settled(columns, target, weights, free);
  }
  return weights;
}

/**
 * Solve for the free weights; whichever would fall below 0 is set to 0 and is free no more.
 * @param {number[][]} columns
 * @param {Float64Array} target
 * @param {number[]} weights
 * @param {Set<number>} free places, taken away where they are free no more
 */
function settled(columns, target, weights, free) {
  for (;;) {
    const places = [...free];
    const wanted = leastSquares(
      places.map((j) => columns[j]),
      target,
    );
    const bad = places.map((j, i) => (wanted[i] > 0 ? 2 : weights[j] / (weights[j] - wanted[i])));
    const step = Math.min(1, ...bad);
    const next = weights.map(() => 0);
    places.forEach((j, i) => (next[j] = weights[j] + step * (wanted[i] - weights[j])));
    if (step === 1 && bad.every((share) => share === 2)) return next;
    places.forEach((j, i) => {
      if (bad[i] > step) return;
      next[j] = 0;
      free.delete(j);
    });
    weights = next;
  }
}
