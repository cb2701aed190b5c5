/* What the page says of an answer: its pure functions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newWords } from "../charts/announce.js";
import { quote } from "../reader/answers.js";
import { compareCurves } from "../reader/curve-words.js";
import { readNumber } from "../reader/recall.js";

const LOG = { x: { low: 10, high: 10_000, log: true }, y: { low: 0.01, high: 1, log: true } };
const PLAIN = { x: { low: 0, high: 10, log: false }, y: { low: -1, high: 1, log: false } };
const NINE = [...Array(9).keys()];
const N = NINE.map((i) => 10 ** (1 + (3 * i) / 8));
const T = NINE.map((i) => (10 * i) / 8);

/**
 * Compare two curves, given as heights at each place.
 * @param {(x: number) => number} drawn
 * @param {(x: number) => number} measured
 * @param {number[]} places
 * @param {typeof LOG} axes
 */
const compare = (drawn, measured, places, axes) => {
  /** @param {(x: number) => number} height */
  const points = (height) => places.map((x) => /** @type {[number, number]} */ ([x, height(x)]));
  return compareCurves(points(drawn), points(measured), axes.x, axes.y);
};

/** @typedef {Record<string, [drawn: (x: number) => number, kind: string, part: string]>} Curves */

/** @param {number} n */
const fall = (n) => 0.9 * (n / 10) ** -0.5; // by a factor of 1000 ** 0.5 = 32 over the axis
/** @type {Curves} */
const onLogs = {
  "the same": [fall, "close", "Close"],
  "as n to the power -0.9": [(n) => fall(n) * (n / 10) ** -0.4, "too steep", "falls by a factor of 500"],
  "as n to the power -0.2": [(n) => fall(n) * (n / 10) ** 0.3, "too shallow", "falls by a factor of 4"],
  level: [() => 0.2, "too shallow", "yours stays about level"],
  "half as high": [(n) => fall(n) / 2, "shifted", "about 2 times too low"],
  rising: [(n) => 0.02 * (n / 10) ** 0.4, "wrong sign", "yours rises by a factor of 16"],
};
for (const [name, [drawn, expected, part]] of Object.entries(onLogs))
  test(`the gap between two curves is named for what it is: ${name}`, () => {
    const { kind, words } = compare(drawn, fall, N, LOG);
    assert.equal(kind, expected, words);
    assert(words.includes(part), words);
    assert(kind === "shifted" || words.includes("the measured curve falls by a factor of 32"), words);
  });

/** @param {number} t */
const straight = (t) => -0.5 + 0.1 * t; // rises by 1 from left to right
/** @type {Curves} */
const onPlain = {
  "the same": [straight, "close", ""],
  lifted: [(t) => straight(t) + 0.3, "shifted", "about 0.3 too high"],
  "twice as steep": [(t) => 2 * straight(t), "too steep", "yours rises by 2"],
  "a third as steep": [(t) => straight(t) / 3, "too shallow", "the measured curve rises by 1"],
  falling: [(t) => -straight(t), "wrong sign", "yours falls by 1"],
  bent: [(t) => straight(t) + 0.3 * Math.sin(1.3 * t), "another shape", "furthest apart near"],
};
for (const [name, [drawn, expected, part]] of Object.entries(onPlain))
  test(`on plain axes gaps are told in the axis' own units: ${name}`, () => {
    const { kind, words } = compare(drawn, straight, T, PLAIN);
    assert.equal(kind, expected, words);
    assert(words.includes(part), words);
  });

test("a level truth has no sign to get wrong", () => {
  /** @param {(t: number) => number} drawn */
  const kind = (drawn) => compare(drawn, () => 0, T, PLAIN).kind;
  assert.equal(
    kind((t) => 0.4 - 0.08 * t),
    "too steep",
  );
  assert.equal(
    kind(() => 0.4),
    "shifted",
  );
});

const numbers = { 0.5: 0.5, " -3 ": -3, "\u22123": -3, "0,5": 0.5, "10,000": 1e4, "12 px": 12, "1e3": 1e3 };
for (const [text, number] of Object.entries(numbers))
  test(`numbers are read as people write them: ${text}`, () => assert.equal(readNumber(text), number));

for (const text of ["", "about five", ".", "-"])
  test(`what is no number is none: "${text}"`, () => assert.equal(readNumber(text), NaN));

const cells = { plain: "plain", 'a "b"': '"a ""b"""', "a,b": '"a,b"', "=1+1": "'=1+1", "-3.5": "-3.5" };
for (const [text, cell] of Object.entries(cells))
  test(`a saved cell is quoted and never a formula: ${text}`, () => assert.equal(quote(text), cell));

test("of a picture's words the new ones are read out once, and bare numbers are not", () => {
  const before = ["noise 0: reads 2.0", "noise alone", "0.33"];
  const after = ["noise 0.1: reads 16", "noise 0.1: reads 16", "noise alone", "0.31", "✗ 6"];
  assert.equal(newWords(before, after), "noise 0.1: reads 16");
});
