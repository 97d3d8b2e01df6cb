import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * How many bytes a module comes to, bundled for a browser by esbuild with all that it imports, minified and compressed.
 * `leftOut` is imported by it and not counted.
 */
export async function bundledBytes(
  source: string,
  folder: string,
  leftOut: readonly string[] = [],
): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    // What users have or have not; the client does without.
    external: ["@opentelemetry/api", ...leftOut],
    logLevel: "error",
    write: false,
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).byteLength, 0);
}
