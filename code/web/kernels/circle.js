/* Distances round a circle, in degrees. */

/**
 * How far `place` is from the nearest of `angles` once each is turned on by its share of `most`.
 * @param {number} place degrees
 * @param {number[]} angles degrees
 * @param {number[]} shares one for each angle, from -1 to 1
 * @param {number} most degrees
 */
export function gapOnCircle(place, angles, shares, most) {
  let nearest = 180;
  for (let i = 0; i < angles.length; i += 1) {
    const apart = Math.abs(place - angles[i] - most * shares[i]) % 360;
    nearest = Math.min(nearest, apart, 360 - apart);
  }
  return nearest;
}
