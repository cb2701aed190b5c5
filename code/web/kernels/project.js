/* The exact distance from a picture to BarWorld's manifold with two latents, as the package finds
   it (worlds/projection.py): search among reference pictures, then Levenberg-Marquardt. */
import { FACTORS, barImage } from "./bar.js";
import { rms } from "./away.js";

const TICKS = 17; // reference pictures along each latent
const STARTS = 3;
const STEPS = 40;
const TINY = 1e-9;
const SETTLED = 1e-9; // a gain this small, as a share of the distance, ends the walk
const PEAK = 1 + Math.exp(-1);
const [ANGLE, LENGTH, THICKNESS] = FACTORS.slice(2).map(([, , off]) => off);
const [COS, SIN] = [Math.cos(ANGLE), Math.sin(ANGLE)];
const RANGE = FACTORS[0][1] - FACTORS[0][0]; // of x and of y alike
const references = new Map();

/** Find the bar that is nearest to a picture: its latents and its RMS pixel distance. */
export function barProject(pixels, side) {
  let best = { distance: Infinity };
  for (const start of startsOf(pixels, side)) {
    const found = refine(pixels, side, start);
    if (found.distance < best.distance) best = found;
    if (best.distance < TINY) break; // on the manifold
  }
  return best;
}

function referenceOf(side) {
  if (!references.has(side)) {
    const places = Array.from({ length: TICKS ** 2 }, (_, i) => [i % TICKS, Math.floor(i / TICKS)]);
    references.set(side, places.map((place) => barImage(place.map((tick) => tick / (TICKS - 1)), side)));
  }
  return references.get(side);
}

/** The lowest few dips among the reference pictures: lower than their neighbours all round. */
function startsOf(pixels, side) {
  const gaps = referenceOf(side).map((image) => rms(image, pixels));
  const gap = (i, j) => (i < 0 || j < 0 || i >= TICKS || j >= TICKS ? Infinity : gaps[j * TICKS + i]);
  const dips = [];
  for (let j = 0; j < TICKS; j += 1)
    for (let i = 0; i < TICKS; i += 1) {
      const round = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => gap(i + x, j + y)));
      if (gap(i, j) <= Math.min(...round)) dips.push([gap(i, j), [i / (TICKS - 1), j / (TICKS - 1)]]);
    }
  return dips.sort((a, b) => a[0] - b[0]).slice(0, STARTS).map(([, start]) => start);
}

/** Walk downhill from a start; a latent pressed against its bound stays there. */
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

/** Solve the damped normal equations of two unknowns. */
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
  const held = (z, pull) => (z <= 0 && pull < 0) || (z >= 1 && pull > 0);
  const [holdX, holdY] = [held(zx, rx), held(zy, ry)];
  [xx, yy] = [xx * (1 + damping) + 1e-12, yy * (1 + damping) + 1e-12];
  if (holdX || holdY) return [holdX ? 0 : rx / xx, holdY ? 0 : ry / yy];
  const det = xx * yy - xy * xy;
  return [(yy * rx - xy * ry) / det, (xx * ry - xy * rx) / det];
}
