/* Images at a given distance from one image: other bars, and mixtures with some other picture. */
import { barImage } from "./bar.js";

const HALVINGS = 50;

/** The bar at an RMS pixel distance from the bar `start`, on the way from it to the bar `end`.

    Latents, both; the way is straight in the latents, and the distance is taken to grow along it.
    Where even the end is nearer than that, the end. */
export function barAway(start, end, distance, side) {
  const home = barImage(start, side);
  const at = (share) => start.map((value, i) => value + share * (end[i] - value));
  const gap = (share) => rms(barImage(at(share), side), home);
  let [low, high] = [0, 1];
  if (gap(1) <= distance) return end;
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    if (gap(middle) < distance) low = middle;
    else high = middle;
  }
  return at(high);
}

/** The picture at an RMS pixel distance from `start` on the straight way to the picture `end`. */
export function mixAway(start, end, distance) {
  const share = Math.min(1, distance / Math.max(rms(start, end), 1e-12));
  return Array.from(start, (value, i) => value + share * (end[i] - value));
}

/** Root-mean-square difference of two pictures, pixel by pixel. */
export function rms(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum / a.length);
}
