/* What is true of the live kernels by itself, whatever the package says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { kernels } from "../kernels.js";
import { mean } from "../kernels/linalg.js";
import { remembered } from "../kernels/memory.js";
import { chunksOf, difference } from "./agreement.js";

const { barStrip, drawLatents, hullCorners, insideHull, nearestLabels, nearestMean, spoiltPictures } = kernels;
const latents = drawLatents(11, 80, 5);
/** @param {ArrayLike<number>} picture */
const sorted = (picture) => Float64Array.from(picture).sort();

for (const moved of [5, 64])
  test(`scrambled pixels change places and no value: ${moved}`, () => {
    const [clean, pictures] = [0, moved].map((pixels) => spoiltPictures(latents, 40, 5, 0, pixels));
    assert.equal(
      difference(
        pictures.map(sorted),
        clean.map((row) => [...sorted(row)]),
        1e-9,
      ),
      "",
    );
    const changed = pictures.map((picture, n) => [...picture.keys()].filter((i) => picture[i] !== clean[n][i]));
    assert.equal(Math.max(...changed.map((places) => places.length)), moved);
    if (moved < 64) assert(new Set(changed.map(String)).size > 1, "the same pixels in every picture");
  });

test("grain has the size asked for", () => {
  const [clean, noisy] = [0, 0.3].map((noise) => spoiltPictures(latents, 80, 2, noise, 0));
  const grain = noisy.flatMap((picture, n) => Array.from(picture, (value, i) => value - clean[n][i]));
  const centre = mean(grain);
  // 5,120 pixels: standard errors are 0.3 / sqrt(10,240) = 0.003 and 0.3 / sqrt(5,120) = 0.0042.
  assert.equal(difference(Math.sqrt(mean(grain.map((value) => (value - centre) ** 2))), 0.3, 0.013), "");
  assert.equal(difference(centre, 0, 0.017), "");
});

test("each chunk of a strip bears its check", () => {
  const { signature, chunks } = chunksOf(barStrip([latents.slice(0, 2)], 16));
  assert.equal(String.fromCharCode(...signature), "\x89PNG\r\n\x1a\n");
  assert.deepEqual(
    chunks.map(({ name }) => name),
    ["IHDR", "IDAT", "IEND"],
  );
  for (const { named, check } of chunks) assert.equal(check, crc32(named));
});

test("a fit is made once for the same values, lists and records of them included", () => {
  let fits = 0;
  const fit = remembered((...settings) => [settings, (fits += 1)], 2);
  const asked = () => fit([[0, 1], [2]], { phases: [3], name: "a" });
  assert.equal(asked(), asked());
  for (const other of [{ phases: [4], name: "a" }, { phases: [3] }, { phases: [3], name: "b" }])
    fit([[0, 1], [2]], other);
  assert.equal(fits, 4);
  asked(); // forgotten, for only two are kept
  assert.equal(fits, 5);
});

test("of equally near ones the first counts", () => {
  assert.equal(nearestMean(0.5, [0, 1], [3, 5], 1), 3);
  assert.deepEqual(nearestLabels([[0.5]], [[0], [1]], ["a", "b"]), ["a"]);
});

test("a hull has its edge, and no corner on a straight line", () => {
  const corners = hullCorners([
    [1, 1],
    [0.5, 0],
    [0, 0],
    [1, 0],
    [0, 1],
  ]);
  assert.deepEqual(corners, [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ]);
  assert(insideHull([0.5, 0], corners));
  assert(!insideHull([0.5, -1e-9], corners));
});
