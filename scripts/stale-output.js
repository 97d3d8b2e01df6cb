import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "./repository.js";

const compiled = /\.(d\.ts|js)(\.map)?$/;
const sourceEndings = [".ts", ".tsx"];

/** Removes what was compiled from sources that are gone: the compiler leaves it, and it would be packed. */
export function removeStaleOutput() {
  for (const name of readdirSync(join(root, "packages"))) {
    const dist = join(root, "packages", name, "dist");
    if (!existsSync(dist)) continue;
    for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
      // Neither the pages, built by a tool that empties their folder by itself, nor bundles have a source of their name.
      if (!compiled.test(file) || file.startsWith(`pages${sep}`) || file.endsWith(".bundle.js")) continue;
      const source = join(root, "packages", name, "src", file.replace(compiled, ""));
      if (!sourceEndings.some((ending) => existsSync(source + ending))) rmSync(join(dist, file));
    }
  }
}
