/* What a page asks of its reader: loaded only where a page asks something. */
import { startAnswers } from "./reader/answers.js";
import { startClaimsTable } from "./reader/claims-table.js";
import { startMoving } from "./reader/moving.js";
import { startNotes } from "./reader/notes.js";
import { startPredictions } from "./reader/predict.js";
import { startRecalls } from "./reader/recall.js";
import { startTries } from "./reader/try.js";

/** @param {import("./types/reader.js").Page} page */
export function start(page) {
  startPredictions(page);
  startRecalls(page);
  startMoving(page);
  startTries(page);
  startNotes();
  startAnswers(page);
  startClaimsTable(page);
  document.documentElement.dataset.reader = "ready";
}
