/* How little of the space of all images a number of balls can fill. */

/**
 * Log base 10 of the volume of n balls in a cube of side 1: at least the share of it inside them.
 * @param {number} n balls
 * @param {number} pixels dimensions of the cube
 * @param {number} radius RMS pixel value
 */
export function ballShare(n, pixels, radius) {
  // ln of Gamma(pixels / 2 + 1), by its recursion down to Gamma(1) or Gamma(1/2)
  let gamma = pixels % 2 ? 0.5 * Math.log(Math.PI) : 0;
  for (let half = pixels / 2; half > 0.25; half -= 1) gamma += Math.log(half);
  const volume = (pixels / 2) * Math.log(Math.PI) - gamma + pixels * Math.log(radius * Math.sqrt(pixels));
  return (Math.log(n) + volume) / Math.LN10;
}
