/* Hulls of what was seen: of the latents, a polygon, and of the images, by their nearest mixture. */
import { barImage } from "./bar.js";
import { remembered } from "./memory.js";
import { solve } from "./solve.js";

const CLOSE = 1e-10; // of the squared gap: how near to the nearest mixture is near enough
const NONE = 1e-12; // a weight that is rounding only

/** The first n of the latents, drawn together into the left `reach` of the square. */
export function shownLatents(latents, n, reach) {
  return latents.slice(0, n).map(([x, y]) => [x * reach, y]);
}

/** Twice the area of a triangle, above 0 when a, b, c run anticlockwise. */
const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** The corners of the hull of points [x, y], anticlockwise (Andrew 1979). */
export function hullCorners(points) {
  const order = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const side = (row) => {
    const kept = [];
    for (const point of row) {
      while (kept.length > 1 && turn(kept.at(-2), kept.at(-1), point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...side(order), ...side(order.reverse())];
}

/** Whether a point lies in the hull that has these corners, its edge included. */
export function insideHull(point, corners) {
  return corners.every((corner, i) => turn(corner, corners[(i + 1) % corners.length], point) >= 0);
}

const imagesOf = remembered((latents, side) => latents.map((latent) => barImage(latent, side)), 2);

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}

function mixed(rows, weights) {
  const sum = new Float64Array(rows[0].length);
  weights.forEach((weight, i) => {
    if (weight) for (let p = 0; p < sum.length; p += 1) sum[p] += weight * rows[i][p];
  });
  return sum;
}

/** Weights that sum to 1, of any sign, whose mixture of the rows is shortest; by their products. */
function shortest(products) {
  const shift = products[0][0] || 1; // added to all products it changes no minimum, and none is singular
  const found = solve(products.map((row) => row.map((value) => value + shift)), products.map(() => 1));
  const total = found.reduce((sum, value) => sum + value, 0);
  return found.map((value) => value / total);
}

/** Weights of the mixture of rows nearest to the origin (Wolfe 1976). */
function nearestWeights(rows) {
  const first = rows.reduce((best, row, i) => (dot(row, row) < dot(rows[best], rows[best]) ? i : best), 0);
  let [used, weights] = [[first], [1]];
  for (let step = 0; step < 500; step += 1) {
    const way = mixed(used.map((i) => rows[i]), weights);
    const length = dot(way, way);
    let [next, least] = [-1, length * (1 - CLOSE)];
    rows.forEach((row, i) => {
      const side = dot(row, way);
      if (side < least) [next, least] = [i, side];
    });
    if (next < 0 || used.includes(next)) break;
    [used, weights] = settled(rows, [...used, next], [...weights, 0]);
  }
  return rows.map((_, i) => (used.includes(i) ? weights[used.indexOf(i)] : 0));
}

/** Walk to the shortest mixture of the rows in use; drop those whose weight would fall below 0. */
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

/** The mixture of the bars seen that comes nearest to the bar at `latent`.

    Gives its `weights`, the images `bar`, `mixture` and `difference` (grey where they agree, each
    step of brightness `brighter` times as large), the RMS `gap`, which seen image is the `nearest`,
    and whether the bar is `outside`: on one side of a plane that has all images on the other. */
export function nearestMixture(latent, seen, side) {
  const bar = barImage(latent, side);
  const rows = imagesOf(seen, side).map((image) => image.map((value, p) => value - bar[p]));
  const weights = nearestWeights(rows);
  const way = mixed(rows, weights);
  const most = Math.max(...way.map(Math.abs), 1e-12);
  const step = 10 ** Math.floor(Math.log10(0.5 / most));
  const brighter = Math.max(1, Math.floor(0.5 / most / step) * step); // to one digit
  const sizes = rows.map((row) => dot(row, row));
  return {
    weights,
    bar,
    mixture: bar.map((value, p) => value + way[p]),
    difference: way.map((value) => 0.5 - value * brighter),
    brighter,
    gap: Math.sqrt(dot(way, way)) / side,
    nearest: sizes.indexOf(Math.min(...sizes)),
    outside: rows.every((row) => dot(row, way) > 0),
  };
}
