/* What bookkit/charts writes for a chart, and what a reader sets on one. */
import type { Spec as VegaSpec, View } from "vega";
import type { Chart } from "../charts/chart.js";

export type Axis = "x" | "y";
export type Layout = "wide" | "narrow";

/** A point that can be dragged: for each axis the parameter that it moves. */
export type Handle = Partial<Record<Axis, string>>;

/** A chart on which the reader sets points: the parameter that holds them, and those of its sliders. */
export interface PlacePlan {
  points: string;
  x: string;
  y: string;
  most: number;
}

/** Which rows the chart draws from, and under which headings they are shown. */
export interface TablePlan {
  data: string;
  columns: { field: string; title: string }[];
}

/** What a specification says to the page, not to Vega. */
export interface Meta {
  kernels?: boolean;
  dark?: Record<string, string>;
  tables?: TablePlan[];
  drag?: Handle[];
  place?: PlacePlan;
  plots?: string[];
}

export type Spec = VegaSpec & { usermeta?: Meta };

/** A column as bookkit/charts/pack.py writes it: its values, or its few levels and their places. */
export type Column = unknown[] | { levels: unknown[]; at: number[] };

/** A layout of a packed file: its data and signals may point into the file's tables and values. */
export type PackedLayout = Omit<Spec, "data" | "signals"> & {
  data?: { name: string; values?: unknown; table?: number }[];
  signals?: { name: string; value?: unknown; shared?: number }[];
};

/** A chart's packed file. */
export interface Packed extends Record<Layout, PackedLayout> {
  tables: Record<string, Column>[];
  values: unknown[];
}

/** One row of a Vega-Lite selection's store. */
export interface PickRow {
  unit?: string;
  fields: { field?: string; channel?: string; type?: string }[];
  values: any[]; // a value, or for a brush its two ends: as Vega types signals and data
}

/** What a reader has set: parameters with an input, and selections. A link may hold anything. */
export interface State {
  signals: Record<string, unknown>;
  picks: Record<string, unknown>;
}

/** What a chart has gained once it is live. */
export interface Live {
  view: View;
  layout: Layout;
  column: number;
  engine: typeof import("../runtime.js");
  plan: Spec;
  meta: Meta;
}
export type LiveChart = Chart & Live;

/** Ask for a chart at once. */
export type Hurry = (chart: Chart) => void;

/** A scale of a running chart, where it is one along an axis. */
export interface Scale {
  (value: unknown): number;
  invert(place: number): number;
  range(): number[];
}

declare global {
  interface HTMLElementEventMap {
    control: CustomEvent<{ name: string; value: unknown }>;
  }
}
