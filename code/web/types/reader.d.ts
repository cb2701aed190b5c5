/* What bookkit/reader writes into a page that asks something, and what its reader answers. */
import type { Chart } from "../charts/chart.js";
import type { State } from "./charts.js";

/** An axis of a guess, in its own units. */
export interface Axis {
  low: number;
  high: number;
  log: boolean;
}
export type Point = [x: number, y: number];

/** What all parts of the reader's script get from the page. */
export interface Page {
  chart(name: string): Chart | undefined;
  say(message: string): void;
  stateOf(chart: Chart, wanted: State): State;
  restore(chart: Chart, state: State): Promise<number>;
}
export type Say = Page["say"];

/** An answer, as it is kept on the device: it may hold anything by the time it is read. */
export interface Entry {
  guess?: unknown;
  text?: unknown;
  truth?: unknown;
  words?: unknown;
  why?: unknown;
  when?: unknown;
  right?: unknown;
  skipped?: unknown;
}

interface Asked {
  figure?: string | null;
  param?: string;
}
export interface NumberPrediction extends Asked {
  kind: "number";
  line: Axis;
  truth: number;
  told: string;
  interval: [low: number, high: number] | null;
  unit: string;
  format: string;
  close: number;
}
export interface ChoicePrediction extends Asked {
  kind: "choice";
  truth: number;
}
export interface OrderPrediction extends Asked {
  kind: "order";
  truth: number[];
}
export interface CurvePrediction extends Asked {
  kind: "curve";
  x: Axis;
  y: Axis;
  truth: Point[];
}
export type PredictionSettings = NumberPrediction | ChoicePrediction | OrderPrediction | CurvePrediction;

/** What the form holds: a guess in the guesser's own terms and in words, or what is still missing. */
export type Reading<Guess> = { problem: string } | { problem?: undefined; guess: Guess; text: string };

/** One kind of guess: how it is read off its form, compared and drawn. */
export interface Guesser<Guess = unknown> {
  truthText: string;
  read(): Reading<Guess>;
  check(guess: unknown): boolean;
  param(guess: Guess): unknown;
  words(guess: Guess): string;
  picture(guess: Guess): HTMLElement;
  again?(): void;
}

export interface ChoiceRecall {
  kind: "choice";
  truth: number;
}
export interface NumberRecall {
  kind: "number";
  truth: number;
  near: number;
  unit: string;
  told: string;
}
export type Recall = ChoiceRecall | NumberRecall;
