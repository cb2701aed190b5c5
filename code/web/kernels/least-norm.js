/* The smallest sum of cosines that comes as close to the points as can be (learners/least_norm.py). */
import { remembered } from "./memory.js";

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Columns made orthonormal by Gram and Schmidt, twice over, and what each was made of. */
function orthonormal(columns) {
  const [frame, parts] = [[], columns.map(() => new Array(columns.length).fill(0))];
  columns.forEach((column, j) => {
    let left = column;
    for (let pass = 0; pass < 2; pass += 1)
      frame.forEach((direction, i) => {
        const part = dot(direction, left);
        parts[i][j] += part;
        left = left.map((value, place) => value - part * direction[place]);
      });
    parts[j][j] = Math.sqrt(dot(left, left));
    frame.push(left.map((value) => value / parts[j][j]));
  });
  return [frame, parts];
}

/** More cosines than points: of all exact fits, the one that lies in the span of the points' rows. */
function leastWeights(rows, ys) {
  const [frame, parts] = orthonormal(rows);
  const shares = [];
  ys.forEach((y, j) => shares.push((y - shares.reduce((sum, share, i) => sum + share * parts[i][j], 0)) / parts[j][j]));
  return rows[0].map((_, place) => frame.reduce((sum, direction, i) => sum + shares[i] * direction[place], 0));
}

/** Fewer cosines than points: least squares. */
function closestWeights(rows, ys) {
  const [frame, parts] = orthonormal(rows[0].map((_, place) => rows.map((row) => row[place])));
  const weights = frame.map((direction) => dot(direction, ys));
  for (let i = weights.length - 1; i >= 0; i -= 1) {
    for (let j = i + 1; j < weights.length; j += 1) weights[i] -= parts[i][j] * weights[j];
    weights[i] /= parts[i][i];
  }
  return weights;
}

const cosines = (x, frequencies, phases) => frequencies.map((frequency, i) => Math.cos(frequency * x + phases[i]));

const fitted = remembered((xs, ys, frequencies, phases) => {
  const rows = xs.map((x) => cosines(x, frequencies, phases));
  return (frequencies.length < xs.length ? closestWeights : leastWeights)(rows, ys);
});

/** Height at x of the sum of cosines through (or closest to) the points, with the least weights. */
export function leastNorm(x, xs, ys, frequencies, phases) {
  return dot(cosines(x, frequencies, phases), fitted(xs, ys, frequencies, phases));
}
