/* BarWorld's picture of a bar, pixel by pixel as the package draws it (worlds/bar.py). */
import { remembered } from "./memory.js";

/** @import { Numbers } from "./linalg.js" */

// (lowest, highest, value when switched off) of x, y, angle, length, thickness
export const FACTORS = [
  [-0.3, 0.3, 0],
  [-0.3, 0.3, 0],
  [0.2, 1.0, 0.6],
  [0.4, 1.3, 0.7],
  [0.12, 0.34, 0.24],
];
export const PEAK = 1 + Math.exp(-1);

/**
 * Draw the bar with the given latents: side x side pixel values, row by row (`BarWorld.render`).
 * @param {Numbers} latents up to five, each in [0, 1]
 * @param {number} side pixels
 */
export function barImage(latents, side) {
  const [x, y, angle, length, thickness] = FACTORS.map(([low, high, off], i) =>
    i < latents.length ? low + latents[i] * (high - low) : off,
  );
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const pixels = new Float64Array(side * side);
  for (let row = 0; row < side; row += 1) {
    const down = ((row + 0.5) * 2) / side - 1 - y;
    for (let column = 0; column < side; column += 1) {
      const across = ((column + 0.5) * 2) / side - 1 - x;
      const u = (across * cos + down * sin) / length;
      const v = (down * cos - across * sin) / thickness;
      pixels[row * side + column] = PEAK / (1 + Math.exp(Math.min(u * u + v * v - 1, 30)));
    }
  }
  return pixels;
}

/** Draw many bars, and remember the last few lists of them: a drag asks for the same ones again. */
export const barImages = remembered(
  /**
   * @param {number[][]} latents
   * @param {number} side
   */
  (latents, side) => latents.map((row) => barImage(row, side)),
  4,
);
