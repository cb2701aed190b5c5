/* Curves with a closed form through the same points; the names are those of the package. */
import { solve } from "./linalg.js";
import { remembered } from "./memory.js";
import { nearestMean } from "./regression.js";

/** @typedef {(x: number) => number} Curve - the height at a place */

/**
 * The one polynomial of degree n - 1, in barycentric form (Berrut and Trefethen 2004).
 * @param {number[]} xs
 * @param {number[]} ys
 * @returns {Curve}
 */
const polynomial = (xs, ys) => {
  const reach = (Math.max(...xs) - Math.min(...xs)) / 4; // keeps the products near 1
  const weights = xs.map(
    (a, i) => 1 / xs.reduce((product, b, j) => (i === j ? product : (product * (a - b)) / reach), 1),
  );
  return (x) => {
    const exact = xs.indexOf(x);
    if (exact >= 0) return ys[exact];
    let over = 0;
    let under = 0;
    for (let i = 0; i < xs.length; i += 1) {
      const share = weights[i] / (x - xs[i]);
      over += share * ys[i];
      under += share;
    }
    return over / under;
  };
};

/**
 * Points [x, y] in order of place.
 * @param {number[]} xs
 * @param {number[]} ys
 */
const sorted = (xs, ys) => xs.map((x, i) => [x, ys[i]]).sort((a, b) => a[0] - b[0]);

/**
 * The cubic spline whose second derivatives at its ends obey the first and last row of `ends`.
 * @param {number[][]} points in order of place
 * @param {(matrix: number[][], gap: (i: number) => number) => void} ends writes the two rows
 */
const cubic = (points, ends) => {
  const n = points.length;
  /** @param {number} i */
  const gap = (i) => points[i + 1][0] - points[i][0];
  /** @param {number} i */
  const slope = (i) => (points[i + 1][1] - points[i][1]) / gap(i);
  const matrix = points.map(() => new Array(n).fill(0));
  const right = new Array(n).fill(0);
  ends(matrix, gap);
  for (let i = 1; i < n - 1; i += 1) {
    matrix[i][i - 1] = gap(i - 1);
    matrix[i][i] = 2 * (gap(i - 1) + gap(i));
    matrix[i][i + 1] = gap(i);
    right[i] = 6 * (slope(i) - slope(i - 1));
  }
  const bend = solve(matrix, right);
  const slopes = {
    first: slope(0) - (gap(0) * (2 * bend[0] + bend[1])) / 6,
    last: slope(n - 2) + (gap(n - 2) * (bend[n - 2] + 2 * bend[n - 1])) / 6,
  };
  /** @type {Curve} */
  const height = (x) => {
    const before = points.findLastIndex(([place]) => place <= x);
    const i = Math.max(0, Math.min(n - 2, before)); // beyond the ends the last pieces go on
    const h = gap(i);
    const [a, b] = [(points[i + 1][0] - x) / h, (x - points[i][0]) / h];
    const lines = a * points[i][1] + b * points[i + 1][1];
    return lines + (((a ** 3 - a) * bend[i] + (b ** 3 - b) * bend[i + 1]) * h * h) / 6;
  };
  return { height, slopes };
};

/**
 * The curve of least bend: the natural cubic spline, straight beyond its ends.
 * @param {number[]} xs
 * @param {number[]} ys
 * @returns {Curve}
 */
const leastBend = (xs, ys) => {
  const points = sorted(xs, ys);
  const [first, last] = [points[0], points[points.length - 1]];
  const { height, slopes } = cubic(
    points,
    (matrix) => (matrix[0][0] = matrix[points.length - 1][points.length - 1] = 1),
  );
  return (x) => {
    if (x <= first[0]) return first[1] + slopes.first * (x - first[0]);
    if (x >= last[0]) return last[1] + slopes.last * (x - last[0]);
    return height(x);
  };
};

const splineButOne = remembered(
  /**
   * The cubic spline through all points but number i; its two end pieces are one cubic.
   * @param {number} i from 0
   * @param {number[]} xs
   * @param {number[]} ys
   */
  (i, xs, ys) => {
    const points = sorted(xs, ys).filter((_, place) => place !== i);
    const n = points.length;
    return cubic(points, (matrix, gap) => {
      matrix[0].splice(0, 3, gap(1), -gap(0) - gap(1), gap(0));
      matrix[n - 1].splice(n - 3, 3, gap(n - 2), -gap(n - 3) - gap(n - 2), gap(n - 3));
    }).height;
  },
  64,
);

/**
 * Height at x of the cubic spline (not-a-knot) through all points but number i (`spline_left_out`).
 * @param {number} i from 0, in order of place
 * @param {number} x
 * @param {number[]} xs
 * @param {number[]} ys
 */
export function splineWithout(i, x, xs, ys) {
  return splineButOne(i, xs, ys)(x);
}

/**
 * Straight lines between neighbours, level beyond the ends.
 * @param {number[]} xs
 * @param {number[]} ys
 * @returns {Curve}
 */
const piecewiseLinear = (xs, ys) => {
  const points = sorted(xs, ys);
  return (x) => {
    const i = points.findLastIndex(([place]) => place <= x);
    if (i < 0) return points[0][1];
    if (i === points.length - 1) return points[i][1];
    const [[x0, y0], [x1, y1]] = [points[i], points[i + 1]];
    return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  };
};

/** @type {(xs: number[], ys: number[]) => Curve} */
const nearestNeighbour = (xs, ys) => (x) => nearestMean(x, xs, ys, 1);

/** @type {Record<string, (xs: number[], ys: number[]) => Curve>} */
const fits = {
  polynomial: remembered(polynomial),
  "radial basis": remembered(leastBend),
  "piecewise linear": remembered(piecewiseLinear),
  "nearest neighbour": nearestNeighbour,
};

/**
 * Height at x of the curve called `name` through the points (`draw_curve`).
 * @param {string} name one of those above
 * @param {number} x
 * @param {number[]} xs
 * @param {number[]} ys
 */
export function curveAt(name, x, xs, ys) {
  return fits[name](xs, ys)(x);
}
