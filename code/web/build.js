/* Called by bookkit/assets/bundle.py: node build.js TARGET. Writes one file for each entry. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const target = process.argv[2];

/** @type {import("esbuild").BuildOptions & { metafile: true }} */
const shared = {
  bundle: true,
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  target: "es2022",
  tsconfigRaw: {}, // ours is for checking alone
  metafile: true,
};
const bundled = new Set(["katex", "@fontsource-variable/source-serif-4"]); // styles and faces

/** @type {Record<string, import("esbuild").Format>} */
const scripts = { "page.js": "iife", "early.js": "iife", "runtime.js": "esm", "kernels.js": "esm", "reader.js": "esm" };

for (const [name, format] of Object.entries(scripts)) {
  if (!existsSync(name)) continue;
  const { metafile } = await build({ ...shared, entryPoints: [name], format, outfile: join(target, name) });
  for (const input of Object.keys(metafile.inputs)) {
    const [, owner] = input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/) ?? [];
    if (owner) bundled.add(owner);
  }
}
await build({
  ...shared,
  entryPoints: ["book.css"],
  outfile: join(target, "book.css"),
  external: ["*.woff2"],
  alias: { "katex.css": join(target, "katex.part.css") },
});

writeFileSync(join(target, "notices.txt"), [...bundled].sort().map(notice).join("\n"));

/**
 * Name a package with its licence's whole text, as the licence asks of those who pass it on.
 * @param {string} name
 */
function notice(name) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|ofl)/i.test(entry));
  if (!file) throw new Error(`${name} comes without its licence's text`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n\n${"=".repeat(80)}\n`;
}
