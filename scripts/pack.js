import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./repository.js";
import { npmCommand, runStep } from "./step.js";

/**
 * @typedef {object} PackedPackage
 * @property {string} name
 * @property {string} tarball The path of the tarball, as npm would publish it.
 * @property {string[]} files The paths inside it.
 */

/**
 * Packs packages of the workspace as they would be published. They must be built.
 * @param {string} destination The folder for the tarballs.
 * @param {readonly string[]} [folders] Such as `packages/client`; every package unless told.
 * @returns {Promise<PackedPackage[]>}
 */
export async function pack(destination, folders = workspaceFolders()) {
  const workspaces = folders.map((folder) => `--workspace=${folder}`);
  const output = await runStep(
    "Packing",
    npmCommand(
      "pack",
      "--silent",
      "--json",
      "--ignore-scripts",
      `--pack-destination=${destination}`,
      ...workspaces,
    ),
  );
  /** @type {{ name: string, filename: string, files: { path: string }[] }[]} */
  const packed = JSON.parse(output);
  return packed.map(({ name, filename, files }) => ({
    name,
    tarball: join(destination, filename),
    files: files.map(({ path }) => path),
  }));
}

/** @returns {string[]} */
function workspaceFolders() {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).workspaces;
}
