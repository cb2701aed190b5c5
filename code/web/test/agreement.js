/* Whether a function says what the package says, in Node and in a browser alike. */

/**
 * @typedef {object} Case - as `tests/web/cases/case.py` writes it
 * @property {string} name
 * @property {string} module a path below `code/web`; empty for the live kernels
 * @property {string} function
 * @property {unknown[][]} calls for each call its arguments
 * @property {unknown[]} answers for each call its answer; of a record only the fields that count
 * @property {number} within how far a number may be from its answer
 * @property {Record<string, number>} fields the same for single fields of a record
 * @property {string} read what is read off an answer before it is compared
 */

/** @type {Record<string, (answer: any) => unknown>} */
const readings = {
  itself: (answer) => answer,
  weights: ({ weights, ...rest }) => ({
    ...rest,
    total: weights.reduce((/** @type {number} */ sum, /** @type {number} */ weight) => sum + weight, 0),
    below: weights.filter((/** @type {number} */ weight) => weight < 0).length,
  }),
  picture,
};

/**
 * Say what is wrong first with a function's answers; nothing where all agree.
 * @param {(...given: any[]) => unknown} answer
 * @param {Case} asked
 */
export async function disagreement(answer, { calls, answers, within, fields, read }) {
  for (const [i, given] of calls.entries()) {
    const found = difference(await readings[read](answer(...given)), answers[i], within, fields);
    if (found) return `call ${i}${found}`;
  }
  return "";
}

/**
 * Say where two values part: numbers by more than they may, anything else at all.
 * @param {any} found
 * @param {any} expected
 * @param {number} within
 * @param {Record<string, number>} [fields]
 * @returns {string}
 */
export function difference(found, expected, within, fields = {}) {
  const told = `: found ${found}, expected ${expected}`;
  if (typeof expected === "number" && typeof found === "number")
    return Math.abs(found - expected) <= within ? "" : told;
  if (typeof expected !== "object") return found === expected ? "" : told;
  if (typeof found !== "object" || !found) return told;
  if (Array.isArray(expected) && found.length !== expected.length)
    return `: found ${found.length} entries, expected ${expected.length}`;
  for (const key of Object.keys(expected)) {
    const inner = difference(found[key], expected[key], fields[key] ?? within, fields);
    if (inner) return `, ${key}${inner}`;
  }
  return "";
}

/**
 * Take a PNG's address apart: the bytes of each of its chunks, by the PNG specification.
 * @param {string} address
 */
export function chunksOf(address) {
  const bytes = Uint8Array.from(atob(address.replace("data:image/png;base64,", "")), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const chunks = [];
  for (let at = 8; at < bytes.length;) {
    const end = at + 8 + view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({
      name,
      named: bytes.subarray(at + 4, end),
      body: bytes.subarray(at + 8, end),
      check: view.getUint32(end),
    });
    at = end + 4;
  }
  return { signature: [...bytes.subarray(0, 8)], chunks };
}

/**
 * Read an 8-bit grey PNG with unfiltered lines, row by row.
 * @param {string} address
 */
async function picture(address) {
  const { chunks } = chunksOf(address);
  const [header, lines] = ["IHDR", "IDAT"].map(
    (sought) => chunks.find(({ name }) => name === sought)?.body ?? new Uint8Array(),
  );
  const width = new DataView(header.buffer, header.byteOffset).getUint32(0);
  const inflated = new Blob([Uint8Array.from(lines)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = [...new Uint8Array(await new Response(inflated).arrayBuffer())];
  const rows = [];
  for (let at = 0; at < bytes.length; at += width + 1) rows.push(bytes.slice(at + 1, at + 1 + width));
  return rows;
}
