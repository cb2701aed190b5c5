/* Small pictures as lists of pixels: dealt out anew, and named by their nearest neighbour. */

/** Deal out each row's values at some places anew among those places (worlds/dealing.py). */
export function dealOut(rows, ranks, places) {
  return rows.map((row, n) => {
    const rank = ranks[ranks.length === 1 ? 0 : n];
    const order = [...places].sort((a, b) => rank[a] - rank[b]);
    const dealt = [...row];
    places.forEach((place, i) => (dealt[place] = row[order[i]]));
    return dealt;
  });
}

/** The label of the row nearest to each new row; of equally near ones the first counts. */
export function nearestLabels(news, rows, labels) {
  return news.map((one) => {
    let [best, least] = [0, Infinity];
    for (let n = 0; n < rows.length; n += 1) {
      let gap = 0;
      for (let i = 0; i < one.length; i += 1) gap += (one[i] - rows[n][i]) ** 2;
      if (gap < least) [best, least] = [n, gap];
    }
    return labels[best];
  });
}

/** The share of places at which two lists agree. */
export function shareEqual(a, b) {
  return a.filter((value, i) => value === b[i]).length / a.length;
}
