/* Regression on one hidden number, and ridge regression on features that the chart gives. */
import { remembered } from "./memory.js";
import { solve } from "./solve.js";

const bump = (gap, width) => Math.exp(-0.5 * (gap / width) ** 2);

/** Mean of ys, weighted by a Gaussian of the distance to x (Nadaraya and Watson, 1964). */
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

/** Mean of ys at the k places nearest to x. */
export function nearestMean(x, xs, ys, k) {
  const order = xs.map((place, i) => [Math.abs(place - x), i]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const nearest = order.slice(0, k);
  return nearest.reduce((sum, [, i]) => sum + ys[i], 0) / nearest.length;
}

const kernelWeights = remembered((xs, ys, width, penalty) => {
  const gram = xs.map((a, i) => xs.map((b, j) => bump(a - b, width) + (i === j ? penalty : 0)));
  return solve(gram, ys);
});

/** Kernel ridge regression with a Gaussian kernel: exp(-(gap / width)^2 / 2), ridge `penalty`. */
export function kernelRidge(x, xs, ys, width, penalty) {
  const weights = kernelWeights(xs, ys, width, penalty);
  return weights.reduce((sum, weight, i) => sum + weight * bump(x - xs[i], width), 0);
}

const ridgeWeights = remembered((rows, ys, penalty) => {
  const size = rows[0].length;
  const gram = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => rows.reduce((sum, row) => sum + row[i] * row[j], i === j ? penalty : 0)),
  );
  return solve(gram, Array.from({ length: size }, (_, i) => rows.reduce((sum, row, n) => sum + row[i] * ys[n], 0)));
});

/** Ridge regression on given features: `row` are those of one place, `rows` those of the points. */
export function ridge(row, rows, ys, penalty) {
  const weights = ridgeWeights(rows, ys, penalty);
  return row.reduce((sum, value, i) => sum + value * weights[i], 0);
}
