/* A chart asks for each place on its grid in turn, about the same points: fit them once. */

function same(a, b) {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((value, i) => same(value, b[i]));
}

/** Remember the last few fits, by the values that they were made from. */
export function remembered(fit, size = 8) {
  const kept = [];
  return (...settings) => {
    const at = kept.findIndex((entry) => same(entry.settings, settings));
    if (at >= 0) return kept[at].fitted;
    kept.unshift({ settings: structuredClone(settings), fitted: fit(...settings) });
    kept.length = Math.min(kept.length, size);
    return kept[0].fitted;
  };
}
