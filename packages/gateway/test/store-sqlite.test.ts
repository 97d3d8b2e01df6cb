import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { StoreWorld } from "./store-conformance/store-world.ts";
import { describeStore } from "./store-conformance.ts";

async function openEmpty() {
  const directory = mkdtempSync(join(tmpdir(), "quickcard-store-"));
  let now = Date.parse("2026-11-22T12:00:00Z");
  const store = openSqliteStore(directory, { now: () => now });
  return {
    store,
    now: () => now,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
    async close() {
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
}

describeStore("SQLite", openEmpty);

test("a write that fails takes none of those with it that are committed together with it", async () => {
  const opened = await openEmpty();
  const world = new StoreWorld(opened);
  const { id } = await world.contact();
  const changes: string[] = [];
  world.store.onChange((change) => changes.push(change));

  const [before, twice, after] = await Promise.allSettled([
    world.message(id),
    world.contact({ id }),
    world.message(id),
  ]);

  expect([before.status, twice.status, after.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await world.store.listMessages(id, { order: "oldest-first", limit: 10 })).toHaveLength(2);
  expect(changes).toContain("messages");
  await opened.close();
});
