import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interleave } from "../../../testing/bench/interleave.ts";
import { markdownTable } from "../../../testing/bench/markdown-table.ts";
import { median, summary } from "../../../testing/bench/statistics.ts";
import { installPacked } from "../../../testing/install-packed.ts";
import { bundledBytes } from "./bundled-bytes.ts";
import { rivalsFolder } from "./install-rivals.ts";
import { installedTree } from "./installed-tree.ts";

interface Weighed {
  readonly name: string;
  /** Whose `node_modules` has it. */
  readonly folder: string;
  readonly package: string;
  /** What a program imports and keeps: bundled for a browser. Absent where it runs on Node alone. */
  readonly browser?: string;
  /** Files that it loads later and that count too. */
  readonly later?: readonly string[];
}

const sending = `import { OpenMessagingClient } from "@quickcard/client"; globalThis.kept = OpenMessagingClient;`;
const kilobyte = (bytes: number) => (bytes / 1000).toFixed(1);

/** What it costs to install, to import and to ship to a browser. Returns a Markdown table. */
export async function weight(rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "quickcard-weight-"));
  try {
    await installPacked(folder, ["packages/content", "packages/client"], ["undici@7.30.2"]);
    const weighed = contestantsIn(folder);
    const times = await importTimes(weighed, folder, rounds);
    const bareMs = median(times.get("bare Node") ?? []);
    const rows = await Promise.all(
      weighed.map(async ({ name, package: main, folder: from, browser, later }) => {
        const { packages, bytes } = installedTree(from, main);
        const added = (times.get(name) ?? []).map((ms) => ms - bareMs);
        const bundle = browser === undefined ? "–" : kilobyte(await bundledBytes(browser, from, later));
        return [name, packages, (bytes / 1e6).toFixed(1), summary(added, 1), bundle];
      }),
    );
    const bare = kilobyte(await bundledBytes(sending, folder));
    const table = markdownTable(["", "packages", "MB installed", "ms to import", "kB bundled, gzip"], rows);
    const start = summary(times.get("bare Node") ?? [], 1);
    return `${table}\n\nBare Node starts in ${start} ms; the import is what comes on top. Of a bundle counts what a program loads at \
first: its file and those that it imports statically, as esbuild splits them, each compressed by \`gzip -9\`; a kB is 1,000 bytes. With validation, \
which the first message loads, the client comes to the figure above, and without (\`validate: false\`) to ${bare} kB.`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function contestantsIn(folder: string): Weighed[] {
  const rival = (name: string) => ({
    name,
    folder: rivalsFolder,
    package: name,
    browser: `import kept from "${name}"; globalThis.kept = kept;`,
  });
  const nodeOnly = (name: string, from: string) => ({ name, folder: from, package: name });
  return [
    {
      name: "@quickcard/client",
      folder,
      package: "@quickcard/client",
      browser: sending,
      later: ["is-valid-message.js"],
    },
    nodeOnly("undici", folder),
    rival("axios"),
    nodeOnly("got", rivalsFolder),
    rival("ky"),
    rival("purecloud-platform-client-v2"),
  ];
}

/** Milliseconds of whole processes that do nothing but import. */
function importTimes(weighed: readonly Weighed[], folder: string, rounds: number) {
  const nothing = join(folder, "nothing.mjs");
  writeFileSync(nothing, "");
  const candidates = weighed.map(({ name, folder: from, package: main }) => {
    const script = join(from, `node_modules/.import-${name.replaceAll("/", "-")}.mjs`);
    writeFileSync(script, `import "${main}";`);
    return { name, measure: async () => timeToRun(script) };
  });
  const all = [{ name: "bare Node", measure: async () => timeToRun(nothing) }, ...candidates];
  return interleave(all, Math.max(rounds, 11));
}

function timeToRun(script: string): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}
