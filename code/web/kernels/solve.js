/** Solve a small dense system by elimination with row exchanges. */
export function solve(matrix, right) {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const size = rows.length;
  for (let step = 0; step < size; step += 1) {
    let best = step;
    for (let i = step + 1; i < size; i += 1) if (Math.abs(rows[i][step]) > Math.abs(rows[best][step])) best = i;
    [rows[step], rows[best]] = [rows[best], rows[step]];
    for (let i = step + 1; i < size; i += 1) {
      const factor = rows[i][step] / rows[step][step];
      if (factor) for (let j = step; j <= size; j += 1) rows[i][j] -= factor * rows[step][j];
    }
  }
  const solution = new Array(size).fill(0);
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = rows[i][size];
    for (let j = i + 1; j < size; j += 1) sum -= rows[i][j] * solution[j];
    solution[i] = sum / rows[i][i];
  }
  return solution;
}
