/* What the part of an address behind its # names. */

/** Read the name, a state behind it left out; none where the address is malformed. */
export function nameIn(hash) {
  try {
    return decodeURIComponent(hash.slice(1).split("?")[0]);
  } catch {
    return "";
  }
}
