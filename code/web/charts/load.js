/* The chart engine and the live kernels, fetched when the first chart needs them. */
import { beside } from "../address.js";

/**
 * @typedef {{ "runtime.js": typeof import("../runtime.js"), "kernels.js": typeof import("../kernels.js") }} Modules
 * @typedef {{ tries: number, failed: boolean, module: Promise<any> }} Load
 */

/** @type {Map<string, Load>} */
const loads = new Map();

/**
 * Fetch a module once. A browser never fetches a failed module again under the same address,
 * so another try asks for it under a new one.
 * @template {keyof Modules} Name
 * @param {Name} name
 * @returns {Promise<Modules[Name]>}
 */
export function load(name) {
  const last = loads.get(name);
  if (last && !last.failed) return last.module;
  const tries = last?.tries ?? 0;
  const module = import(beside(tries ? `${name}?try=${tries}` : name).href);
  const entry = { tries: tries + 1, failed: false, module };
  module.catch(() => (entry.failed = true));
  loads.set(name, entry);
  return module;
}

/**
 * Fetch the kernels, and make them known to the engine.
 * @param {Modules["runtime.js"]} engine
 */
export async function loadKernels(engine) {
  const { register } = await load("kernels.js");
  register(engine.expressionFunction);
}
