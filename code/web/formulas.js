/* Called by bookkit/site/formulas.py: sets formulas from standard input, one JSON list. */
import katex from "katex";

/** @param {{ tex: string, display: boolean }} formula */
const set = ({ tex, display }) => {
  try {
    return { html: katex.renderToString(tex, { displayMode: display, strict: "error", trust: false }) };
  } catch (fault) {
    return { fault: /** @type {Error} */ (fault).message.replace(/^KaTeX parse error: /, "") };
  }
};

let text = "";
for await (const part of process.stdin.setEncoding("utf8")) text += part;
process.stdout.write(JSON.stringify(JSON.parse(text).map(set)));
