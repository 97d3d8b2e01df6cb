// Takes jobs from graphile-worker, a named queue for each contact, for some seconds. Tells how many a second.
import { setTimeout as delay } from "node:timers/promises";
import { Logger, run, runMigrations } from "graphile-worker";
import pg from "pg";

/** @type {{ url: string, jobs: number, contacts: number, seconds: number, batch: number }} */
const { url, jobs, contacts, seconds, batch } = JSON.parse(process.argv[2] ?? "");
const logger = new Logger(() => () => undefined);
await runMigrations({ connectionString: url, logger });
const pool = new pg.Pool({ connectionString: url, max: batch + 2 });
await pool.query(
  `SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
     SELECT ROW('send', json_build_object('number', n), 'contact-' || n % $2, NULL, 1, NULL, NULL, NULL)::graphile_worker.job_spec
     FROM generate_series(0, $1 - 1) AS n))`,
  [jobs, contacts],
);
await pool.query("ANALYZE");

let done = 0;
const startedAt = performance.now();
await run({
  pgPool: pool,
  concurrency: batch,
  noHandleSignals: true,
  logger,
  taskList: {
    async send() {
      done += 1;
    },
  },
});
await delay(seconds * 1000);
process.send?.({ perSecond: (done / (performance.now() - startedAt)) * 1000 });
