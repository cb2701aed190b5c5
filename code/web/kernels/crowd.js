/* A meter for dimension: pictures that the reader spoils, and how fast their neighbours come closer. */
import { barImage } from "./bar.js";
import { remembered } from "./memory.js";

const [SIDE, LEVELS] = [8, 16]; // pixels along a picture's side; steps of grey above black
const PIXELS = SIDE * SIDE;
const PARTS = [8, 4, 2, 1]; // the nearest picture is sought within each eighth, quarter, half, and in all

/** Numbers in (0, 1), the same on every machine (Mulberry32, T. Ettinger). */
function stream(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

/** For each picture, grain of standard deviation 1 and an order of its pixels. */
const spoilers = remembered((count) => {
  const next = stream(count);
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  return Array.from({ length: count }, () => {
    const order = Array.from({ length: PIXELS }, (_, i) => i);
    for (let i = PIXELS - 1; i > 0; i -= 1) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return { order, grain: Float64Array.from({ length: PIXELS }, normal) };
  });
}, 1);

/** A bar from the first d of its latents, or a digit from its levels of grey, a letter a pixel. */
function clean(row, d) {
  if (typeof row !== "string") return barImage(row.slice(0, d), SIDE);
  return Float64Array.from(row, (letter) => parseInt(letter, LEVELS + 1) / LEVELS);
}

/** The first n rows as pictures, of which each has so many pixels moved about, afresh, and grain. */
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

/** Squared distance of two pictures. */
function apart(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] - b[i]) ** 2;
  return sum;
}

/** How near the nearest picture is, among ever more: `sizes`, `distances`, and their `slope`.

    The distance is the geometric mean of the RMS pixel distances to the nearest picture of the
    same part. The slope is that of a straight line through the logarithms; among n pictures each
    has n - 1 others. A number of pictures that 8 divides has parts without a rest. */
export function crowding(pictures) {
  const count = pictures.length;
  const nearest = PARTS.map(() => new Float64Array(count).fill(Infinity));
  const part = PARTS.map((parts) => pictures.map((_, i) => Math.floor((i * parts) / count)));
  for (let i = 0; i < count; i += 1)
    for (let j = 0; j < i; j += 1) {
      const gap = apart(pictures[i], pictures[j]);
      for (let k = PARTS.length - 1; k >= 0 && part[k][i] === part[k][j]; k -= 1) {
        if (gap < nearest[k][i]) nearest[k][i] = gap;
        if (gap < nearest[k][j]) nearest[k][j] = gap;
      }
    }
  const sizes = PARTS.map((parts) => count / parts);
  const logs = nearest.map((gaps) => mean(gaps.map((gap) => Math.log(gap / PIXELS) / 2)));
  return { sizes, distances: logs.map(Math.exp), slope: slopeOf(sizes.map((n) => Math.log(n - 1)), logs) };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Slope of the straight line of least squares. */
function slopeOf(xs, ys) {
  const [x, y] = [mean(xs), mean(ys)];
  const [rise, run] = [xs.map((value, i) => (value - x) * (ys[i] - y)), xs.map((value) => (value - x) ** 2)];
  return mean(rise) / mean(run);
}
