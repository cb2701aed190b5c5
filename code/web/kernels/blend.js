/* Bars drawn at random, and the best convex blend of a new bar's neighbours (learners/blend.py). */
import { barImage } from "./bar.js";

const LATENTS = 5;
const SUM_WEIGHT = 10; // of the row that asks for weights of sum one

/** Uniform numbers in [0, 1): mulberry32, so that everybody draws the same ones. */
function stream(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Latents of n bars, each with d of its five: more bars or more latents change no number. */
export function drawLatents(seed, n, d) {
  const next = stream(seed);
  return Array.from({ length: n }, () => Array.from({ length: LATENTS }, next).slice(0, d));
}

/** Deal values out anew among their places (Fisher and Yates). */
export function dealt(values, seed) {
  const [next, mixed] = [stream(seed), [...values]];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
  }
  return mixed;
}

const kept = new Map();

/** Pictures of those bars; the last few worlds are remembered, and only grow. */
export function drawBars(seed, n, d, side) {
  const key = `${seed} ${d} ${side}`;
  const bars = kept.get(key) ?? [];
  if (bars.length < n)
    for (const latents of drawLatents(seed, n, d).slice(bars.length)) bars.push(barImage(latents, side));
  kept.delete(key);
  kept.set(key, bars);
  if (kept.size > 6) kept.delete(kept.keys().next().value);
  return bars.slice(0, n);
}

/** Squared gaps between two images, pixel by pixel. */
export const blendGap = (a, b) => Array.from(a, (value, i) => (value - b[i]) ** 2);

const gapOf = (a, b) => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);

/** Mix `query` from its k nearest rows of `points`, with weights of at least 0 and of sum 1. */
export function blendNeighbours(points, query, k) {
  const order = points.map((point, i) => [gapOf(point, query), i]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const neighbours = order.slice(0, k).map(([, i]) => i);
  const scale = Math.sqrt(order[neighbours.length - 1][0]) || 1;
  const columns = neighbours.map((i) => [...Array.from(points[i], (value, f) => (value - query[f]) / scale), SUM_WEIGHT]);
  const target = new Float64Array(query.length + 1);
  target[query.length] = SUM_WEIGHT;
  const raw = leastSquaresAboveZero(columns, target);
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const weights = raw.map((weight) => weight / total);
  const row = Array.from(query, (_, f) => weights.reduce((sum, weight, j) => sum + weight * points[neighbours[j]][f], 0));
  return { neighbours, weights, row, residual: Math.sqrt(gapOf(row, query) / query.length) };
}

/** Least squares with weights of at least 0 (Lawson and Hanson 1974, chapter 23). */
function leastSquaresAboveZero(columns, target) {
  let weights = columns.map(() => 0);
  const free = new Set();
  for (let round = 0; round < 3 * columns.length; round += 1) {
    const left = target.map((value, f) => value - columns.reduce((sum, column, j) => sum + weights[j] * column[f], 0));
    const pulls = columns.map((column, j) => (free.has(j) ? -1 : dot(column, left)));
    const most = pulls.indexOf(Math.max(...pulls));
    if (pulls[most] <= 1e-11 * SUM_WEIGHT ** 2) break;
    free.add(most);
    weights = settled(columns, target, weights, free);
  }
  return weights;
}

/** Solve for the free weights; whichever would fall below 0 is set to 0 and is free no more. */
function settled(columns, target, weights, free) {
  for (;;) {
    const places = [...free];
    const wanted = solveTall(places.map((j) => columns[j]), target);
    const bad = places.map((j, i) => (wanted[i] > 0 ? 2 : weights[j] / (weights[j] - wanted[i])));
    const step = Math.min(1, ...bad);
    const next = weights.map(() => 0);
    places.forEach((j, i) => (next[j] = weights[j] + step * (wanted[i] - weights[j])));
    if (step === 1 && bad.every((share) => share === 2)) return next;
    places.forEach((j, i) => {
      if (bad[i] <= step) [next[j]] = [0, free.delete(j)];
    });
    weights = next;
  }
}

const dot = (a, b) => {
  let sum = 0;
  for (let f = 0; f < a.length; f += 1) sum += a[f] * b[f];
  return sum;
};

/** Least squares without bounds, by Gram and Schmidt's steps in their stable order, taken twice. */
function solveTall(columns, target) {
  const basis = [];
  const triangle = columns.map(() => new Array(columns.length).fill(0));
  columns.forEach((column, j) => {
    const rest = Float64Array.from(column);
    for (let pass = 0; pass < 2; pass += 1)
      basis.forEach((unit, i) => {
        const part = dot(unit, rest);
        triangle[i][j] += part;
        for (let f = 0; f < rest.length; f += 1) rest[f] -= part * unit[f];
      });
    triangle[j][j] = Math.sqrt(dot(rest, rest)) || Number.MIN_VALUE;
    basis.push(rest.map((value) => value / triangle[j][j]));
  });
  const solution = basis.map((unit) => dot(unit, target));
  for (let i = columns.length - 1; i >= 0; i -= 1) {
    for (let j = i + 1; j < columns.length; j += 1) solution[i] -= triangle[i][j] * solution[j];
    solution[i] /= triangle[i][i];
  }
  return solution;
}
