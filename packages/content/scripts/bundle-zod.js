/** Puts what `src/zod.ts` takes of zod into one file, with its licence. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const { name, version } = require("zod/package.json");
const licence = readFileSync(
  new URL("LICENSE", new URL(`file://${require.resolve("zod/package.json")}`)),
  "utf8",
);
const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));

await build({
  entryPoints: [path("../src/zod.ts")],
  outfile: path("../dist/zod.bundle.js"),
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  banner: { js: `/*\nParts of ${name} ${version}\n\n${licence.trim()}\n*/` },
});
