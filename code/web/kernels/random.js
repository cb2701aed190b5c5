/* Random numbers that are the same on every machine, so that everybody sees the same charts. */

/**
 * Uniform numbers in [0, 1), one at each call (Mulberry32, T. Ettinger).
 * @param {number} seed a whole number
 * @returns {() => number}
 */
export function uniforms(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A number of mean 0 and standard deviation 1 (Box and Muller).
 * @param {() => number} next uniform in (0, 1), and never 0
 */
export const normal = (next) => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());

/**
 * The same values in another order (Fisher and Yates).
 * @template Value
 * @param {Value[]} values
 * @param {() => number} next uniform in [0, 1)
 */
export function shuffled(values, next) {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
