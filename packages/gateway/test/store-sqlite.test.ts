import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { describeStore } from "./store-conformance.ts";

describeStore("SQLite", async () => {
  const directory = mkdtempSync(join(tmpdir(), "quickcard-store-"));
  let now = Date.parse("2026-11-22T12:00:00Z");
  const store = openSqliteStore(directory, { now: () => now });
  return {
    store,
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    async close() {
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
});
