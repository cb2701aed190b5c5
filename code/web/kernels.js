/* The live kernels: small models that a chart recomputes while the reader drags.

   Each agrees with the Python package to 1e-9, which `tests/web/test_kernels.py` checks. The same
   functions draw the charts' pictures when the book is built. */
import { gapOnCircle } from "./kernels/circle.js";
import { curveAt, splineWithout } from "./kernels/curves.js";
import { permutePixels, nearestLabels, shareEqual } from "./kernels/digits.js";
import { leastNorm } from "./kernels/least-norm.js";
import { flipLabels, voteAt } from "./kernels/votes.js";
import { kernelMean, kernelRidge, nearestMean, ridge } from "./kernels/regression.js";
import { barImage } from "./kernels/bar.js";
import { hullCorners, insideHull, nearestMixture, shownLatents } from "./kernels/hull.js";
import { crowding, spoiltPictures } from "./kernels/crowd.js";
import { barStrip } from "./kernels/strip.js";
import { ballShare } from "./kernels/ball.js";
import { barAway, mixAway } from "./kernels/away.js";
import { blendGap, blendNeighbours, shuffle, drawBars, drawLatents } from "./kernels/blend.js";
import { coverage, coverError, coverPicture, fieldValues, probes } from "./kernels/cover.js";
import { errorPicture, holeErrors, shareInside } from "./kernels/patchy.js";
import { barProject } from "./kernels/project.js";
import { barFilm } from "./kernels/film.js";
import { mixed } from "./kernels/linalg.js";

const onNumbers = { curveAt, kernelMean, kernelRidge, nearestMean, ridge, ballShare, splineWithout, gapOnCircle };
const onBars = { barImage, barStrip, barAway, mixAway, barProject, barFilm, mixed };
const onHulls = { shownLatents, hullCorners, insideHull, nearestMixture };
const onLabels = { permutePixels, nearestLabels, shareEqual, flipLabels, voteAt, leastNorm };
const onClouds = { spoiltPictures, crowding };
const onBlends = { blendGap, blendNeighbours, shuffle, drawBars, drawLatents };
const onCover = { coverage, coverError, coverPicture, fieldValues, probes };
const onHoles = { errorPicture, holeErrors, shareInside };

export const kernels = {
  ...onNumbers,
  ...onBars,
  ...onHulls,
  ...onLabels,
  ...onClouds,
  ...onBlends,
  ...onCover,
  ...onHoles,
};

/**
 * Make the kernels known to the chart engine's expressions.
 * @param {(name: string, kernel: (...given: never[]) => unknown) => void} expressionFunction the engine's own
 */
export function register(expressionFunction) {
  for (const [name, kernel] of Object.entries(kernels)) expressionFunction(name, kernel);
}
