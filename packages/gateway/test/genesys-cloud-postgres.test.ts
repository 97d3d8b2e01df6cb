import { serve } from "@quickcard/gateway";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";
import { meetCustomer, untilShown } from "./meet-customer.ts";
import { startLinkedGateway } from "./start-linked-gateway.ts";

const programs = findPostgres();

describe.skipIf(programs === undefined)("on PostgreSQL", () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "", { fsync: "off" });
  });
  afterAll(() => postgres.stop());

  test("an agent who types is seen on the pages of every gateway, also of one without the link", async () => {
    const database = await postgres.createDatabase();
    await using linked = await startLinkedGateway({ database });
    const { customer, conversationId } = await meetCustomer(linked);
    const other = await serve({ host: "127.0.0.1", port: 0, database, logger: pino({ level: "silent" }) });
    try {
      const page = customer.chatUrl.replace(linked.client.baseUrl, other.url);
      const enough = new AbortController();
      const { body } = await fetch(`${page}/events?after=0`, { signal: enough.signal });
      let heard = "";
      const reading = body?.pipeThrough(new TextDecoderStream()).pipeTo(
        new WritableStream({
          write(chunk) {
            heard += chunk;
          },
        }),
      );

      await waitUntil(async () => {
        linked.agent.typing(conversationId, 3000);
        return heard.includes("event: typing");
      });

      enough.abort();
      await reading?.catch(() => undefined);
      expect(heard).toContain('event: typing\ndata: {"durationMs":3000}\n\n');
    } finally {
      await other.close();
    }
  });

  test("with PostgreSQL stopped each webhook is answered with 2xx, and shown in order once it is back", async () => {
    await using linked = await startLinkedGateway({ database: await postgres.createDatabase() });
    const { agent, emulator } = linked;
    const { customer, conversationId } = await meetCustomer(linked);
    const words = Array.from({ length: 20 }, (_, n) => `message ${n}`);
    const answers = () =>
      emulator.wireLog.after(0).flatMap(({ kind, status }) => (kind === "webhook" ? [status] : []));

    await postgres.halt("fast");
    for (const text of words) agent.send(conversationId, text);
    await waitUntil(async () => answers().length >= words.length);
    await postgres.start();

    const shown = await untilShown(customer, words.length);
    expect(shown.map(({ content }) => "text" in content && content.text)).toEqual(words);
    expect(answers()).toEqual(words.map(() => 200));
  });
});
