/* Each live kernel says what the package says, in the cases that Python writes (tests/web/cases). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { kernels } from "../kernels.js";
import { difference, disagreement } from "./agreement.js";

const file = process.env.BOOK_CASES; // what Python has written; without it only this file's own tests run
/** @type {import("./agreement.js").Case[]} */
const cases = file ? JSON.parse(readFileSync(file, "utf8")) : [];

for (const asked of cases)
  test(asked.name, async () => {
    const home = asked.module ? await import(`../${asked.module}`) : kernels;
    const wrong = await disagreement(home[asked.function], asked);
    assert(!wrong, wrong);
  });

test("every live kernel has a case", { skip: !file }, () => {
  const asked = new Set(cases.filter(({ module }) => !module).map((one) => one.function));
  assert.deepEqual(
    Object.keys(kernels).filter((name) => !asked.has(name)),
    [],
  );
});

const parted = {
  "a number that is too far off": [0.5, 0.6, ": found 0.5, expected 0.6"],
  "no number": [NaN, 0, ": found NaN, expected 0"],
  "a list that is too short": [[1, 2], [1, 2, 3], ": found 2 entries, expected 3"],
  "an entry": [new Float64Array([1, 3]), [1, 2], ", 1: found 3, expected 2"],
  "a field that is missing": [{ b: 1 }, { a: 1 }, ", a: found undefined, expected 1"],
  "a word for a number": [["1"], [1], ", 0: found 1, expected 1"],
  "a truth": [{ inside: true }, { inside: false }, ", inside: found true, expected false"],
};
for (const [name, [found, expected, told]] of Object.entries(parted))
  test(`what parts from the package is told: ${name}`, () => {
    assert.equal(difference(found, expected, 1e-9), told);
  });

test("what is near enough agrees, and fields that nobody asks for are free", () => {
  assert.equal(difference({ a: [1 + 1e-10], b: 2 }, { a: [1] }, 1e-9), "");
  assert.equal(difference({ a: [1.1] }, { a: [1] }, 1e-9, { a: 0.2 }), "");
  assert.equal(difference({ a: [1.3] }, { a: [1] }, 1e-9, { a: 0.2 }), ", a, 0: found 1.3, expected 1");
});
