import { createServer } from "node:http";
import { Pool } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "../../../testing/listen.ts";
import { timelyDispatch } from "../src/channels/timely-dispatch.ts";
import { classifyError } from "../src/delivery/classification.ts";

const asked: string[] = [];
const server = createServer((request, answer) => {
  asked.push(request.url ?? "");
  answer.end("there");
});
let pool: Pool;
beforeAll(async () => {
  const { url } = await listen(server);
  pool = new Pool(url, { connections: 1 });
});
afterAll(async () => {
  await pool.close();
  server.close();
});

const request = (path: string, isTimely: () => boolean) =>
  pool.compose(timelyDispatch(isTimely)).request({ method: "POST", path, body: "{}" });

test("lets a request go whose time is not over, and its answer come", async () => {
  const answer = await request("/in-time", () => true);

  expect([answer.statusCode, await answer.body.text()]).toEqual([200, "there"]);
});

test("keeps back a request that waited for its connection until its time was over, and calls it not sent", async () => {
  let isTimely = true;
  const first = request("/first", () => true);
  const late = request("/late", () => isTimely);
  isTimely = false;
  const [{ body }, refusal] = await Promise.all([first, late.catch((error: unknown) => error)]);
  await body.dump();

  expect(classifyError(refusal)).toMatchObject({ kind: "not-sent" });
  expect(asked).not.toContain("/late");
});
