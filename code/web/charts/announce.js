/* A chart may keep a parameter named `announce`: a sentence that says what the reader's
   last change did. It is read out politely, once the reader pauses. */
import { say } from "../say.js";

export function connectAnnouncements({ view }) {
  try {
    view.addSignalListener("announce", (_, sentence) => say(String(sentence)));
  } catch {
    // The chart has nothing to announce.
  }
}
