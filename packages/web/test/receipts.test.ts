import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createChatApi } from "../src/chat/chat-api.ts";
import { batches, createReceipts } from "../src/chat/receipts.ts";
import { type ChatServer, startChatServer } from "./chat-server.ts";
import { eventually } from "./eventually.ts";
import { createTurnedClock } from "./turned-clock.ts";

let server: ChatServer;

beforeEach(async () => {
  server = await startChatServer();
});

afterEach(() => server.down());

function startReceipts() {
  const clock = createTurnedClock();
  const receipts = createReceipts({ api: createChatApi(new URL(server.chatUrl)), clock, random: () => 1 });
  return { clock, receipts };
}

test("are gathered for a moment; what was read is not also told as delivered", async () => {
  const { clock, receipts } = startReceipts();
  receipts.note("m1", "delivered");
  receipts.note("m2", "delivered");
  receipts.note("m1", "read");

  clock.turn(300);

  await eventually(() =>
    expect(server.receipts).toEqual([
      { status: "delivered", messageIds: ["m2"] },
      { status: "read", messageIds: ["m1"] },
    ]),
  );
});

test("are told once, and again only where the gateway did not answer", async () => {
  server.fail("/receipts", 503, 1);
  const { clock, receipts } = startReceipts();
  receipts.note("m1", "read");
  clock.turn(300);
  await eventually(() => expect(clock.waits()).toEqual([500]));
  clock.turn(500);
  await eventually(() => expect(server.receipts).toHaveLength(1));

  receipts.note("m1", "read");
  receipts.note("m1", "delivered");

  expect(clock.waits()).toEqual([]);
});

test("are told at once when the page is left", async () => {
  const { receipts } = startReceipts();
  receipts.note("m1", "read");

  receipts.flush();

  await eventually(() => expect(server.receipts).toHaveLength(1));
});

test("come in pieces of at most 100, each message in one of them", () => {
  const facts = fc.array(fc.tuple(fc.uuid(), fc.constantFrom("delivered" as const, "read" as const)), {
    maxLength: 350,
  });
  fc.assert(
    fc.property(facts, (pairs) => {
      const waiting = new Map(pairs);
      const told = batches(waiting).flatMap(({ status, messageIds }) =>
        messageIds.map((id) => [id, status] as const),
      );

      expect(new Map(told)).toEqual(waiting);
      expect(told).toHaveLength(waiting.size);
      for (const { messageIds } of batches(waiting)) expect(messageIds.length).toBeLessThanOrEqual(100);
    }),
    { numRuns: 30 },
  );
});
