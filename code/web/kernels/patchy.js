/* A learner whose pictures leave a disc of the latents out, and where it errs
   (chapters/density/imperfect_model/patchy.py, learners/nested.py). */
import { barImages } from "./bar.js";
import { backward, cholesky, dot, forward, least, squaredGap } from "./linalg.js";
import { remembered } from "./memory.js";

const JITTER = 1e-8;
const SCALED_ON = 256; // rows whose median distance is the kernel's scale

const distancesOf = remembered(
  /**
   * All distances between pictures, once: a hole only chooses among them.
   * @param {number[][]} latents
   * @param {number[][]} asked latents
   * @param {number} side pixels
   */
  (latents, asked, side) => {
    const known = barImages(latents, side);
    /** @param {Float64Array} picture */
    const toKnown = (picture) => Float64Array.from(known, (other) => Math.sqrt(squaredGap(picture, other)));
    return { within: known.map(toKnown), across: barImages(asked, side).map(toKnown) };
  },
  2,
);

/**
 * @param {number[]} place
 * @param {number[]} hole
 */
const inside = ([x, y], [cx, cy, radius]) => Math.hypot(x - cx, y - cy) < radius;

/**
 * Squared errors at `asked` of a learner that never saw the hole (`nested_nearest`,
 * `nested_laplace_ridge`).
 * @param {string} learner nearest or ridge
 * @param {number[][]} latents [x, y] of the known bars
 * @param {number[]} values to learn, one for each known bar
 * @param {number[]} hole [x, y, radius], in latents
 * @param {number[][]} asked latents of new bars
 * @param {number[]} truth one value for each new bar
 * @param {number} side pixels
 */
export function holeErrors(learner, latents, values, hole, asked, truth, side) {
  const { within, across } = distancesOf(latents, asked, side);
  const kept = latents.map((_, i) => i).filter((i) => !inside(latents[i], hole));
  const learned = kept.map((i) => values[i]);
  const gaps = across.map((row) => kept.map((i) => row[i]));
  const answers =
    learner === "nearest"
      ? gaps.map((row) => learned[least(row)])
      : ridge(
          kept.map((i) => kept.map((j) => within[i][j])),
          gaps,
          learned,
        );
  return answers.map((answer, i) => (answer - truth[i]) ** 2);
}

/**
 * Squared errors as a picture: black for none, white for `white` or more, by size and not square.
 * @param {number[]} errors
 * @param {number} white an error
 */
export function errorPicture(errors, white) {
  return errors.map((error) => Math.min(1, Math.sqrt(error) / white));
}

/**
 * Share of the squared errors that lies inside the hole.
 * @param {number[]} errors
 * @param {number[][]} asked latents [x, y], one for each error
 * @param {number[]} hole [x, y, radius]
 */
export function shareInside(errors, asked, hole) {
  const [part, all] = errors.reduce(
    ([a, b], error, i) => [a + (inside(asked[i], hole) ? error : 0), b + error],
    [0, 0],
  );
  return part / all;
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = Float64Array.from(numbers).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Ridge regression with the kernel exp(-r / s), s the median distance among the first rows.
 * @param {number[][]} within distances among the known pictures
 * @param {number[][]} across distances from each new picture to them
 * @param {number[]} values of the known pictures
 */
function ridge(within, across, values) {
  const scale = median(within.slice(0, SCALED_ON).flatMap((row) => row.slice(0, SCALED_ON)));
  const lower = within.map((row, i) =>
    Float64Array.from({ length: i + 1 }, (_, j) => (i === j ? 1 + JITTER : Math.exp(-row[j] / scale))),
  );
  const factor = cholesky(lower);
  const weights = backward(factor, forward(factor, values));
  return across.map((row) =>
    dot(
      weights,
      row.map((gap) => Math.exp(-gap / scale)),
    ),
  );
}
