import { afterAll, beforeAll, describe } from "vitest";
import { findPostgres, startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";
import { type LinkedGateway, type LinkedGatewayOptions, startLinkedGateway } from "./start-linked-gateway.ts";

/** Starts a linked gateway on a store. */
export type StartLinked = (options?: LinkedGatewayOptions) => Promise<LinkedGateway>;

/** Runs the tests on SQLite, and on PostgreSQL where its programs are. */
export function describeOnEachStore(tests: (start: StartLinked) => void): void {
  describe("on SQLite", () => tests(startLinkedGateway));
  const programs = findPostgres();
  describe.skipIf(programs === undefined)("on PostgreSQL", () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres(programs ?? "", { fsync: "off" });
    });
    afterAll(() => postgres.stop());
    tests(async (options) => startLinkedGateway({ ...options, database: await postgres.createDatabase() }));
  });
}
