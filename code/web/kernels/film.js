/* Five ways from one bar to another, frame by frame, with each frame's distance to the world. */
import { barImage, barImages } from "./bar.js";
import { combination, dot, leastFew, mixed, rms, squaredGap } from "./linalg.js";
import { barProject } from "./project.js";

/**
 * @typedef {object} Model - what the package has learned from its bars (`shipped_model`)
 * @property {number[][]} latents of the known bars
 * @property {number[][]} neighbours for each of them, the places of its nearest others
 * @property {number[]} mean of the pictures, pixel by pixel
 * @property {number[][]} axes the pictures' principal components
 * @property {number} scale the divisor between components and the network
 * @property {{ weights: number[][], biases: number[] }[]} layers of the autoencoder; tanh but for the last
 * @property {number} encoding how many of them lead to the code
 *
 * @typedef {object} Stop - a picture in the graph of neighbours
 * @property {number[] | Float64Array} pixels
 * @property {[Stop, number][]} hops to its neighbours, and what each costs
 * @property {number} cost of the cheapest way to it that is known
 * @property {Stop | null} before it on that way
 * @property {boolean} done
 */

/**
 * Walk every way from one bar to another (`straight_path`, `geodesic`, `resample`).
 *
 * Gives `pictures`, their `distances` (RMS pixel value) and the latents of the nearest bars,
 * `places`, way by way; and how far `apart` the two bars are.
 * @param {number[]} a latents
 * @param {number[]} b latents
 * @param {number} frames of each way, its ends included
 * @param {number} side pixels
 * @param {Model} model
 */
export function barFilm(a, b, frames, side, model) {
  const ends = [a, b].map((latents) => Array.from(barImage(latents, side)));
  const shares = Array.from({ length: frames }, (_, i) => i / (frames - 1));
  /**
   * @param {number[][]} codes
   * @param {(code: number[]) => number[]} decoded
   */
  const straight = (codes, decoded) => shares.map((share) => decoded(mixed(codes[0], codes[1], share)));
  const plane = model.axes.slice(0, a.length);
  const pictures = [
    straight(ends, (pixels) => pixels),
    straight(
      ends.map((pixels) => components(pixels, model.mean, plane)),
      (code) => drawn(code, model.mean, plane),
    ),
    straight(
      ends.map((pixels) => encode(pixels, model)),
      (code) => decode(code, model),
    ),
    resample(barHops(ends, side, model), frames),
    straight([a, b], (latents) => Array.from(barImage(latents, side))),
  ];
  const found = pictures.map((row) => row.map((pixels) => barProject(pixels, side)));
  return {
    pictures,
    apart: rms(ends[0], ends[1]),
    distances: found.map((row) => row.map(({ distance }) => distance)),
    places: found.map((row) => row.map(({ latents }) => latents)),
  };
}

/**
 * @param {number[]} pixels
 * @param {number[]} mean
 * @param {number[][]} axes
 */
const components = (pixels, mean, axes) => {
  const centred = pixels.map((value, i) => value - mean[i]);
  return axes.map((axis) => dot(axis, centred));
};

/**
 * @param {number[]} code a weight for each axis
 * @param {number[]} mean
 * @param {number[][]} axes
 */
const drawn = (code, mean, axes) => Array.from(combination(axes, code, mean));

/**
 * Take values through layers, the first `squeezed` of which end in tanh.
 * @param {number[]} values
 * @param {Model["layers"]} layers
 * @param {number} squeezed
 */
function walk(values, layers, squeezed) {
  return layers.reduce((input, { weights, biases }, depth) => {
    const sums = Array.from(combination(weights, input, biases));
    return depth < squeezed ? sums.map(Math.tanh) : sums;
  }, values);
}

/**
 * @param {number[]} pixels
 * @param {Model} model
 */
const encode = (pixels, { mean, axes, scale, layers, encoding }) => {
  const scaled = components(pixels, mean, axes).map((value) => value / scale);
  return walk(scaled, layers.slice(0, encoding), encoding); // the code itself is squeezed too
};

/**
 * @param {number[]} code
 * @param {Model} model
 */
const decode = (code, { mean, axes, scale, layers, encoding }) => {
  const decoding = layers.slice(encoding);
  const scaled = walk(code, decoding, decoding.length - 1).map((value) => value * scale);
  return drawn(scaled, mean, axes);
};

/**
 * The pictures on the cheapest way: hops cost the squared distance (Dijkstra, 1959).
 * @param {number[][]} ends the first and the last picture
 * @param {number} side
 * @param {Model} model
 */
function barHops(ends, side, model) {
  const stops = graphOf(ends, side, model);
  const [start, goal] = stops.slice(-2);
  start.cost = 0;
  for (;;) {
    /** @type {Stop | null} */
    let here = null;
    for (const stop of stops) if (!stop.done && stop.cost < (here?.cost ?? Infinity)) here = stop;
    if (here === null || here === goal) break;
    here.done = true;
    for (const [next, cost] of here.hops)
      if (here.cost + cost < next.cost) Object.assign(next, { cost: here.cost + cost, before: here });
  }
  const path = [];
  for (let stop = /** @type {Stop | null} */ (goal); stop; stop = stop.before) path.unshift(stop.pixels);
  return path;
}

/**
 * The known pictures, each joined to its neighbours both ways, and the two ends to theirs.
 * @param {number[][]} ends
 * @param {number} side
 * @param {Model} model
 */
function graphOf(ends, side, model) {
  const known = barImages(model.latents, side);
  /** @type {Stop[]} */
  const stops = [...known, ...ends].map((pixels) => ({ pixels, hops: [], cost: Infinity, before: null, done: false }));
  /**
   * @param {Stop} first
   * @param {Stop} second
   */
  const join = (first, second) => {
    const cost = Math.max(squaredGap(first.pixels, second.pixels), Number.MIN_VALUE);
    first.hops.push([second, cost]);
    second.hops.push([first, cost]);
  };
  model.neighbours.forEach((row, i) => row.forEach((j) => join(stops[i], stops[j])));
  for (const end of stops.slice(-2)) {
    const gaps = known.map((pixels) => squaredGap(pixels, end.pixels));
    for (const i of leastFew(gaps, model.neighbours[0].length)) join(end, stops[i]);
  }
  return stops;
}

/**
 * Frames at equal steps of length along a broken line of pictures, its ends kept.
 * @param {(number[] | Float64Array)[]} path
 * @param {number} frames
 */
function resample(path, frames) {
  const moved = path.filter((pixels, i) => i === 0 || squaredGap(pixels, path[i - 1]) > 0);
  const walked = [0];
  for (let i = 1; i < moved.length; i += 1) walked.push(walked[i - 1] + Math.sqrt(squaredGap(moved[i], moved[i - 1])));
  return Array.from({ length: frames }, (_, frame) => {
    const stop = (frame / (frames - 1)) * walked[walked.length - 1];
    let hop = 0;
    while (hop < moved.length - 2 && walked[hop + 1] <= stop) hop += 1;
    if (moved.length === 1) return Array.from(moved[0]);
    return mixed(moved[hop], moved[hop + 1], (stop - walked[hop]) / (walked[hop + 1] - walked[hop]));
  });
}
