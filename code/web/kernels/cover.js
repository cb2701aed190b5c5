/* How well points cover the unit square, and what a nearest neighbour errs there
   (measures/coverage.py, worlds/fields.py). Probes lie on a grid of side x side, edges included,
   row by row from the top. */
import { remembered } from "./memory.js";

const probesOf = remembered((side) =>
  Array.from({ length: side * side }, (_, i) => [(i % side) / (side - 1), 1 - Math.floor(i / side) / (side - 1)]),
);

/** The probes themselves: side x side places in the unit square. */
export const probes = (side) => probesOf(side);

const nearestOf = remembered((points, side) =>
  probesOf(side).map(([x, y]) => {
    let [best, least] = [0, Infinity];
    points.forEach(([a, b], i) => {
      const gap = (a - x) ** 2 + (b - y) ** 2;
      if (gap < least) [best, least] = [i, gap];
    });
    return [best, Math.sqrt(least)];
  }),
);

/** The sample gap rho, the largest hole h among the probes, and where that hole is. */
export function coverage(points, side) {
  const distances = nearestOf(points, side).map(([, distance]) => distance);
  const gap = Math.sqrt(distances.reduce((sum, distance) => sum + distance ** 2, 0) / distances.length);
  const hole = Math.max(...distances);
  const [x, y] = probesOf(side)[distances.indexOf(hole)];
  return { gap, hole, x, y };
}

/** Distances to the nearest point as a picture: 0 at a point, 1 from `white` on. */
export function coverPicture(points, side, white) {
  return nearestOf(points, side).map(([, distance]) => Math.min(1, distance / white));
}

/** Value at one place of a field: cosines of given frequencies and phases. */
const valueAt = (place, { frequencies, phases }) =>
  Math.sqrt(2 / phases.length) *
  frequencies.reduce((sum, row, j) => sum + Math.cos(row.reduce((turn, f, i) => turn + f * place[i], phases[j])), 0);

const valuesOf = remembered((field, places) => places.map((place) => valueAt(place, field)));

/** A field's values at places, [x, y] each. */
export const fieldValues = (field, places) => valuesOf(field, places);

const truthOf = remembered((fields, side) => probesOf(side).map((probe) => fields.map((field) => valueAt(probe, field))));

/** Mean squared error of the nearest point's values, over the probes and the fields. */
export function coverError(points, side, fields) {
  const truth = truthOf(fields, side);
  const known = points.map((point) => fields.map((field) => valueAt(point, field)));
  const sum = nearestOf(points, side).reduce(
    (total, [near], i) => total + known[near].reduce((part, value, t) => part + (value - truth[i][t]) ** 2, 0),
    0,
  );
  return sum / (truth.length * fields.length);
}
