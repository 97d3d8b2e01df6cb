import { basename, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

/**
 * How many bytes a program loads at first, bundled for a browser by esbuild with all that it imports, minified and compressed
 * (`gzip -9`, each file by itself): its own file and those that it imports statically. What is loaded by `import()` at the call
 * that needs it is not counted, unless its file is named in `later`, such as `is-valid-message.js`.
 */
export async function bundledBytes(
  source: string,
  folder: string,
  later: readonly string[] = [],
): Promise<number> {
  const { outputFiles, metafile } = await bundleForBrowser(source, folder);
  const loaded = loadedFiles(metafile, later);
  return outputFiles
    .filter(({ path }) => loaded.has(path))
    .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).byteLength, 0);
}

/** Bundles a program for a browser; what it loads by `import()` comes to files of its own. Nothing is written. */
export function bundleForBrowser(source: string, folder: string) {
  return build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    // What users have or have not; the client does without.
    external: ["@opentelemetry/api"],
    logLevel: "error",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    metafile: true,
    write: false,
  });
}

/** The paths of the program's own file, of the files of what is loaded later, and of all that these import statically. */
function loadedFiles({ outputs }: Metafile, later: readonly string[]): Set<string> {
  const isFirst = (entryPoint: string) => entryPoint === "<stdin>" || later.includes(basename(entryPoint));
  const pending = Object.keys(outputs).filter((name) => isFirst(outputs[name]?.entryPoint ?? ""));
  if (pending.length !== 1 + later.length) throw new Error(`not all of ${later.join(", ")} is in the bundle`);
  const seen = new Set(pending);
  for (const name of seen) {
    for (const { path, kind } of outputs[name]?.imports ?? []) {
      if (kind === "import-statement" && path in outputs) seen.add(path);
    }
  }
  return new Set([...seen].map((name) => resolve(name)));
}
