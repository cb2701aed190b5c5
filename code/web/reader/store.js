/* The reader's own answers, kept on this device. Where storage is refused or full they last
   as long as the page. */
import { beside } from "../address.js";

/**
 * @import { Entry } from "../types/reader.js"
 * @typedef {Record<string, Entry>} Entries - by question
 */

const key = () => `answers ${beside("..").pathname}`;

/**
 * @param {unknown} entry
 * @returns {entry is Entry}
 */
const isEntry = (entry) => entry !== null && typeof entry === "object" && !Array.isArray(entry);

/** @type {Entries} */
let memory = {};
let refused = false;

/**
 * Read all answers by question; what is not one is left out.
 * @returns {Entries}
 */
export function all() {
  try {
    const kept = JSON.parse(localStorage.getItem(key()) ?? "{}");
    const good = Object.entries(isEntry(kept) ? kept : {}).filter(([, entry]) => isEntry(entry));
    return { ...Object.fromEntries(good), ...memory };
  } catch {
    return { ...memory };
  }
}

/**
 * @param {string} question
 * @returns {Entry | null}
 */
export const get = (question) => all()[question] ?? null;

/** Tell whether the last answer outlives the page. */
export const isKept = () => !refused;

/**
 * @param {string} question
 * @param {Entry} entry
 */
export function put(question, entry) {
  write({ ...all(), [question]: { ...entry, when: new Date().toISOString().slice(0, 10) } });
}

/**
 * Forget one answer, or all.
 * @param {string} [question]
 */
export function forget(question) {
  const kept = Object.entries(all()).filter(([name]) => question !== undefined && name !== question);
  memory = {};
  write(Object.fromEntries(kept));
}

/** @param {Entries} entries */
function write(entries) {
  try {
    if (Object.keys(entries).length) localStorage.setItem(key(), JSON.stringify(entries));
    else localStorage.removeItem(key());
    memory = {};
    refused = false;
  } catch {
    memory = entries;
    refused = true;
  }
}
