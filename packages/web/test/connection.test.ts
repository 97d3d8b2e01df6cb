import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createChatApi } from "../src/chat/chat-api.ts";
import { advance, newSession } from "../src/chat/chat-session.ts";
import { openConnection } from "../src/chat/connection.ts";
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

function connect() {
  const clock = createTurnedClock();
  const page = { session: newSession([]), clock, timelines: 0 };
  const take = (action: Parameters<typeof advance>[1]) => {
    page.session = advance(page.session, action);
  };
  const connection = openConnection({
    api: createChatApi(new URL(server.chatUrl)),
    clock,
    random: () => 1,
    onTimeline(timeline) {
      page.timelines += 1;
      take({ type: "timeline", timeline });
    },
    onEvent: (event) => void (event.type !== "typing" && take(event)),
    onConnected: () => take({ type: "connected" }),
    onDisconnected: () => take({ type: "disconnected" }),
    onGone: () => take({ type: "gone" }),
  });
  stops.push(connection.stop);
  return { page, connection };
}

type Page = ReturnType<typeof connect>["page"];

const text = (words: string) => ({ type: "text", text: words });
const ids = (page: Page) => page.session.messages.map(({ id }) => id);
const isConnected = (page: Page) => eventually(() => expect(page.session.isConnected).toBe(true));
const isLost = (page: Page) => eventually(() => expect(page.session.isConnected).toBe(false));

test("starts from the timeline and follows what comes", async () => {
  server.send(text("before"));
  const { page } = connect();
  await isConnected(page);

  server.send(text("after"));

  await eventually(() => expect(ids(page)).toEqual(["m1", "m2"]));
});

test("catches up after a restart without reading the timeline again", async () => {
  const { page, connection } = connect();
  await isConnected(page);
  server.send(text("one"));
  await eventually(() => expect(ids(page)).toEqual(["m1"]));
  await server.down();
  await isLost(page);
  server.send(text("two"));
  server.send(text("three"));
  await server.up();

  connection.wake();

  await eventually(() => expect(ids(page)).toEqual(["m1", "m2", "m3"]));
  expect(page.timelines).toBe(1);
});

test("waits twice as long after each failure, at most 30 s, and from the beginning after a steady stream", async () => {
  await server.down();
  const { page } = connect();
  for (const wait of [500, 1000, 2000, 4000, 8000, 16_000]) {
    await eventually(() => expect(page.clock.waits()).toEqual([wait]));
    page.clock.turn(wait);
  }
  await eventually(() => expect(page.clock.waits()).toEqual([30_000]));
  await server.up();
  page.clock.turn(30_000);
  await isConnected(page);
  page.clock.turn(5000);

  await server.down();

  await isLost(page);
  await eventually(() => expect(page.clock.waits()).toContain(500));
  await server.up();
});

test("opens a stream anew that has been silent for 45 s", async () => {
  const { page } = connect();
  await isConnected(page);

  page.clock.turn(45_000);

  await isLost(page);
  page.clock.turn(500);
  await isConnected(page);
});

test("starts anew where the gateway no longer knows the place in its log", async () => {
  const { page, connection } = connect();
  await isConnected(page);
  server.fail("/events", 400, 1);
  await server.down();
  await isLost(page);
  server.send(text("missed"));
  await server.up();

  for (let attempt = 0; attempt < 2; attempt++) {
    await eventually(() => expect(page.clock.waits()).toHaveLength(1));
    connection.wake();
  }

  await eventually(() => expect(ids(page)).toEqual(["m1"]));
  expect(page.timelines).toBe(2);
});

describe("a chat that does not exist", () => {
  test("is gone, and asked for no more", async () => {
    server.setState("deleted");
    const { page } = connect();

    await eventually(() => expect(page.session.phase).toBe("gone"));

    expect(page.clock.waits()).toEqual([]);
  });

  test("is gone in the moment in which it is deleted", async () => {
    const { page } = connect();
    await isConnected(page);

    server.setState("deleted");

    await eventually(() => expect(page.session.phase).toBe("gone"));
  });
});

test("events that this page does not know, and broken ones, do no harm", async () => {
  const { page } = connect();
  await isConnected(page);

  server.tellRaw(
    'event: hologram\ndata: {}\n\nevent: message\ndata: {not json\n\nevent: message\ndata: {"id":7}\n\n',
  );
  server.send(text("after"));

  await eventually(() => expect(ids(page)).toEqual(["m1"]));
});
