import { afterAll, beforeAll, describe } from "vitest";
import { findPostgres, startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import * as cases from "./channel-conformance/channel-cases.ts";
import { describeChannel } from "./channel-conformance/channel-conformance.ts";
import type { TestStore } from "./channel-conformance/test-stores.ts";

const programs = findPostgres();

describe.skipIf(programs === undefined)("PostgreSQL", () => {
  let postgres: TestPostgres;
  let fresh: string;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "", { fsync: "off" });
    fresh = await postgres.createDatabase();
    await (await openPostgresStore(fresh)).close();
  });
  afterAll(() => postgres.stop());

  const store: TestStore = {
    name: "PostgreSQL",
    async open(clock) {
      const url = await postgres.createDatabase(fresh);
      const clockOffsetMs = () => clock.aheadMs;
      return { store: await openPostgresStore(url, { maxConnections: 5, clockOffsetMs }), remove: () => {} };
    },
  };

  // One adapter in full; of the others what only they ask of the store.
  const { whatsAppCase, ...others } = cases;
  describeChannel(whatsAppCase, [store]);
  for (const other of Object.values(others)) {
    describeChannel(other, [store], ["several parts"]);
  }
});
