import { afterAll, beforeAll, describe } from "vitest";
import { findPostgres, startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { describeStore } from "./store-conformance.ts";

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

  describeStore("store", async () => {
    let aheadMs = 0;
    const store = await openPostgresStore(await postgres.createDatabase(fresh), {
      maxConnections: 5,
      clockOffsetMs: () => aheadMs,
    });
    return {
      store,
      now: () => Date.now() + aheadMs,
      advance: (milliseconds) => {
        aheadMs += milliseconds;
      },
      close: () => store.close(),
    };
  });
});
