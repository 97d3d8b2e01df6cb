import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** Builds the pages as they are published, into a folder that is removed again. */
export async function buildPages(): Promise<{ directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "quickcard-pages-"));
  for (const mode of ["pages", "element"])
    await build({
      mode,
      configFile: join(folder, "vite.config.ts"),
      logLevel: "error",
      build: { outDir: directory },
    });
  return { directory, remove: () => rm(directory, { recursive: true }) };
}
