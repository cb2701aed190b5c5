/* Called by bookkit/bundle.py: node build.js TARGET. Writes one file for each entry. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const target = process.argv[2];
const shared = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", target: "es2022" };
const scripts = { "page.js": "iife", "early.js": "iife", "runtime.js": "esm", "kernels.js": "esm", "reader.js": "esm" };

for (const [name, format] of Object.entries(scripts)) {
  if (!existsSync(name)) continue;
  await build({ ...shared, entryPoints: [name], format, outfile: join(target, name) });
}
await build({
  ...shared,
  entryPoints: ["book.css"],
  outfile: join(target, "book.css"),
  external: ["*.woff2"],
  alias: { "katex.css": join(target, "katex.part.css") },
});
