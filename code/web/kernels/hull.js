/* Hulls of what was seen: of the latents, a polygon, and of the images, by their nearest mixture. */
import { barImage, barImages } from "./bar.js";
import { combination, dot, least, solve, sum } from "./linalg.js";

/** @import { Numbers } from "./linalg.js" */

const CLOSE = 1e-10; // of the squared gap: how near to the nearest mixture is near enough
const NONE = 1e-12; // a weight that is rounding only

/**
 * The first n of the latents, drawn together into the left `reach` of the square.
 * @param {number[][]} latents [x, y] each
 * @param {number} n
 * @param {number} reach a share of the square's width
 */
export function shownLatents(latents, n, reach) {
  return latents.slice(0, n).map(([x, y]) => [x * reach, y]);
}

/**
 * Twice the area of a triangle, above 0 when a, b, c run anticlockwise.
 * @param {number[]} a
 * @param {number[]} b
 * @param {number[]} c
 */
const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/**
 * The corners of the hull of points, anticlockwise from the leftmost (Andrew 1979).
 * @param {number[][]} points [x, y] each
 */
export function hullCorners(points) {
  const order = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  /** @param {number[][]} row */
  const side = (row) => {
    /** @type {number[][]} */
    const kept = [];
    for (const point of row) {
      while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...side(order), ...side(order.reverse())];
}

/**
 * Whether a point lies in the hull that has these corners, its edge included
 * (`inside_latent_hull`).
 * @param {number[]} point [x, y]
 * @param {number[][]} corners anticlockwise
 */
export function insideHull(point, corners) {
  return corners.every((corner, i) => turn(corner, corners[(i + 1) % corners.length], point) >= 0);
}

/**
 * Weights that sum to 1, of any sign, whose mixture of the rows is shortest.
 * @param {number[][]} products of each row with each
 */
function shortest(products) {
  const shift = products[0][0] || 1; // added to all products it changes no minimum, and none is singular
  const found = solve(
    products.map((row) => row.map((value) => value + shift)),
    products.map(() => 1),
  );
  const total = sum(found);
  return found.map((value) => value / total);
}

/**
 * Weights of the mixture of rows nearest to the origin (Wolfe 1976).
 * @param {Numbers[]} rows
 */
function nearestWeights(rows) {
  let used = [least(rows.map((row) => dot(row, row)))];
  let weights = [1];
  for (let step = 0; step < 500; step += 1) {
    const way = combination(
      used.map((i) => rows[i]),
      weights,
    );
    const sides = rows.map((row) => dot(row, way));
    const next = least(sides);
    if (!(sides[next] < dot(way, way) * (1 - CLOSE)) || used.includes(next)) break;
    [used, weights] = settled(rows, [...used, next], [...weights, 0]);
  }
  return rows.map((_, i) => (used.includes(i) ? weights[used.indexOf(i)] : 0));
}

/**
 * Walk to the shortest mixture of the rows in use; drop those whose weight would fall below 0.
 * @param {Numbers[]} rows
 * @param {number[]} used places of rows
 * @param {number[]} weights one for each row in use
 */
function settled(rows, used, weights) {
  const products = used.map((i) => used.map((j) => dot(rows[i], rows[j])));
  let kept = used.map((_, i) => i);
  for (;;) {
    const aim = shortest(kept.map((i) => kept.map((j) => products[i][j])));
    if (aim.every((weight) => weight > NONE)) return [kept.map((i) => used[i]), aim];
    const now = kept.map((i) => weights[i]);
    const shares = aim.map((weight, i) => (weight > NONE ? 1 : now[i] / (now[i] - weight)));
    const share = Math.min(...shares);
    kept.forEach((i, at) => (weights[i] = now[at] + share * (aim[at] - now[at])));
    kept = kept.filter((i, at) => weights[i] > NONE && shares[at] > share);
  }
}

/**
 * The mixture of the bars seen that comes nearest to a bar (`project_onto_hull`).
 *
 * Gives its `weights`, the images `bar`, `mixture` and `difference` (grey where they agree, each
 * step of brightness `brighter` times as large), the RMS `gap`, which seen image is the `nearest`,
 * and whether the bar is `outside`: on one side of a plane that has all images on the other.
 * @param {number[]} latent of the bar
 * @param {number[][]} seen latents
 * @param {number} side pixels
 */
export function nearestMixture(latent, seen, side) {
  const bar = barImage(latent, side);
  const rows = barImages(seen, side).map((image) => image.map((value, p) => value - bar[p]));
  const weights = nearestWeights(rows);
  const way = combination(rows, weights);
  const most = Math.max(...way.map(Math.abs), 1e-12);
  const step = 10 ** Math.floor(Math.log10(0.5 / most));
  const brighter = Math.max(1, Math.floor(0.5 / most / step) * step); // to one digit
  return {
    weights,
    bar,
    mixture: bar.map((value, p) => value + way[p]),
    difference: way.map((value) => 0.5 - value * brighter),
    brighter,
    gap: Math.sqrt(dot(way, way)) / side,
    nearest: least(rows.map((row) => dot(row, row))),
    outside: rows.every((row) => dot(row, way) > 0),
  };
}
