/* A meter for dimension: pictures that the reader spoils, and how fast their neighbours come closer
   (chapters/manifold/dimension/crowding.py). */
import { barImage } from "./bar.js";
import { mean, squaredGap } from "./linalg.js";
import { remembered } from "./memory.js";
import { normal, shuffled, uniforms } from "./random.js";

/** @import { Numbers } from "./linalg.js" */

const [SIDE, LEVELS] = [8, 16]; // pixels along a picture's side; steps of grey above black
const PIXELS = SIDE * SIDE;
const PARTS = [8, 4, 2, 1]; // the nearest picture is sought within each eighth, quarter, half, and in all

const spoilers = remembered(
  /**
   * For each picture, grain of standard deviation 1 and an order of its pixels.
   * @param {number} count pictures
   */
  (count) => {
    const drawn = uniforms(count);
    const next = () => drawn() + 2 ** -33; // in the middle of its step, so never 0
    const places = Array.from({ length: PIXELS }, (_, i) => i);
    return Array.from({ length: count }, () => ({
      order: shuffled(places, next),
      grain: Float64Array.from({ length: PIXELS }, () => normal(next)),
    }));
  },
  1,
);

/**
 * A bar from the first d of its latents, or a digit from its levels of grey, a letter a pixel.
 * @param {number[] | string} row
 * @param {number} d
 */
function clean(row, d) {
  if (typeof row !== "string") return barImage(row.slice(0, d), SIDE);
  return Float64Array.from(row, (letter) => parseInt(letter, LEVELS + 1) / LEVELS);
}

/**
 * The first n rows as pictures, of which each has so many pixels moved about, afresh, and grain.
 * @param {(number[] | string)[]} rows bars' latents, or digits, a letter a pixel, 0 to g
 * @param {number} n pictures
 * @param {number} d latents of a bar, 1 to 5
 * @param {number} noise standard deviation of the grain, in pixel values
 * @param {number} moved pixels
 */
export function spoiltPictures(rows, n, d, noise, moved) {
  const spoilt = spoilers(rows.length);
  return rows.slice(0, n).map((row, at) => {
    const { order, grain } = spoilt[at];
    const picture = clean(row, d);
    const shown = picture.slice();
    // each of the chosen pixels takes its value from the next, the last from the first
    for (let i = 0; i < moved; i += 1) shown[order[i]] = picture[order[(i + 1) % moved]];
    return noise ? shown.map((value, i) => value + noise * grain[i]) : shown;
  });
}

/**
 * How near the nearest picture is, among ever more: `sizes`, `distances`, and their `slope`.
 *
 * The distance is the geometric mean of the RMS pixel distances to the nearest picture of the
 * same part. The slope is that of a straight line through the logarithms; among n pictures each
 * has n - 1 others. A number of pictures that 8 divides has parts without a rest.
 * @param {Numbers[]} pictures
 */
export function crowding(pictures) {
  const count = pictures.length;
  const nearest = PARTS.map(() => new Float64Array(count).fill(Infinity));
  const part = PARTS.map((parts) => pictures.map((_, i) => Math.floor((i * parts) / count)));
  for (let i = 0; i < count; i += 1)
    for (let j = 0; j < i; j += 1) {
      const gap = squaredGap(pictures[i], pictures[j]);
      for (let k = PARTS.length - 1; k >= 0 && part[k][i] === part[k][j]; k -= 1) {
        if (gap < nearest[k][i]) nearest[k][i] = gap;
        if (gap < nearest[k][j]) nearest[k][j] = gap;
      }
    }
  const sizes = PARTS.map((parts) => count / parts);
  const logs = nearest.map((gaps) => mean(gaps.map((gap) => Math.log(gap / PIXELS) / 2)));
  const others = sizes.map((n) => Math.log(n - 1));
  return { sizes, distances: logs.map(Math.exp), slope: slopeOf(others, logs) };
}

/**
 * Slope of the straight line of least squares.
 * @param {number[]} xs
 * @param {number[]} ys
 */
function slopeOf(xs, ys) {
  const [x, y] = [mean(xs), mean(ys)];
  const [rise, run] = [xs.map((value, i) => (value - x) * (ys[i] - y)), xs.map((value) => (value - x) ** 2)];
  return mean(rise) / mean(run);
}
