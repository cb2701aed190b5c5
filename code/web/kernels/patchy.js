/* A learner whose pictures leave a disc of the latents out, and where it errs
   (chapters/density/imperfect_model/patchy.py, learners/nested.py). */
import { barImage } from "./bar.js";
import { remembered } from "./memory.js";

const JITTER = 1e-8;
const SCALED_ON = 256; // rows whose median distance is the kernel's scale

const draw = (latents, side) => latents.map((row) => barImage(row, side));

const distance = (a, b) => {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
};

/** All distances between pictures, once: a hole only chooses among them. */
const distancesOf = remembered((latents, asked, side) => {
  const [known, fresh] = [draw(latents, side), draw(asked, side)];
  return { within: known.map((a) => Float64Array.from(known, (b) => distance(a, b))), across: fresh.map((a) => Float64Array.from(known, (b) => distance(a, b))) };
}, 2);

const inside = ([x, y], [cx, cy, radius]) => Math.hypot(x - cx, y - cy) < radius;

/** Squared errors at `asked` of a learner ("nearest" or "ridge") that never saw the hole. */
export function holeErrors(learner, latents, values, hole, asked, truth, side) {
  const { within, across } = distancesOf(latents, asked, side);
  const kept = latents.map((_, i) => i).filter((i) => !inside(latents[i], hole));
  const answers = learner === "nearest" ? nearest(across, kept, values) : ridge(within, across, kept, values);
  return answers.map((answer, i) => (answer - truth[i]) ** 2);
}

/** Squared errors as a picture: black for none, white for `white` or more, by size and not square. */
export function errorPicture(errors, white) {
  return errors.map((error) => Math.min(1, Math.sqrt(error) / white));
}

/** Share of the errors that lies inside the hole. */
export function shareInside(errors, asked, hole) {
  const [part, all] = errors.reduce(([a, b], error, i) => [a + (inside(asked[i], hole) ? error : 0), b + error], [0, 0]);
  return part / all;
}

function nearest(across, kept, values) {
  return across.map((row) => values[kept.reduce((best, i) => (row[i] < row[best] ? i : best), kept[0])]);
}

function median(numbers) {
  const sorted = Float64Array.from(numbers).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Ridge regression with the kernel exp(-r / s), s the median distance among the first rows. */
function ridge(within, across, kept, values) {
  const first = kept.slice(0, SCALED_ON);
  const scale = median(first.flatMap((i) => first.map((j) => within[i][j])));
  const factor = cholesky(kept.map((i, a) => Float64Array.from(kept.slice(0, a + 1), (j) => (i === j ? 1 + JITTER : Math.exp(-within[i][j] / scale)))));
  const weights = solveBoth(factor, kept.map((i) => values[i]));
  return across.map((row) => kept.reduce((sum, i, a) => sum + weights[a] * Math.exp(-row[i] / scale), 0));
}

/** Factor a symmetric matrix, given by its lower rows, in place. */
function cholesky(rows) {
  rows.forEach((row, i) => {
    for (let j = 0; j <= i; j += 1) {
      const other = rows[j];
      let sum = row[j];
      for (let k = 0; k < j; k += 1) sum -= row[k] * other[k];
      row[j] = i === j ? Math.sqrt(sum) : sum / other[j];
    }
  });
  return rows;
}

function solveBoth(factor, right) {
  const found = Float64Array.from(right);
  factor.forEach((row, i) => {
    for (let k = 0; k < i; k += 1) found[i] -= row[k] * found[k];
    found[i] /= row[i];
  });
  for (let i = factor.length - 1; i >= 0; i -= 1) {
    found[i] /= factor[i][i];
    for (let k = 0; k < i; k += 1) found[k] -= factor[i][k] * found[i];
  }
  return found;
}
