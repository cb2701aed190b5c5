/* Vectors, their gaps and mixtures, and linear systems: what several kernels are made of. */

/** @typedef {ArrayLike<number>} Numbers - a vector: a plain list, or an array of doubles */

/**
 * @param {Numbers} values
 */
export function sum(values) {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i];
  return total;
}

/**
 * @param {Numbers} values
 */
export const mean = (values) => sum(values) / values.length;

/**
 * @param {Numbers} a
 * @param {Numbers} b
 */
export function dot(a, b) {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += a[i] * b[i];
  return total;
}

/**
 * The squared distance of two vectors.
 * @param {Numbers} a
 * @param {Numbers} b
 */
export function squaredGap(a, b) {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += (a[i] - b[i]) ** 2;
  return total;
}

/**
 * The root-mean-square difference of two vectors, the distance of two pictures everywhere.
 * @param {Numbers} a
 * @param {Numbers} b
 */
export const rms = (a, b) => Math.sqrt(squaredGap(a, b) / a.length);

/**
 * A share of the way from one vector to another, such as from picture to picture.
 * @param {Numbers} a
 * @param {Numbers} b
 * @param {number} share 0 at a, 1 at b
 */
export const mixed = (a, b, share) => Array.from(a, (value, i) => (1 - share) * value + share * b[i]);

/**
 * The sum of rows, each times its weight, on top of `start`.
 * @param {Numbers[]} rows
 * @param {Numbers} weights one for each row
 * @param {Numbers} [start]
 */
export function combination(rows, weights, start) {
  const total = start ? Float64Array.from(start) : new Float64Array(rows[0].length);
  rows.forEach((row, i) => {
    if (weights[i]) for (let f = 0; f < total.length; f += 1) total[f] += weights[i] * row[f];
  });
  return total;
}

/**
 * The place of the least value; of equal ones the first.
 * @param {Numbers} values
 */
export function least(values) {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) if (values[i] < values[best]) best = i;
  return best;
}

/**
 * The places of the k least values, the least first; of equal ones the first.
 * @param {Numbers} values
 * @param {number} k
 */
export function leastFew(values, k) {
  const places = Array.from(values, (_, i) => i);
  return places.sort((i, j) => values[i] - values[j] || i - j).slice(0, k);
}

/**
 * Solve a small dense system by elimination with row exchanges.
 * @param {number[][]} matrix square
 * @param {Numbers} right
 */
export function solve(matrix, right) {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const size = rows.length;
  for (let step = 0; step < size; step += 1) {
    let best = step;
    for (let i = step + 1; i < size; i += 1) if (Math.abs(rows[i][step]) > Math.abs(rows[best][step])) best = i;
    [rows[step], rows[best]] = [rows[best], rows[step]];
    for (let i = step + 1; i < size; i += 1) {
      const factor = rows[i][step] / rows[step][step];
      if (factor) for (let j = step; j <= size; j += 1) rows[i][j] -= factor * rows[step][j];
    }
  }
  const solution = new Array(size).fill(0);
  for (let i = size - 1; i >= 0; i -= 1) {
    let left = rows[i][size];
    for (let j = i + 1; j < size; j += 1) left -= rows[i][j] * solution[j];
    solution[i] = left / rows[i][i];
  }
  return solution;
}

/**
 * The lower triangle L of a positive definite matrix L Lᵀ (Cholesky).
 * @param {Float64Array[]} rows the matrix's lower rows, row i of i + 1 numbers; overwritten by L
 */
export function cholesky(rows) {
  rows.forEach((row, i) => {
    for (let j = 0; j <= i; j += 1) {
      const other = rows[j];
      let left = row[j];
      for (let k = 0; k < j; k += 1) left -= row[k] * other[k];
      row[j] = i === j ? Math.sqrt(left) : left / other[j];
    }
  });
  return rows;
}

/**
 * Solve L x = right for a lower triangle L.
 * @param {Numbers[]} triangle
 * @param {Numbers} right
 */
export function forward(triangle, right) {
  const found = Float64Array.from(right);
  triangle.forEach((row, i) => {
    for (let k = 0; k < i; k += 1) found[i] -= row[k] * found[k];
    found[i] /= row[i];
  });
  return found;
}

/**
 * Solve Lᵀ x = right for a lower triangle L.
 * @param {Numbers[]} triangle
 * @param {Numbers} right
 */
export function backward(triangle, right) {
  const found = Float64Array.from(right);
  for (let i = triangle.length - 1; i >= 0; i -= 1) {
    const row = triangle[i];
    found[i] /= row[i];
    for (let k = 0; k < i; k += 1) found[k] -= row[k] * found[i];
  }
  return found;
}

/**
 * Vectors made orthonormal, by Gram and Schmidt's steps in their stable order, taken twice.
 *
 * Vector j is the sum of `frame` times row j of the lower `triangle`.
 * @param {Numbers[]} vectors
 */
export function orthonormal(vectors) {
  /** @type {Float64Array[]} */
  const frame = [];
  const triangle = vectors.map((_, j) => new Float64Array(j + 1));
  vectors.forEach((vector, j) => {
    const rest = Float64Array.from(vector);
    for (let pass = 0; pass < 2; pass += 1)
      frame.forEach((direction, i) => {
        const part = dot(direction, rest);
        triangle[j][i] += part;
        for (let f = 0; f < rest.length; f += 1) rest[f] -= part * direction[f];
      });
    triangle[j][j] = Math.sqrt(dot(rest, rest)) || Number.MIN_VALUE;
    frame.push(rest.map((value) => value / triangle[j][j]));
  });
  return { frame, triangle };
}

/**
 * The weights with which columns come nearest to a target.
 * @param {Numbers[]} columns no more than the target has numbers
 * @param {Numbers} target
 */
export function leastSquares(columns, target) {
  const { frame, triangle } = orthonormal(columns);
  return backward(
    triangle,
    frame.map((direction) => dot(direction, target)),
  );
}
