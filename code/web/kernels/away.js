/* Images at a given distance from one image: other bars, and mixtures with some other picture. */
import { barImage } from "./bar.js";
import { mixed, rms } from "./linalg.js";

/** @import { Numbers } from "./linalg.js" */

const HALVINGS = 50;

/**
 * The bar at a distance from the bar `start`, on the way from it to the bar `end`.
 *
 * The way is straight in the latents, and the distance is taken to grow along it. Where even the
 * end is nearer than that, the end.
 * @param {number[]} start latents
 * @param {number[]} end latents
 * @param {number} distance RMS pixel value
 * @param {number} side pixels
 */
export function barAway(start, end, distance, side) {
  const home = barImage(start, side);
  /** @param {number} share */
  const gap = (share) => rms(barImage(mixed(start, end, share), side), home);
  let [low, high] = [0, 1];
  if (gap(1) <= distance) return end;
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    if (gap(middle) < distance) low = middle;
    else high = middle;
  }
  return mixed(start, end, high);
}

/**
 * The picture at a distance from `start` on the straight way to the picture `end`, or the end.
 * @param {Numbers} start pixel values
 * @param {Numbers} end pixel values
 * @param {number} distance RMS pixel value
 */
export function mixAway(start, end, distance) {
  return mixed(start, end, Math.min(1, distance / Math.max(rms(start, end), 1e-12)));
}
