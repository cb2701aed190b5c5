/* What the part of an address behind its # names, and where the page's own files lie. */
import { need } from "./elements.js";

/**
 * Read the name, a state behind it left out; none where the address is malformed.
 * @param {string} hash
 */
export function nameIn(hash) {
  try {
    return decodeURIComponent(hash.slice(1).split("?")[0]);
  } catch {
    return "";
  }
}

/**
 * Write the address of a file beside the page's script.
 * @param {string} name
 */
export function beside(name) {
  return new URL(name, need(document, "script[data-page]", HTMLScriptElement).src);
}
