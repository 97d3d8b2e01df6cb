import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  advance,
  type ChatAction,
  type ChatSession,
  newSession,
  nextToSend,
} from "../src/chat/chat-session.ts";
import type { ChatMessage, Timeline } from "../src/chat-wire.ts";

const minute = (index: number) => new Date(Date.UTC(2026, 10, 22, 12, index)).toISOString();

function outbound(index: number, status: ChatMessage["status"] = "sent"): ChatMessage {
  return {
    id: `m${index}`,
    direction: "outbound",
    status,
    timestamp: minute(index),
    content: { type: "text", text: `${index}` },
  };
}

function inbound(index: number, clientMessageId: string): ChatMessage {
  return { ...outbound(index, "received"), direction: "inbound", clientMessageId };
}

function timeline(messages: ChatMessage[], hasEarlier = false): Timeline {
  return { contact: { state: "active" }, messages, hasEarlier, cursor: "1" };
}

function textToSend(clientMessageId: string): ChatAction {
  const message = { clientMessageId, text: clientMessageId };
  return {
    type: "send",
    outgoing: { message, label: clientMessageId, timestamp: minute(0), status: "sending" },
  };
}

function after(...actions: ChatAction[]): ChatSession {
  return actions.reduce(advance, newSession([]));
}

const ids = (session: ChatSession) => session.messages.map(({ id }) => id);

/** A log that grows, and a page that reads it in pieces. */
function createReader() {
  const log = [outbound(1), outbound(2)];
  let session = newSession([]);
  let place = 0;
  const position = (id: string | undefined) => log.findIndex((message) => message.id === id);
  const moves = {
    post: (count: number) =>
      log.push(...Array.from({ length: count }, (_, index) => outbound(log.length + 1 + index))),
    events(count: number) {
      const end = Math.min(log.length, place + count);
      for (; place < end; place++) session = advance(session, { type: "message", message: log[place]! });
    },
    /** A stream that begins before the place it ended at. */
    repeat(count: number) {
      place = Math.max(position(session.messages[0]?.id), place - count);
      moves.events(count);
    },
    timeline(count: number) {
      const newest = timeline(log.slice(-count), log.length > count);
      session = advance(session, { type: "timeline", timeline: newest });
      place = log.length;
    },
    earlier(count: number) {
      const before = session.messages[0]?.id ?? "";
      const start = Math.max(0, position(before) - count);
      const earlier = timeline(log.slice(start, position(before)), start > 0);
      session = advance(session, { type: "earlier", before, timeline: earlier });
    },
  };
  moves.timeline(2);
  return { log, moves, position, session: () => session };
}

describe("the messages", () => {
  test("stay a part of the log without a gap, each once and in order, however timelines, events and reconnects come", () => {
    const move = fc.tuple(
      fc.constantFrom(
        "post" as const,
        "events" as const,
        "repeat" as const,
        "timeline" as const,
        "earlier" as const,
      ),
      fc.integer({ min: 1, max: 8 }),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (made) => {
        const { log, moves, position, session } = createReader();
        for (const [name, count] of made) {
          moves[name](count);
          const start = position(session().messages[0]?.id);
          const end = start + session().messages.length;
          expect(ids(session())).toEqual(log.slice(start, end).map(({ id }) => id));
          expect(session().earlier).toBe(start > 0 ? "available" : "none");
        }
        moves.events(log.length);
        expect(ids(session()).at(-1)).toBe(log.at(-1)?.id);
      }),
      { numRuns: 300 },
    );
  });

  test("start anew where a timeline leaves a gap to what was loaded", () => {
    const session = after(
      { type: "timeline", timeline: timeline([outbound(1), outbound(2)]) },
      { type: "timeline", timeline: timeline([outbound(101), outbound(102)], true) },
    );

    expect(ids(session)).toEqual(["m101", "m102"]);
    expect(session.earlier).toBe("available");
  });

  test("do not take an earlier part that was asked for before they started anew", () => {
    const session = after(
      { type: "timeline", timeline: timeline([outbound(50)], true) },
      { type: "earlier-requested" },
      { type: "timeline", timeline: timeline([outbound(200)], true) },
      { type: "earlier", before: "m50", timeline: timeline([outbound(49)], true) },
    );

    expect(ids(session)).toEqual(["m200"]);
    expect(session.earlier).toBe("available");
  });
});

