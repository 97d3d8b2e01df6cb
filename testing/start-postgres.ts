import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { freePort } from "./free-port.ts";

/** A PostgreSQL of its own, on 127.0.0.1 and in a folder that goes with it. */
export interface TestPostgres {
  /** Of the database `postgres`, for a superuser. */
  url: string;
  port: number;
  /** Makes a database, empty or as the one of that URL that nobody is connected to, and tells its URL. */
  createDatabase(template?: string): Promise<string>;
  /** Runs a statement as a superuser, in the database `postgres`. */
  run(sql: string): Promise<pg.QueryResult>;
  /** `immediate`: as after a loss of power. `fast`: connections are ended, then all is written. */
  restart(mode: keyof typeof stopSignals): Promise<void>;
  /** Stops it as after a loss of power, without removing it: `start` recovers. */
  halt(mode: keyof typeof stopSignals): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

const stopSignals = { immediate: "SIGQUIT", fast: "SIGINT" } as const;

/**
 * The folder of PostgreSQL's programs, from `POSTGRES_BIN`, Debian's place or the path.
 * Where there is none the reason is printed and `undefined` returned, so that a test can skip; in CI that is an error.
 */
export function findPostgres(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
  const onPath = (process.env.PATH ?? "").split(delimiter);
  const places = [
    process.env.POSTGRES_BIN,
    ...newestFirst.map((name) => join(debian, name, "bin")),
    ...onPath,
  ];
  const found = places.find((place) => place && existsSync(join(place, "initdb")));
  if (found) return found;
  const reason = "no PostgreSQL found: install Debian's package postgresql, or set POSTGRES_BIN";
  if (process.env.CI) throw new Error(reason);
  console.warn(`skipped: ${reason}`);
  return undefined;
}

/** Starts a server with the programs of a folder. It flushes to disk as a real one does, unless `settings` say otherwise. */
export async function startPostgres(
  programs: string,
  settings: Record<string, string> = {},
): Promise<TestPostgres> {
  const directory = mkdtempSync(join(tmpdir(), "quickcard-postgres-"));
  const owner = serverUser();
  if (owner) chownSync(directory, owner.uid, owner.gid);
  const data = join(directory, "data");
  const create = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"];
  execFileSync(join(programs, "initdb"), create, { ...owner, cwd: directory, stdio: "pipe" });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const options = { listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings };
  const flags = Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

  let server: ChildProcess | undefined;
  const endWithThisProcess = () => server?.kill("SIGQUIT");
  process.once("exit", endWithThisProcess);
  const start = async () => {
    server = spawn(join(programs, "postgres"), ["-D", data, "-p", String(port), ...flags], {
      ...owner,
      cwd: directory,
      stdio: ["ignore", "ignore", process.env.POSTGRES_LOG ? "inherit" : "ignore"],
    });
    await untilReady(url, server);
  };
  const halt = async (mode: keyof typeof stopSignals) => {
    if (!server || server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill(stopSignals[mode]);
    await ended;
  };
  let databases = 0;
  const run = (sql: string) => runOnce(url, sql);

  await start();
  return {
    url,
    port,
    run,
    async createDatabase(template) {
      databases += 1;
      const name = `test_${databases}`;
      const from = template === undefined ? "" : `TEMPLATE ${new URL(template).pathname.slice(1)}`;
      await run(`CREATE DATABASE ${name} ${from}`);
      return url.replace(/postgres$/, name);
    },
    async restart(mode) {
      await halt(mode);
      await start();
    },
    halt,
    start,
    async stop() {
      await halt("immediate");
      process.off("exit", endWithThisProcess);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: there it is given another user. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const name = spawnSync("id", ["-u", "postgres"]).status === 0 ? "postgres" : "nobody";
  const id = (flag: string) => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null)
      throw new Error(`postgres ended with ${server.exitCode}; set POSTGRES_LOG=1 to see why`);
    const answer = await runOnce(url, "SELECT 1").catch(() => undefined);
    if (answer) return;
    await delay(50);
  }
  throw new Error("postgres did not become ready within 30 seconds");
}

async function runOnce(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}
