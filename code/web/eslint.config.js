/* What the linter holds the page's scripts to; the types are tsc's business. */
import js from "@eslint/js";
import globals from "globals";

const inNode = ["build.js", "draw.js", "formulas.js", "eslint.config.js", "test/**"];

export default [
  js.configs.recommended,
  { ignores: inNode, languageOptions: { globals: globals.browser } },
  { files: inNode, languageOptions: { globals: globals.node } },
];
