import { afterEach, beforeEach, expect, test } from "vitest";
import { createChatApi } from "../src/chat/chat-api.ts";
import type { OutgoingMessage } from "../src/chat/chat-session.ts";
import { createOutbox } from "../src/chat/outbox.ts";
import { type ChatServer, startChatServer } from "./chat-server.ts";
import { eventually } from "./eventually.ts";
import { createTurnedClock } from "./turned-clock.ts";

let server: ChatServer;
const stops: (() => void)[] = [];

beforeEach(async () => {
  server = await startChatServer();
});

afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await server.down();
});

/** An outbox with some texts in it. `waiting` are those without an answer yet. */
function outboxWith(...texts: string[]) {
  const clock = createTurnedClock();
  const waiting = texts.map((text): OutgoingMessage => {
    return {
      message: { clientMessageId: `id ${text}`, text },
      label: text,
      timestamp: "",
      status: "sending",
    };
  });
  const accepted: string[] = [];
  const refused: string[] = [];
  const outbox = createOutbox({
    api: createChatApi(new URL(server.chatUrl)),
    clock,
    random: () => 1,
    next: () => waiting[0],
    onAccepted: (id) => accepted.push(waiting.shift() ? id : "nothing"),
    onRefused: (id) => refused.push(waiting.shift() ? id : "nothing"),
  });
  stops.push(outbox.stop);
  outbox.wake();
  return { outbox, clock, waiting, accepted, refused };
}

const posted = () => server.posted.map((message) => ("text" in message ? message.text : "tap"));

test("sends one after the other, in order", async () => {
  const { accepted } = outboxWith("a", "b", "c");

  await eventually(() => expect(accepted).toEqual(["id a", "id b", "id c"]));

  expect(posted()).toEqual(["a", "b", "c"]);
});

test("sends again after failures, waiting twice as long each time, and lets nothing pass meanwhile", async () => {
  server.fail("/messages", 503, 2);
  server.fail("/messages", 429, 1);
  const { clock, accepted } = outboxWith("a", "b");

  for (const wait of [500, 1000, 2000]) {
    await eventually(() => expect(clock.waits()).toEqual([wait]));
    clock.turn(wait);
  }

  await eventually(() => expect(accepted).toEqual(["id a", "id b"]));
});

test("repeats a message whose answer was lost under the same id, so that it is in the log once", async () => {
  server.fail("/messages", 0, 1);
  const { clock, accepted } = outboxWith("a");

  await eventually(() => expect(clock.waits()).toHaveLength(1));
  clock.turn(500);
  await eventually(() => expect(accepted).toEqual(["id a"]));

  expect(posted()).toEqual(["a", "a"]);
  expect(server.log).toHaveLength(1);
});

test("gives up a message that the gateway refuses, and goes on with the next", async () => {
  server.fail("/messages", 400, 1);
  const { accepted, refused } = outboxWith("a", "b");

  await eventually(() => expect(accepted).toEqual(["id b"]));

  expect(refused).toEqual(["id a"]);
});

test("does not wait any longer once the gateway is known to be back", async () => {
  await server.down();
  const { outbox, clock, accepted } = outboxWith("a");
  await eventually(() => expect(clock.waits()).toHaveLength(1));
  await server.up();

  outbox.wake();

  await eventually(() => expect(accepted).toEqual(["id a"]));
});
