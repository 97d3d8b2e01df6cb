import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";
import type { StorePlace } from "../torture/gateway-fleet.ts";

/** Settings under which PostgreSQL is measured: it flushes every commit to disk, and has some memory. */
const serverSettings = { shared_buffers: "512MB", max_wal_size: "4GB" };

/** Empty stores to measure on, as many as are wanted; all are removed in the end. */
export class BenchStores {
  readonly kinds: readonly StorePlace["kind"][];
  readonly #programs: string | undefined;
  readonly #directories: string[] = [];
  #postgres: Promise<TestPostgres> | undefined;

  constructor(kinds: readonly StorePlace["kind"][], postgresPrograms: string | undefined) {
    this.kinds = kinds;
    this.#programs = postgresPrograms;
  }

  async empty(kind: StorePlace["kind"]): Promise<StorePlace> {
    if (kind === "postgres") return { kind, url: await (await this.postgres()).createDatabase() };
    const directory = mkdtempSync(join(tmpdir(), "quickcard-bench-"));
    this.#directories.push(directory);
    return { kind, directory };
  }

  /** The server, for those who measure something else on it. */
  postgres(): Promise<TestPostgres> {
    if (this.#programs === undefined) throw new Error("there are no PostgreSQL programs");
    this.#postgres ??= startPostgres(this.#programs, serverSettings);
    return this.#postgres;
  }

  async close(): Promise<void> {
    await (await this.#postgres)?.stop();
    for (const directory of this.#directories) rmSync(directory, { recursive: true, force: true });
  }
}
