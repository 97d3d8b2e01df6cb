import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "@quickcard/gateway";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { Store } from "../../src/store/store.ts";

/** A clock that a test can put ahead of the machine's. */
export interface TestClock {
  aheadMs: number;
}

/** One kind of store, for a gateway under test. */
export interface TestStore {
  name: string;
  /** An empty one. `remove` takes away what a closed one leaves behind. */
  open(clock: TestClock): Promise<{ store: Store; remove: () => void }>;
}

const now = (clock: TestClock) => () => Date.now() + clock.aheadMs;

export const memoryStore: TestStore = {
  name: "memory",
  open: async (clock) => ({ store: createMemoryStore(now(clock)), remove: () => {} }),
};

const sqliteStore: TestStore = {
  name: "SQLite",
  async open(clock) {
    const directory = mkdtempSync(join(tmpdir(), "quickcard-channel-"));
    const remove = () => rmSync(directory, { recursive: true, force: true });
    return { store: openSqliteStore(directory, { now: now(clock) }), remove };
  },
};

export const embeddedStores: readonly TestStore[] = [memoryStore, sqliteStore];
