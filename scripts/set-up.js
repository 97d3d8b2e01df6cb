import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withLock } from "./lock.js";
import { requireNodeVersion, root } from "./repository.js";
import { removeStaleOutput } from "./stale-output.js";
import { npmCommand, runStep } from "./step.js";

const lockfile = join(root, "package-lock.json");
const installedLockfile = join(root, "node_modules/.package-lock.json");
const pagesStamp = join(root, "node_modules/.quickcard/pages.sha256");
const pages = join(root, "packages/web/dist/pages");
/** What the pages are made from; the rest of their folder is made from it, or tests it. */
const pageSources = ["packages/web", "packages/content/src", "packages/content/schema", "package-lock.json"];
const notSources = new Set(["dist", "node_modules", "test", "README.md"]);

/** Brings the checkout from whatever state it is in to installed and built. Does nothing twice, and waits for another set-up. */
export async function setUp() {
  requireNodeVersion();
  await withLock(join(root, ".set-up.lock"), async () => {
    if (!isInstalled()) await install();
    await runStep("Compiling", [process.execPath, join(root, "node_modules/typescript/bin/tsc"), "-b"]);
    removeStaleOutput();
    await runStep("Bundling zod", [process.execPath, join(root, "packages/content/scripts/bundle-zod.js")]);
    await buildPages();
  });
}

function install() {
  // The tools are development dependencies, also where NODE_ENV says production.
  const flags = ["--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  return runStep("Installing dependencies (once, up to a minute)", npmCommand("ci", ...flags));
}

/** Whether npm's own note of what it installed holds everything that the lockfile asks for. */
function isInstalled() {
  if (!existsSync(installedLockfile)) return false;
  const installed = JSON.parse(readFileSync(installedLockfile, "utf8")).packages;
  /** @type {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>} */
  const wanted = JSON.parse(readFileSync(lockfile, "utf8")).packages;
  return Object.entries(wanted)
    .filter(([path]) => path.startsWith("node_modules/"))
    .every(([path, { version, integrity, optional, devOptional }]) => {
      const found = installed[path];
      // Builds for other platforms are in the lockfile and never installed.
      if (found === undefined) return optional === true || devOptional === true;
      return found.version === version && found.integrity === integrity;
    });
}

async function buildPages() {
  const digest = digestOf(pageSources);
  const built = existsSync(pagesStamp) && readFileSync(pagesStamp, "utf8") === digest;
  if (built && existsSync(pages)) return;
  await runStep(
    "Building the pages",
    npmCommand("run", "--silent", "build:pages", "--workspace=packages/web"),
  );
  mkdirSync(dirname(pagesStamp), { recursive: true });
  writeFileSync(pagesStamp, digest);
}

/** @param {readonly string[]} paths */
function digestOf(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => [...filesBelow(path)])) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} path
 * @returns {Generator<string>}
 */
function* filesBelow(path) {
  if (statSync(join(root, path)).isFile()) {
    yield path;
    return;
  }
  for (const name of readdirSync(join(root, path)).sort()) {
    if (!notSources.has(name)) yield* filesBelow(`${path}/${name}`);
  }
}
