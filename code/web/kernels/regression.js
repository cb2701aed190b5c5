/* Regression on one hidden number, and ridge regression on features that the chart gives. */
import { dot, leastFew, mean, solve } from "./linalg.js";
import { remembered } from "./memory.js";

/**
 * @param {number} gap
 * @param {number} width
 */
const bump = (gap, width) => Math.exp(-0.5 * (gap / width) ** 2);

/**
 * Mean of ys, weighted by a Gaussian of the distance to x (Nadaraya and Watson, 1964).
 * @param {number} x
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {number} width the Gaussian's standard deviation, in units of x
 */
export function kernelMean(x, xs, ys, width) {
  // The nearest point's exponent is taken out of all weights, so that they cannot all vanish.
  const least = Math.min(...xs.map((place) => (place - x) ** 2));
  let total = 0;
  let sum = 0;
  for (let i = 0; i < xs.length; i += 1) {
    const weight = Math.exp((least - (xs[i] - x) ** 2) / (2 * width ** 2));
    total += weight;
    sum += weight * ys[i];
  }
  return sum / total;
}

/**
 * Mean of ys at the k places nearest to x (scikit-learn's `KNeighborsRegressor`).
 * @param {number} x
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {number} k
 */
export function nearestMean(x, xs, ys, k) {
  const gaps = xs.map((place) => Math.abs(place - x));
  return mean(leastFew(gaps, k).map((i) => ys[i]));
}

const kernelWeights = remembered(
  /**
   * @param {number[]} xs
   * @param {number[]} ys
   * @param {number} width
   * @param {number} penalty
   */
  (xs, ys, width, penalty) => {
    const gram = xs.map((a, i) => xs.map((b, j) => bump(a - b, width) + (i === j ? penalty : 0)));
    return solve(gram, ys);
  },
);

/**
 * Kernel ridge regression with a Gaussian kernel, exp(-(gap / width)^2 / 2)
 * (scikit-learn's `KernelRidge`).
 * @param {number} x
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {number} width in units of x
 * @param {number} penalty the ridge
 */
export function kernelRidge(x, xs, ys, width, penalty) {
  const bumps = xs.map((place) => bump(x - place, width));
  return dot(kernelWeights(xs, ys, width, penalty), bumps);
}

const ridgeWeights = remembered(
  /**
   * @param {number[][]} rows
   * @param {number[]} ys
   * @param {number} penalty
   */
  (rows, ys, penalty) => {
    const columns = rows[0].map((_, f) => rows.map((row) => row[f]));
    const gram = columns.map((a, i) => columns.map((b, j) => dot(a, b) + (i === j ? penalty : 0)));
    return solve(
      gram,
      columns.map((column) => dot(column, ys)),
    );
  },
);

/**
 * Ridge regression on given features, without an intercept (scikit-learn's `Ridge`).
 * @param {number[]} row features of one place
 * @param {number[][]} rows features of the points
 * @param {number[]} ys
 * @param {number} penalty the ridge
 */
export function ridge(row, rows, ys, penalty) {
  return dot(row, ridgeWeights(rows, ys, penalty));
}
