/* Vega types its whole and not its packages, of which the runtime takes only some. */

declare module "vega-view" {
  export { View } from "vega-typings";
}
declare module "vega-parser" {
  export { parse } from "vega-typings";
}
declare module "vega-dataflow" {
  export { changeset, transforms } from "vega-typings";
}
declare module "vega-functions" {
  export { expressionFunction } from "vega-typings";
}
declare module "vega-scenegraph" {
  export const textMetrics: { width(item: { fontSize?: number }, text: unknown): number };
}
declare module "vega-voronoi" {
  export const voronoi: import("vega-typings").Transform;
}
declare module "vega-transforms" {}
declare module "vega-view-transforms" {}
declare module "vega-encode" {}
declare module "vega-regression" {}
