/* One chart on the page: its picture, its live view, its controls and its state. */
import { dataOf, need } from "../elements.js";
import { Controls } from "./controls.js";
import { load, loadKernels } from "./load.js";
import { fetchText, readSpec } from "./spec.js";
import { addTools } from "./tools.js";
import { applyState, readState } from "./state.js";
import { Picks } from "./picks.js";
import { connectDrag } from "./drag.js";
import { connectPlacing } from "./place.js";
import { connectAnnouncements } from "./announce.js";
import { showTooltip } from "./tooltip.js";

/**
 * @import { View } from "vega"
 * @import { Hurry, Layout, Live, LiveChart, Spec, State } from "../types/charts.js"
 * @import { Placing } from "./place.js"
 */

export class Chart {
  /** @type {View | undefined} */
  view = undefined; // and all else of a live chart: see `adopt`
  /** @type {Layout | undefined} */
  layout = undefined;
  column = 0;
  /** @type {Placing | undefined} */
  placing = undefined;
  /** @type {Promise<void> | undefined} */
  started = undefined;
  /** @type {Promise<string> | undefined} */
  packed = undefined;
  turn = 0;
  /** @type {State | null} */
  pending = null; // a state to restore once live
  /** @type {Record<string, unknown>} */
  carried = {}; // values of parameters that have no input

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.stage = need(element, ".chart-stage", HTMLElement);
    this.folder = dataOf(element, "chart");
    this.name = element.id.replace(/-chart$/, "");
    this.controls = new Controls(this);
    this.picks = new Picks(this);
    this.tools = addTools(this);
  }

  /**
   * Tell whether the chart runs, rather than standing as a picture.
   * @returns {this is LiveChart}
   */
  isLive() {
    return this.view !== undefined;
  }

  /**
   * The layout that fits the column now.
   * @returns {Layout}
   */
  wantedLayout() {
    return this.element.clientWidth < Number(this.element.dataset.wide) - 1 ? "narrow" : "wide";
  }

  /** Whether a chart opened now would be drawn as this one is. */
  fits() {
    return this.layout === this.wantedLayout() && (this.layout === "wide" || this.column === this.element.clientWidth);
  }

  /** Make the chart live; on failure keep the picture and offer to try again. */
  start() {
    this.started ??= this.begin();
    return this.started;
  }

  async begin() {
    try {
      if (this.element.dataset.state === "failed") this.note("");
      await this.redraw();
    } catch (fault) {
      this.started = undefined;
      this.failed(fault);
    }
  }

  /** @param {Layout} layout */
  async spec(layout) {
    this.packed ??= fetchText(`${this.folder}chart.json`);
    this.packed.catch(() => (this.packed = undefined));
    return readSpec(await this.packed, layout);
  }

  /** Draw anew, in the present theme, layout and width, with the state that it had. */
  async redraw() {
    const turn = (this.turn += 1);
    this.element.setAttribute("aria-busy", "true");
    try {
      await this.build(turn);
    } finally {
      if (turn === this.turn) this.element.removeAttribute("aria-busy");
    }
  }

  /** @param {number} turn */
  async build(turn) {
    const layout = this.wantedLayout();
    const column = this.element.clientWidth;
    const [engine, spec] = await Promise.all([load("runtime.js"), this.spec(layout)]);
    if (spec.usermeta?.kernels) await loadKernels(engine);
    await breath();
    const state = this.isLive() ? readState(this) : this.pending;
    const box = document.createElement("div");
    box.className = "chart-live";
    const view = engine.createView(spec, box).description(this.description());
    view.tooltip(showTooltip);
    if (layout === "narrow") fit(view, spec, this.stage.querySelector("source"), column);
    await breath();
    await view.runAsync();
    if (turn !== this.turn) return view.finalize(); // the theme changed again meanwhile
    const live = this.adopt({ view, layout, column, engine, plan: spec, meta: spec.usermeta ?? {} }, box);
    this.noteRefused(await applyState(live, state));
  }

  /**
   * Take over a view that has run in a box of its own.
   * @param {Live} made
   * @param {HTMLElement} box
   */
  adopt(made, box) {
    this.view?.finalize();
    this.stage.querySelector(".chart-live")?.remove();
    const live = Object.assign(this, made);
    this.stage.append(box);
    this.element.dataset.state = "live";
    for (const [name, value] of Object.entries(this.carried)) live.view.signal(name, value);
    this.controls.attach(live.view);
    this.picks.attach(live);
    this.tools.attach(live.view);
    connectDrag(live);
    connectPlacing(live);
    connectAnnouncements(live);
    return live;
  }

  /**
   * Put a state on the chart as soon as it is live, and say what could not be restored.
   * @param {State} state
   * @param {Hurry} hurry
   */
  async restore(state, hurry) {
    this.pending = state;
    if (!this.isLive()) return hurry(this);
    this.noteRefused(await applyState(this, state));
  }

  /**
   * Give a parameter that has no input a value, now and whenever the chart is drawn anew.
   * @param {string} name
   * @param {unknown} value
   */
  carry(name, value) {
    this.carried[name] = value;
    this.view?.signal(name, value).runAsync();
  }

  /** @param {number} count */
  noteRefused(count) {
    if (count) this.note("Part of this link no longer fits the chart and was left out.");
  }

  description() {
    return this.stage.querySelector("img")?.alt ?? "";
  }

  /**
   * Write below the chart.
   * @param {string} message
   * @param {...Node} more
   */
  note(message, ...more) {
    const place = need(this.element, ".chart-note", HTMLElement);
    place.replaceChildren(message, ...more);
  }

  /** @param {unknown} fault */
  failed(fault) {
    console.info(`Chart ${this.name}: ${fault}`);
    this.element.dataset.state = "failed";
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Try again";
    again.addEventListener("click", () => this.start());
    this.note("The live chart did not load; its picture stands. ", again);
  }
}

/**
 * On a phone, let a single plot take the whole column: what its axes take, its picture tells.
 * @param {View} view
 * @param {Spec} spec
 * @param {Element | null} picture
 * @param {number} column
 */
function fit(view, spec, picture, column) {
  if (typeof spec.width !== "number" || spec.layout || !picture) return;
  const around = Number(picture.getAttribute("width")) - spec.width;
  view.width(Math.round(Math.max(160, Math.min(column - around, 460))));
}

/** Let the browser answer the reader between two long steps. */
const breath = () => globalThis.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));
