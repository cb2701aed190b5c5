/* One chart on the page: its picture, its live view, its controls and its state. */
import { connectControls } from "./controls.js";
import { fetchText, readSpec } from "./spec.js";
import { addTools } from "./tools.js";
import { applyState, readState } from "./state.js";
import { Picks } from "./picks.js";
import { connectDrag } from "./drag.js";
import { connectPlacing } from "./place.js";
import { connectAnnouncements } from "./announce.js";
import { showTooltip } from "./tooltip.js";

const loads = new Map();
const base = document.querySelector("script[data-page]").src;

/** Fetch a module once. A browser never fetches a failed module again under the same address,
    so another try asks for it under a new one. */
function load(name) {
  const { tries = 0, failed = true } = loads.get(name) ?? {};
  if (failed) {
    const entry = { tries: tries + 1, module: import(new URL(tries ? `${name}?try=${tries}` : name, base)) };
    entry.module.catch(() => (entry.failed = true));
    loads.set(name, Object.assign(entry, { failed: false }));
  }
  return loads.get(name).module;
}

async function loadKernels(engine) {
  const { register } = await load("kernels.js");
  register(engine.expressionFunction);
}

export class Chart {
  constructor(element) {
    this.element = element;
    this.stage = element.querySelector(".chart-stage");
    this.folder = element.dataset.chart;
    this.name = element.id.replace(/-chart$/, "");
    this.pending = null; // a state to restore once live
    this.carried = {}; // values of parameters that have no input
    connectControls(this);
    this.picks = new Picks(this);
    addTools(this);
  }

  /** The layout that fits the column now. */
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

  async spec(layout) {
    this.packed ??= fetchText(`${this.folder}chart.json`);
    this.packed.catch(() => delete this.packed);
    return readSpec(await this.packed, layout);
  }

  /** Draw anew, in the present theme, layout and width, with the state that it had. */
  async redraw() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    this.element.setAttribute("aria-busy", "true");
    try {
      await this.build(turn);
    } finally {
      if (turn === this.turn) this.element.removeAttribute("aria-busy");
    }
  }

  async build(turn) {
    const layout = this.wantedLayout();
    const column = this.element.clientWidth;
    const [engine, spec] = await Promise.all([load("runtime.js"), this.spec(layout)]);
    if (spec.usermeta?.kernels) await loadKernels(engine);
    await breath();
    const state = this.view ? readState(this) : this.pending;
    const box = document.createElement("div");
    box.className = "chart-live";
    const view = engine.createView(spec, box).description(this.description());
    view.tooltip(showTooltip(this));
    if (layout === "narrow") fit(view, spec, this.stage.querySelector("source"), column);
    await breath();
    await view.runAsync();
    if (turn !== this.turn) return view.finalize(); // the theme changed again meanwhile
    this.adopt({ view, box, layout, column, spec, engine });
    this.noteRefused(await applyState(this, state));
  }

  adopt({ view, box, layout, column, spec, engine }) {
    this.view?.finalize();
    this.stage.querySelector(".chart-live")?.remove();
    Object.assign(this, { view, layout, column, engine, plan: spec, meta: spec.usermeta ?? {} });
    this.stage.append(box);
    this.element.dataset.state = "live";
    for (const [name, value] of Object.entries(this.carried)) view.signal(name, value);
    this.controls.attach(view);
    this.picks.attach(view);
    this.tools.attach(view);
    connectDrag(this);
    connectPlacing(this);
    connectAnnouncements(this);
  }

  /** Put a state on the chart as soon as it is live, and say what could not be restored. */
  async restore(state, hurry) {
    this.pending = state;
    if (!this.view) return hurry(this);
    this.noteRefused(await applyState(this, state));
  }

  /** Give a parameter that has no input a value, now and whenever the chart is drawn anew. */
  carry(name, value) {
    this.carried[name] = value;
    this.view?.signal(name, value).runAsync();
  }

  noteRefused(count) {
    if (count) this.note("Part of this link no longer fits the chart and was left out.");
  }

  description() {
    return this.stage.querySelector("img")?.alt ?? "";
  }

  note(message, ...more) {
    const place = this.element.querySelector(".chart-note");
    place.replaceChildren(message, ...more);
  }

  failed(fault) {
    console.info(`Chart ${this.name}: ${fault.message}`);
    this.element.dataset.state = "failed";
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Try again";
    again.addEventListener("click", () => this.start());
    this.note("The live chart did not load; its picture stands. ", again);
  }
}

/** On a phone, let a single plot take the whole column: what its axes take, its picture tells. */
function fit(view, spec, picture, column) {
  if (typeof spec.width !== "number" || spec.layout || !picture) return;
  const around = Number(picture.getAttribute("width")) - spec.width;
  view.width(Math.round(Math.max(160, Math.min(column - around, 460))));
}

/** Let the browser answer the reader between two long steps. */
const breath = () => globalThis.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));
