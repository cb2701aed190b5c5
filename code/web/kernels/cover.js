/* How well points cover the unit square, and what a nearest neighbour errs there
   (measures/coverage.py, worlds/fields.py). Probes lie on a grid of side x side, edges included,
   row by row from the top. */
import { least, mean, squaredGap } from "./linalg.js";
import { remembered } from "./memory.js";

/** @typedef {{ frequencies: number[][], phases: number[] }} Field - cosines: radians per unit of place, and radians */

const probesOf = remembered(
  /** @param {number} side */
  (side) =>
    Array.from({ length: side * side }, (_, i) => [(i % side) / (side - 1), 1 - Math.floor(i / side) / (side - 1)]),
);

/**
 * The probes themselves: places [x, y] in the unit square.
 * @param {number} side of the grid of probes
 */
export const probes = (side) => probesOf(side);

const nearestOf = remembered(
  /**
   * For each probe, the number of the nearest point and the distance to it.
   * @param {number[][]} points
   * @param {number} side
   */
  (points, side) =>
    probesOf(side).map((probe) => {
      const gaps = points.map((point) => squaredGap(point, probe));
      const near = least(gaps);
      return [near, Math.sqrt(gaps[near])];
    }),
);

/**
 * The sample gap rho, the largest hole h among the probes, and where that hole is
 * (`sample_gap`, `covering_radius`).
 * @param {number[][]} points places [x, y]
 * @param {number} side of the grid of probes
 */
export function coverage(points, side) {
  const distances = nearestOf(points, side).map(([, distance]) => distance);
  const gap = Math.sqrt(distances.reduce((sum, distance) => sum + distance ** 2, 0) / distances.length);
  const hole = Math.max(...distances);
  const [x, y] = probesOf(side)[distances.indexOf(hole)];
  return { gap, hole, x, y };
}

/**
 * Distances to the nearest point as a picture: 0 at a point, 1 from `white` on.
 * @param {number[][]} points places [x, y]
 * @param {number} side of the grid of probes
 * @param {number} white a distance
 */
export function coverPicture(points, side, white) {
  return nearestOf(points, side).map(([, distance]) => Math.min(1, distance / white));
}

/**
 * @param {number[]} place
 * @param {Field} field
 */
const valueAt = (place, { frequencies, phases }) =>
  Math.sqrt(2 / phases.length) *
  frequencies.reduce((sum, row, j) => sum + Math.cos(row.reduce((turn, f, i) => turn + f * place[i], phases[j])), 0);

const valuesOf = remembered(
  /**
   * @param {Field} field
   * @param {number[][]} places
   */
  (field, places) => places.map((place) => valueAt(place, field)),
);

/**
 * A field's values at places (`GaussianField`).
 * @param {Field} field
 * @param {number[][]} places [x, y] each
 */
export const fieldValues = (field, places) => valuesOf(field, places);

const truthOf = remembered(
  /**
   * Each field's values at the probes.
   * @param {Field[]} fields
   * @param {number} side
   */
  (fields, side) => fields.map((field) => probesOf(side).map((probe) => valueAt(probe, field))),
);

/**
 * Mean squared error of the nearest point's values, over the probes and the fields
 * (`nested_nearest`).
 * @param {number[][]} points places [x, y]
 * @param {number} side of the grid of probes
 * @param {Field[]} fields
 */
export function coverError(points, side, fields) {
  const near = nearestOf(points, side).map(([i]) => i);
  const errors = truthOf(fields, side).map((truth, t) => {
    const known = points.map((point) => valueAt(point, fields[t]));
    return squaredGap(
      near.map((i) => known[i]),
      truth,
    );
  });
  return mean(errors) / near.length;
}
