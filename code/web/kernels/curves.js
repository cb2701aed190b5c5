/* Curves with a closed form through the same points; the names are those of the package. */
import { remembered } from "./memory.js";
import { nearestMean } from "./regression.js";
import { solve } from "./solve.js";

/** The one polynomial of degree n - 1, in barycentric form (Berrut and Trefethen 2004). */
const polynomial = (xs, ys) => {
  const reach = (Math.max(...xs) - Math.min(...xs)) / 4; // keeps the products near 1
  const weights = xs.map((a, i) => 1 / xs.reduce((product, b, j) => (i === j ? product : (product * (a - b)) / reach), 1));
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

/** Points in order of place. */
const sorted = (xs, ys) => xs.map((x, i) => [x, ys[i]]).sort((a, b) => a[0] - b[0]);

/** The curve of least bend: the natural cubic spline, straight beyond its ends. */
const leastBend = (xs, ys) => {
  const points = sorted(xs, ys);
  const n = points.length;
  const gap = (i) => points[i + 1][0] - points[i][0];
  const slope = (i) => (points[i + 1][1] - points[i][1]) / gap(i);
  const matrix = points.map(() => new Array(n).fill(0));
  const right = new Array(n).fill(0);
  matrix[0][0] = matrix[n - 1][n - 1] = 1;
  for (let i = 1; i < n - 1; i += 1) {
    matrix[i][i - 1] = gap(i - 1);
    matrix[i][i] = 2 * (gap(i - 1) + gap(i));
    matrix[i][i + 1] = gap(i);
    right[i] = 6 * (slope(i) - slope(i - 1));
  }
  const bend = solve(matrix, right);
  const first = slope(0) - (gap(0) * (2 * bend[0] + bend[1])) / 6;
  const last = slope(n - 2) + (gap(n - 2) * (bend[n - 2] + 2 * bend[n - 1])) / 6;
  return (x) => {
    if (x <= points[0][0]) return points[0][1] + first * (x - points[0][0]);
    if (x >= points[n - 1][0]) return points[n - 1][1] + last * (x - points[n - 1][0]);
    const i = points.findLastIndex(([place]) => place <= x);
    const h = gap(i);
    const [a, b] = [(points[i + 1][0] - x) / h, (x - points[i][0]) / h];
    const lines = a * points[i][1] + b * points[i + 1][1];
    return lines + (((a ** 3 - a) * bend[i] + (b ** 3 - b) * bend[i + 1]) * h * h) / 6;
  };
};

/** Straight lines between neighbours, level beyond the ends. */
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

const nearestNeighbour = (xs, ys) => (x) => nearestMean(x, xs, ys, 1);

const fits = {
  polynomial: remembered(polynomial),
  "radial basis": remembered(leastBend),
  "piecewise linear": remembered(piecewiseLinear),
  "nearest neighbour": nearestNeighbour,
};

/** Height at x of the curve called `name` through the points (xs, ys). */
export function curveAt(name, x, xs, ys) {
  return fits[name](xs, ys)(x);
}
