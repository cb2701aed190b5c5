/* Labels that go wrong, and neighbours that vote with them. */

/**
 * Exchange a label for the other where its chance is below the share of flips.
 * @param {number[]} labels
 * @param {number[]} others one for each label
 * @param {number[]} chances one for each label, in [0, 1)
 * @param {number} share
 */
export function flipLabels(labels, others, chances, share) {
  return labels.map((label, i) => (chances[i] < share ? others[i] : label));
}

/**
 * The commonest label among the k points nearest to (x, y); of equally common ones the least.
 * @param {number} x
 * @param {number} y
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {number[]} labels whole numbers from 0
 * @param {number} k
 */
export function voteAt(x, y, xs, ys, labels, k) {
  const gaps = Float64Array.from(xs, (place, i) => (place - x) ** 2 + (ys[i] - y) ** 2);
  const reach = Float64Array.from(gaps).sort()[Math.min(k, xs.length) - 1];
  /** @type {number[]} */
  const votes = [];
  gaps.forEach((gap, i) => {
    if (gap <= reach) votes[labels[i]] = (votes[labels[i]] ?? 0) + 1;
  });
  let winner = 0;
  for (let label = 0; label < votes.length; label += 1) if ((votes[label] ?? 0) > (votes[winner] ?? 0)) winner = label;
  return winner;
}
