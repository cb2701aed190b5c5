/* Small pictures as lists of pixels: shuffled, and named by their nearest neighbour. */
import { least, squaredGap } from "./linalg.js";

/**
 * Permute each row's values among some of its places (`permute_pixels`).
 * @param {number[][]} rows pictures
 * @param {number[][]} ranks of each row's pixels, or one row of them for all
 * @param {number[]} places pixels, each once
 */
export function permutePixels(rows, ranks, places) {
  return rows.map((row, n) => {
    const rank = ranks[ranks.length === 1 ? 0 : n];
    const order = [...places].sort((a, b) => rank[a] - rank[b]);
    const permuted = [...row];
    places.forEach((place, i) => (permuted[place] = row[order[i]]));
    return permuted;
  });
}

/**
 * The label of the row nearest to each new row; of equally near ones the first counts.
 * @template Label
 * @param {number[][]} news
 * @param {number[][]} rows
 * @param {Label[]} labels one for each row
 */
export function nearestLabels(news, rows, labels) {
  return news.map((one) => labels[least(rows.map((row) => squaredGap(one, row)))]);
}

/**
 * The share of places at which two lists agree.
 * @param {unknown[]} a
 * @param {unknown[]} b
 */
export function shareEqual(a, b) {
  return a.filter((value, i) => value === b[i]).length / a.length;
}
