/* Distances round a circle, in degrees. */

/** How far `place` is from the nearest of `angles` once each is turned on by its share of `most`. */
export function gapOnCircle(place, angles, shares, most) {
  let least = 180;
  for (let i = 0; i < angles.length; i += 1) {
    const apart = Math.abs(place - angles[i] - most * shares[i]) % 360;
    least = Math.min(least, apart, 360 - apart);
  }
  return least;
}
