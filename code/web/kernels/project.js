/* The exact distance from a picture to BarWorld's manifold with two latents, as the package finds
   it (worlds/projection.py): search among reference pictures, then Levenberg-Marquardt. */
import { FACTORS, PEAK, barImage, barImages } from "./bar.js";
import { rms } from "./linalg.js";

/** @import { Numbers } from "./linalg.js" */
/** @typedef {{ latents: number[], distance: number }} Nearest - a bar, and how far the picture is from it */

const TICKS = 17; // reference pictures along each latent
const STARTS = 3;
const STEPS = 40;
const TINY = 1e-9;
const SETTLED = 1e-9; // a gain this small, as a share of the distance, ends the walk
const [ANGLE, LENGTH, THICKNESS] = FACTORS.slice(2).map(([, , off]) => off);
const [COS, SIN] = [Math.cos(ANGLE), Math.sin(ANGLE)];
const RANGE = FACTORS[0][1] - FACTORS[0][0]; // of x and of y alike
const REFERENCES = Array.from({ length: TICKS ** 2 }, (_, i) =>
  [i % TICKS, Math.floor(i / TICKS)].map((tick) => tick / (TICKS - 1)),
);

/**
 * Find the bar that is nearest to a picture: its latents and its RMS pixel distance
 * (`BarWorld.project`).
 * @param {Numbers} pixels
 * @param {number} side pixels
 */
export function barProject(pixels, side) {
  /** @type {Nearest} */
  let best = { latents: [], distance: Infinity };
  for (const start of startsOf(pixels, side)) {
    const found = refine(pixels, side, start);
    if (found.distance < best.distance) best = found;
    if (best.distance < TINY) break; // on the manifold
  }
  return best;
}

/**
 * The lowest few dips among the reference pictures: lower than their neighbours all round.
 * @param {Numbers} pixels
 * @param {number} side
 */
function startsOf(pixels, side) {
  const gaps = barImages(REFERENCES, side).map((image) => rms(image, pixels));
  /**
   * @param {number} i
   * @param {number} j
   */
  const gap = (i, j) => (i < 0 || j < 0 || i >= TICKS || j >= TICKS ? Infinity : gaps[j * TICKS + i]);
  const around = [-1, 0, 1];
  const dips = REFERENCES.map((_, at) => at).filter((at) => {
    const [i, j] = [at % TICKS, Math.floor(at / TICKS)];
    return gaps[at] <= Math.min(...around.flatMap((x) => around.map((y) => gap(i + x, j + y))));
  });
  const lowest = dips.sort((a, b) => gaps[a] - gaps[b]).slice(0, STARTS);
  return lowest.map((at) => REFERENCES[at]);
}

/**
 * Walk downhill from a start; a latent pressed against its bound stays there.
 * @param {Numbers} pixels
 * @param {number} side
 * @param {number[]} start latents
 * @returns {Nearest}
 */
function refine(pixels, side, start) {
  let here = start;
  let distance = rms(barImage(here, side), pixels);
  let damping = 0.01;
  for (let step = 0; step < STEPS; step += 1) {
    const move = stepFrom(pixels, side, here, damping);
    const next = here.map((value, i) => Math.min(1, Math.max(0, value + move[i])));
    const there = rms(barImage(next, side), pixels);
    const settled = there < distance && there > (1 - SETTLED) * distance;
    if (there < distance) [here, distance, damping] = [next, there, damping * 0.3];
    else damping *= 5;
    if (settled || distance < TINY || Math.max(...move.map(Math.abs)) < TINY) break;
  }
  return { latents: here, distance };
}

/**
 * Solve the damped normal equations of two unknowns.
 * @param {Numbers} pixels
 * @param {number} side
 * @param {number[]} latents
 * @param {number} damping
 */
function stepFrom(pixels, side, [zx, zy], damping) {
  const [x, y] = [zx, zy].map((z, i) => FACTORS[i][0] + z * RANGE);
  let [xx, xy, yy, rx, ry] = [0, 0, 0, 0, 0];
  for (let k = 0; k < pixels.length; k += 1) {
    const across = (((k % side) + 0.5) * 2) / side - 1 - x;
    const down = ((Math.floor(k / side) + 0.5) * 2) / side - 1 - y;
    const u = (across * COS + down * SIN) / LENGTH ** 2;
    const v = (down * COS - across * SIN) / THICKNESS ** 2;
    const q = u * u * LENGTH ** 2 + v * v * THICKNESS ** 2;
    const share = 1 / (1 + Math.exp(Math.min(q - 1, 30)));
    const fall = 2 * RANGE * PEAK * share * (1 - share); // minus the derivative by q, doubled
    const [byX, byY] = [fall * (u * COS - v * SIN), fall * (u * SIN + v * COS)];
    const residue = pixels[k] - PEAK * share;
    xx += byX * byX;
    xy += byX * byY;
    yy += byY * byY;
    rx += byX * residue;
    ry += byY * residue;
  }
  /**
   * @param {number} z
   * @param {number} pull
   */
  const held = (z, pull) => (z <= 0 && pull < 0) || (z >= 1 && pull > 0);
  const [holdX, holdY] = [held(zx, rx), held(zy, ry)];
  [xx, yy] = [xx * (1 + damping) + 1e-12, yy * (1 + damping) + 1e-12];
  if (holdX || holdY) return [holdX ? 0 : rx / xx, holdY ? 0 : ry / yy];
  const det = xx * yy - xy * xy;
  return [(yy * rx - xy * ry) / det, (xx * ry - xy * rx) / det];
}
