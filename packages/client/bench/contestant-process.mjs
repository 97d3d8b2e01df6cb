// One contestant in a process of its own. A line `{"atOnce":16,"ms":500}` on its input is answered with a line of figures.
import { createInterface } from "node:readline";

const [, , file, url] = process.argv;
/** @type {{ connect(url: string): () => Promise<unknown> }} */
const { connect } = await import(file ?? "");
const send = connect(url ?? "");

for await (const line of createInterface({ input: process.stdin })) {
  const { atOnce, ms } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await measure(atOnce, ms))}\n`);
}
process.exit();

/**
 * @param {number} atOnce
 * @param {number} ms
 */
async function measure(atOnce, ms) {
  let requests = 0;
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const end = startedAt + ms;
  const work = async () => {
    while (performance.now() < end) {
      await send();
      requests += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { perSecond: requests / seconds, cpuUs: (user + system) / requests };
}
