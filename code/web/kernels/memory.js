/* A chart asks for each place on its grid in turn, about the same points: fit them once. */

/**
 * Whether two settings hold the same values: numbers, words, and lists and records of them.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
function same(a, b) {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((value, i) => same(value, b[i]));
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  return same(Object.entries(a), Object.entries(b));
}

/**
 * Remember the last few fits, by the values that they were made from.
 * @template {unknown[]} Settings
 * @template Fit
 * @param {(...settings: Settings) => Fit} fit
 * @param {number} [size] how many fits are remembered
 * @returns {(...settings: Settings) => Fit}
 */
export function remembered(fit, size = 8) {
  /** @type {{ settings: Settings, fitted: Fit }[]} */
  const kept = [];
  return (...settings) => {
    const at = kept.findIndex((entry) => same(entry.settings, settings));
    if (at >= 0) return kept[at].fitted;
    kept.unshift({ settings: structuredClone(settings), fitted: fit(...settings) });
    kept.length = Math.min(kept.length, size);
    return kept[0].fitted;
  };
}
