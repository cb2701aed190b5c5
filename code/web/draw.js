/* Called by bookkit/charts/draw.py: draws the pictures of charts that use the live kernels,
   with the same kernels. Reads a JSON list of Vega specifications, writes a list of SVGs. */
import { expressionFunction } from "vega-functions";
import { parse } from "vega-parser";
import { textMetrics } from "vega-scenegraph";
import { View } from "vega";
import { register } from "./kernels.js";

register(expressionFunction);

// There is no canvas to measure text on: widths of Helvetica's letters, in thousandths of the
// size (Adobe's published font metrics), for the characters from space to tilde.
const WIDTHS =
  "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
    .split(" ")
    .map(Number);
textMetrics.width = ({ fontSize = 11 }, text) =>
  (fontSize / 1000) * [...String(text ?? "")].reduce((sum, c) => sum + (WIDTHS[c.charCodeAt(0) - 32] ?? 556), 0);

/** @param {import("vega").Spec} spec */
async function draw(spec) {
  try {
    const view = new View(parse(spec), { renderer: "none", logLevel: 1 });
    return { svg: await view.toSVG() };
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

let text = "";
for await (const part of process.stdin.setEncoding("utf8")) text += part;
process.stdout.write(JSON.stringify(await Promise.all(JSON.parse(text).map(draw))));
