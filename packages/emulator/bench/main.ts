import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Pool } from "undici";
import { machine } from "../../../testing/bench/machine.ts";
import { median, summary } from "../../../testing/bench/statistics.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    messages: { type: "string", default: "10000" },
  },
});
const rounds = Number(values.rounds);
const messages = Number(values.messages);

/** Enough to keep one server busy. */
const connections = 32;
const customers = 200;

interface Target {
  url: string;
  path: string;
  authorization: string;
}

const folder = mkdtempSync(join(tmpdir(), "quickcard-bench-emulator-"));
const processes: ChildProcess[] = [];
try {
  console.log(`${machine()}. Medians; the least and the most in brackets.`);
  measureStart();
  await measureMessages();
} finally {
  for (const child of processes) child.kill();
  rmSync(folder, { recursive: true });
}

function measureStart(): void {
  const nothing = join(folder, "nothing.mjs");
  writeFileSync(nothing, "");
  const baseline: number[] = [];
  const candidate: number[] = [];
  // The first of each only warms the file cache.
  for (let round = 0; round <= rounds * 2; round += 1) {
    const pair = [timeToRun([nothing]), timeToRun(programOf("start-process.js"))] as const;
    if (round === 0) continue;
    baseline.push(pair[0]);
    candidate.push(pair[1]);
  }
  console.log(
    `\nStart, until the emulator answers: ${summary(candidate)} ms; bare Node: ${summary(baseline)} ms`,
  );
}

async function measureMessages(): Promise<void> {
  const targets = {
    "bare Node HTTP server": await start("bare-process.js"),
    emulator: await start("emulator-process.js"),
    "emulator on a file": await start("emulator-process.js", join(folder, "state.jsonl")),
  };
  const rates: Record<string, number[]> = {};
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, target] of Object.entries(targets)) {
      const rate = await load(target, round);
      if (round > 0) rates[name] = [...(rates[name] ?? []), rate];
    }
  console.log(`\nInbound messages, ${connections} connections, ${rounds} rounds of ${messages} in turn`);
  const baseline = median(rates["bare Node HTTP server"] ?? []);
  for (const [name, measured] of Object.entries(rates))
    console.log(
      `  ${name}: ${summary(measured)} a second, ratio ${(median(measured) / baseline).toFixed(2)}`,
    );
}

/** Runs the built package, as its users do. */
function programOf(name: string): string[] {
  return [fileURLToPath(new URL(name, import.meta.url))];
}

async function start(name: string, ...words: string[]): Promise<Target> {
  const child = spawn(process.execPath, [...programOf(name), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  processes.push(child);
  const [line] = await once(createInterface(child.stdout), "line");
  return JSON.parse(String(line)) as Target;
}

async function load({ url, path, authorization }: Target, round: number): Promise<number> {
  const pool = new Pool(url, { connections });
  const startedAt = performance.now();
  let next = 0;
  const work = async () => {
    for (let number = next++; number < messages; number = next++) {
      const { statusCode, body } = await pool.request({
        method: "POST",
        path,
        headers: { authorization, "content-type": "application/json" },
        body: bodyOf(number, round),
      });
      await body.text();
      if (statusCode !== 200) throw new Error(`answered with ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return messages / seconds;
}

function bodyOf(number: number, round: number): string {
  return JSON.stringify({
    channel: {
      messageId: `message-${round}-${number}`,
      from: { id: `customer-${number % customers}`, idType: "Opaque", nickname: "Bob" },
      time: "2026-01-01T00:00:00.000Z",
    },
    text: "Hello, is my order on its way? I have been waiting for a week.",
  });
}

function timeToRun(words: readonly string[]): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...words], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}
