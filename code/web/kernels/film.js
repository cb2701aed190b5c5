/* Five ways from one bar to another, frame by frame, with each frame's distance to the world.

   `model` holds what the package has learned from its bars: their `latents`, the rows of each
   one's `neighbours`, the pictures' `mean` and principal `axes`, the `scale` of the components,
   and the autoencoder's `layers` ({ weights, biases }; tanh but for the last), of which the first
   `encoding` lead to the code. */
import { rms } from "./away.js";
import { barImage } from "./bar.js";
import { barProject } from "./project.js";

const KNOWN = new WeakMap(); // model -> its pictures, drawn once

/** A share of the way from one list of numbers to another, such as from picture to picture. */
export const mixed = (a, b, share) => Array.from(a, (value, i) => (1 - share) * value + share * b[i]);
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const square = (a, b) => {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] - b[i]) ** 2;
  return sum;
};

/** Walk every way from the bar with latents `a` to that with latents `b`: `pictures`, their
    `distances` (RMS pixel value) and the latents of the nearest bars, `places`, way by way; and
    how far `apart` the two are. */
export function barFilm(a, b, frames, side, model) {
  const ends = [a, b].map((latents) => Array.from(barImage(latents, side)));
  const shares = Array.from({ length: frames }, (_, i) => i / (frames - 1));
  const straight = (codes, decode) => shares.map((share) => decode(mixed(codes[0], codes[1], share)));
  const plane = model.axes.slice(0, a.length);
  const pictures = [
    straight(ends, (pixels) => pixels),
    straight(ends.map((pixels) => components(pixels, model.mean, plane)), (code) => drawn(code, model.mean, plane)),
    straight(ends.map((pixels) => encode(pixels, model)), (code) => decode(code, model)),
    resample(barHops(ends, side, model).map((node) => node.pixels), frames),
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

const components = (pixels, mean, axes) => {
  const centred = pixels.map((value, i) => value - mean[i]);
  return axes.map((axis) => dot(axis, centred));
};

function drawn(code, mean, axes) {
  return mean.map((value, i) => code.reduce((sum, weight, k) => sum + weight * axes[k][i], value));
}

function walk(values, layers, last) {
  return layers.reduce((input, { weights, biases }, depth) => {
    const sums = biases.slice();
    input.forEach((value, i) => weights[i].forEach((weight, j) => (sums[j] += value * weight)));
    return depth < last ? sums.map(Math.tanh) : sums;
  }, values);
}

const encode = (pixels, { mean, axes, scale, layers, encoding }) => {
  const scaled = components(pixels, mean, axes).map((value) => value / scale);
  return walk(scaled, layers.slice(0, encoding), encoding); // the code itself is squeezed too
};

const decode = (code, { mean, axes, scale, layers, encoding }) => {
  const decoding = layers.slice(encoding);
  return drawn(walk(code, decoding, decoding.length - 1).map((value) => value * scale), mean, axes);
};

/** The cheapest way from picture to picture: hops cost the squared distance (Dijkstra, 1959). */
function barHops(ends, side, model) {
  const nodes = graphOf(ends, side, model);
  const [start, goal] = nodes.slice(-2);
  for (const node of nodes) Object.assign(node, { cost: Infinity, before: null, done: false });
  start.cost = 0;
  for (;;) {
    let here = null;
    for (const node of nodes) if (!node.done && node.cost < (here?.cost ?? Infinity)) here = node;
    if (here === null || here === goal) break;
    here.done = true;
    for (const [next, cost] of here.hops)
      if (here.cost + cost < next.cost) Object.assign(next, { cost: here.cost + cost, before: here });
  }
  const path = [];
  for (let node = goal; node; node = node.before) path.unshift(node);
  return path;
}

/** The known pictures, each joined to its neighbours both ways, and the two ends to theirs. */
function graphOf(ends, side, model) {
  if (!KNOWN.has(model)) KNOWN.set(model, model.latents.map((latents) => barImage(latents, side)));
  const nodes = [...KNOWN.get(model), ...ends].map((pixels) => ({ pixels, hops: [] }));
  const join = (first, second) => {
    const cost = Math.max(square(first.pixels, second.pixels), Number.MIN_VALUE);
    first.hops.push([second, cost]);
    second.hops.push([first, cost]);
  };
  model.neighbours.forEach((row, i) => row.forEach((j) => join(nodes[i], nodes[j])));
  const known = nodes.slice(0, -2);
  for (const end of nodes.slice(-2)) {
    const ranked = known.map((node) => [square(node.pixels, end.pixels), node]).sort((p, q) => p[0] - q[0]);
    for (const [, node] of ranked.slice(0, model.neighbours[0].length)) join(end, node);
  }
  return nodes;
}

/** Frames at equal steps of length along a broken line of pictures, its ends kept. */
function resample(path, frames) {
  const moved = path.filter((pixels, i) => i === 0 || square(pixels, path[i - 1]) > 0);
  const walked = [0];
  for (let i = 1; i < moved.length; i += 1) walked.push(walked[i - 1] + Math.sqrt(square(moved[i], moved[i - 1])));
  return Array.from({ length: frames }, (_, frame) => {
    const stop = (frame / (frames - 1)) * walked.at(-1);
    let hop = 0;
    while (hop < moved.length - 2 && walked[hop + 1] <= stop) hop += 1;
    if (moved.length === 1) return Array.from(moved[0]);
    return mixed(moved[hop], moved[hop + 1], (stop - walked[hop]) / (walked[hop + 1] - walked[hop]));
  });
}