describe("receipts", () => {
  test("never take a status back, in whatever order they are told", () => {
    const told = fc.constantFrom("delivered" as const, "read" as const);
    fc.assert(
      fc.property(fc.array(told, { minLength: 1 }), fc.nat(), (statuses, at) => {
        const events = statuses.map(
          (status): ChatAction => ({ type: "status", status: { messageId: "m1", status } }),
        );
        const message: ChatAction = { type: "message", message: outbound(1) };
        const index = at % (events.length + 1);

        const session = after(...events.slice(0, index), message, ...events.slice(index));

        expect(session.messages[0]?.status).toBe(statuses.includes("read") ? "read" : "delivered");
      }),
    );
  });

  test("count for a message that comes later with an earlier part of the timeline", () => {
    const session = after(
      { type: "timeline", timeline: timeline([outbound(2)], true) },
      { type: "status", status: { messageId: "m1", status: "read" } },
      { type: "earlier", before: "m2", timeline: timeline([outbound(1)]) },
    );

    expect(session.messages[0]?.status).toBe("read");
  });
});

describe("what the customer sends", () => {
  test("shows at once, stays while the gateway has it, and gives way to the log's own copy", () => {
    const sending = after(textToSend("a"));
    const sent = advance(sending, { type: "accepted", clientMessageId: "a", message: inbound(2, "a") });
    const confirmed = [outbound(1), inbound(2, "a")].reduce(
      (session, message) => advance(session, { type: "message", message }),
      sent,
    );

    expect(sending.outgoing.map(({ status }) => status)).toEqual(["sending"]);
    expect(sent.outgoing.map(({ status }) => status)).toEqual(["sent"]);
    expect(confirmed.outgoing).toEqual([]);
    expect(ids(confirmed)).toEqual(["m1", "m2"]);
  });

  test("is there once, whether the answer or the event comes first", () => {
    const event: ChatAction = { type: "message", message: inbound(1, "a") };
    const answer: ChatAction = { type: "accepted", clientMessageId: "a", message: inbound(1, "a") };

    for (const session of [after(textToSend("a"), event, answer), after(textToSend("a"), answer, event)]) {
      expect(ids(session)).toEqual(["m1"]);
      expect(session.outgoing).toEqual([]);
    }
  });

  test("is dropped when its answer tells of a message older than all that is loaded", () => {
    const session = after(
      textToSend("a"),
      { type: "timeline", timeline: timeline([outbound(200)], true) },
      { type: "accepted", clientMessageId: "a", message: inbound(3, "a") },
    );

    expect(session.outgoing).toEqual([]);
  });

  test("goes one at a time; a refused one lets the next pass and goes last when tried again", () => {
    const refused = after(textToSend("a"), textToSend("b"), { type: "refused", clientMessageId: "a" });
    const retried = advance(refused, { type: "retry", clientMessageId: "a" });

    expect(nextToSend(refused)?.message.clientMessageId).toBe("b");
    expect(retried.outgoing.map(({ message }) => message.clientMessageId)).toEqual(["b", "a"]);
    expect(advance(refused, { type: "discard", clientMessageId: "a" }).outgoing).toHaveLength(1);
  });
});

describe("the conversation", () => {
  test("closes, reopens, and is gone for good once deleted", () => {
    const closed = after(
      { type: "timeline", timeline: timeline([]) },
      { type: "state", state: { state: "closed" } },
    );

    expect(closed.contact.state).toBe("closed");
    expect(advance(closed, { type: "state", state: { state: "active" } }).contact.state).toBe("active");
    expect(advance(closed, { type: "state", state: { state: "deleted" } }).phase).toBe("gone");
  });
});
