/* The chart engine, trimmed: what Vega-Lite compiles to, and no maps, forces or word clouds.
   Fetched once, when the first chart comes near the viewport. */
import { View } from "vega-view";
import { parse } from "vega-parser";
import { transforms, changeset } from "vega-dataflow";
import * as basic from "vega-transforms";
import * as layout from "vega-view-transforms";
import * as encode from "vega-encode";
import * as regression from "vega-regression";
import { voronoi } from "vega-voronoi"; // nearest=True asks for it
import { expressionFunction } from "vega-functions";
import { expressionInterpreter } from "vega-interpreter";

Object.assign(transforms, basic, layout, encode, regression, { voronoi });

/**
 * Build a view that needs no eval, so that it runs under a strict policy.
 * Its `hover` processing stays off: no chart has hover encodings, and where a pointer comes to a mark in
 * the run in which a control changes the mark's rows, its pulse takes the place of theirs.
 * @param {import("vega").Spec} spec
 * @param {HTMLElement} container
 */
export function createView(spec, container) {
  const flow = parse(spec, {}, { ast: true });
  return new View(flow, {
    expr: expressionInterpreter,
    renderer: "svg",
    container,
    logLevel: 1, // errors only: warnings were read when the book was built
  });
}

export { changeset, expressionFunction };
