// Bundles the explorer and the query page into dist/, each a script and a style sheet, and the licences of what is in them.
import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";

// Libraries that put a <style> into the page at run time would need a weaker Content-Security-Policy; what they would
// put there is in explorer.css.
const withoutInjectedStyles = {
  name: "without-injected-styles",
  setup(bundle) {
    bundle.onLoad({ filter: /(force-graph|float-tooltip)\.mjs$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return { contents: source.replaceAll(/^styleInject\(css_248z\);$/gm, ""), loader: "js" };
    });
  },
};

const { metafile } = await build({
  entryPoints: { explorer: "src/main.ts", query: "src/query.ts" },
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  outdir: "dist",
  legalComments: "none",
  metafile: true,
  loader: { ".css": "css", ".svg": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl", ".eot": "dataurl", ".png": "dataurl" },
  plugins: [withoutInjectedStyles],
});

const packages = new Set(
  Object.keys(metafile.inputs)
    .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter((name) => name !== undefined),
);
const notices = [];
for (const name of [...packages].sort()) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  notices.push(`${name} ${version} (${license})\n\n${file ? await readFile(`${folder}/${file}`, "utf8") : ""}`);
}
await writeFile("dist/LICENSES.txt", notices.join("\n\n----\n\n"));
