/* The smallest sum of cosines that comes as close to the points as can be (learners/least_norm.py). */
import { combination, dot, forward, leastSquares, orthonormal } from "./linalg.js";
import { remembered } from "./memory.js";

/**
 * More cosines than points: of all exact fits, the one that lies in the span of the points' rows.
 * @param {number[][]} rows
 * @param {number[]} ys
 */
function leastWeights(rows, ys) {
  const { frame, triangle } = orthonormal(rows);
  return combination(frame, forward(triangle, ys));
}

/**
 * Fewer cosines than points: least squares.
 * @param {number[][]} rows
 * @param {number[]} ys
 */
function closestWeights(rows, ys) {
  const columns = rows[0].map((_, place) => rows.map((row) => row[place]));
  return leastSquares(columns, ys);
}

/**
 * @param {number} x
 * @param {number[]} frequencies
 * @param {number[]} phases
 */
const cosines = (x, frequencies, phases) => frequencies.map((frequency, i) => Math.cos(frequency * x + phases[i]));

const fitted = remembered(
  /**
   * @param {number[]} xs
   * @param {number[]} ys
   * @param {number[]} frequencies
   * @param {number[]} phases
   */
  (xs, ys, frequencies, phases) => {
    const rows = xs.map((x) => cosines(x, frequencies, phases));
    return (frequencies.length < xs.length ? closestWeights : leastWeights)(rows, ys);
  },
);

/**
 * Height at x of the sum of cosines through (or closest to) the points, with the least weights
 * (`least_norm_curve`).
 * @param {number} x
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {number[]} frequencies radians per unit of place
 * @param {number[]} phases radians
 */
export function leastNorm(x, xs, ys, frequencies, phases) {
  return dot(cosines(x, frequencies, phases), fitted(xs, ys, frequencies, phases));
}
