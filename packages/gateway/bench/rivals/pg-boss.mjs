// Takes jobs from pg-boss in strict order for each contact, for some seconds. Tells how many a second.
import { PgBoss } from "pg-boss";

/** @type {{ url: string, jobs: number, contacts: number, seconds: number, batch: number }} */
const { url, jobs, contacts, seconds, batch } = JSON.parse(process.argv[2] ?? "");
const queue = "messages";
const boss = new PgBoss(url);
boss.on("error", (error) => console.error(error));
await boss.start();
await boss.createQueue(queue, { policy: "key_strict_fifo" });
for (let from = 0; from < jobs; from += 1000) {
  const some = Array.from({ length: Math.min(1000, jobs - from) }, (_, index) => ({
    data: { number: from + index },
    singletonKey: `contact-${(from + index) % contacts}`,
  }));
  await boss.insert(queue, some);
}
await boss.getDb().executeSql("ANALYZE", []);

let done = 0;
const startedAt = performance.now();
const end = startedAt + seconds * 1000;
while (performance.now() < end) {
  const fetched = await boss.fetch(queue, { batchSize: batch });
  if (fetched.length === 0) break;
  await boss.complete(
    queue,
    fetched.map(({ id }) => id),
  );
  done += fetched.length;
}
process.send?.({ perSecond: (done / (performance.now() - startedAt)) * 1000 });
