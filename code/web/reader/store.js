/* The reader's own answers, kept on this device. Where storage is refused or full they last
   as long as the page. */

const key = () => `answers ${new URL("..", document.querySelector("script[data-page]").src).pathname}`;
const isEntry = (entry) => entry !== null && typeof entry === "object" && !Array.isArray(entry);
let memory = {};
let refused = false;

/** Read all answers by question; what is not one is left out. */
export function all() {
  try {
    const kept = JSON.parse(localStorage.getItem(key()) ?? "{}");
    const good = Object.entries(isEntry(kept) ? kept : {}).filter(([, entry]) => isEntry(entry));
    return { ...Object.fromEntries(good), ...memory };
  } catch {
    return { ...memory };
  }
}

export const get = (question) => all()[question] ?? null;

/** Tell whether the last answer outlives the page. */
export const isKept = () => !refused;

export function put(question, entry) {
  write({ ...all(), [question]: { ...entry, when: new Date().toISOString().slice(0, 10) } });
}

/** Forget one answer, or all. */
export function forget(question) {
  const { [question]: _, ...rest } = all();
  memory = {};
  write(question === undefined ? {} : rest);
}

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
