import { describe, expect, test } from "vitest";
import { dayLabel, timeLabel } from "../src/chat/chat-dates.ts";
import { advance, type ChatAction, newSession } from "../src/chat/chat-session.ts";
import { type MessageItem, tapKey, tapsUnderway, transcriptOf } from "../src/chat/transcript.ts";
import type { ChatMessage, Timeline } from "../src/chat-wire.ts";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();
const menu = { type: "quick-reply" as const, title: "?", choices: [{ label: "Billing", value: "billing" }] };

function message(id: string, more: Partial<ChatMessage> = {}): ChatMessage {
  const content = { type: "text" as const, text: id };
  return { id, direction: "outbound", status: "read", timestamp: at(22, 12), content, ...more };
}

function own(id: string, more: Partial<ChatMessage> = {}): ChatMessage {
  return message(id, { direction: "inbound", status: "received", clientMessageId: `c-${id}`, ...more });
}

function tap(id: string, kind: "quick-reply" | "postback"): ChatMessage {
  return own(id, { content: { type: "tap", kind, label: "Billing", messageId: "menu", choice: 0 } });
}

function shown(
  messages: ChatMessage[],
  more: ChatAction[] = [],
  state: Timeline["contact"]["state"] = "active",
) {
  const timeline: Timeline = { contact: { state }, messages, hasEarlier: false, cursor: "1" };
  return transcriptOf(
    [{ type: "timeline", timeline } as ChatAction, ...more].reduce(advance, newSession([])),
    (messageId) => `https://gateway.test/chat/T/pictures/${messageId}`,
  );
}

function messagesOf(items: ReturnType<typeof transcriptOf>): MessageItem[] {
  return items.filter((item) => item.kind === "message");
}

function sending(text: string): ChatAction {
  const outgoing = {
    message: { clientMessageId: text, text },
    label: text,
    timestamp: at(22, 12),
    status: "sending" as const,
  };
  return { type: "send", outgoing };
}

test("a picture that the customer sent is shown from its own address, by its name", () => {
  const items = messagesOf(
    shown([
      own("p1", { content: { type: "picture", filename: "cat.png" } }),
      own("p2", { content: { type: "picture" } }),
    ]),
  );
  expect(items.map(({ content }) => content)).toEqual([
    { type: "image", url: "https://gateway.test/chat/T/pictures/p1", altText: "cat.png" },
    { type: "image", url: "https://gateway.test/chat/T/pictures/p2", altText: "Picture" },
  ]);
});

describe("the choices of a quick reply", () => {
  const offered = (...messages: ChatMessage[]) => messagesOf(shown(messages))[0]?.offersChoices;
  const question = message("menu", { content: menu });

  test("are offered until the customer says something, also below what the other side adds", () => {
    expect(offered(question)).toBe(true);
    expect(offered(question, message("more"))).toBe(true);
    expect(offered(question, own("an answer"))).toBe(false);
    expect(offered(question, tap("t", "quick-reply"))).toBe(false);
  });

  test("stay after a postback, which is not a word of the customer's", () => {
    expect(offered(question, tap("t", "postback"))).toBe(true);
  });

  test("go at once with the tap, before the gateway knows of it, and come back where it refuses", () => {
    const refused: ChatAction = { type: "refused", clientMessageId: "Billing" };

    expect(messagesOf(shown([question], [sending("Billing")]))[0]?.offersChoices).toBe(false);
    expect(messagesOf(shown([question], [sending("Billing"), refused]))[0]?.offersChoices).toBe(true);
  });

  test("are not offered in a closed conversation", () => {
    expect(messagesOf(shown([question], [], "closed"))[0]?.offersChoices).toBe(false);
  });
});

describe("the transcript", () => {
  test("shows a tapped choice as the customer's own words, and nothing of a postback", () => {
    const items = messagesOf(shown([tap("t1", "quick-reply"), tap("t2", "postback")]));

    expect(items.map(({ content, isOwn, status }) => ({ content, isOwn, status }))).toEqual([
      { content: { type: "text", text: "Billing" }, isOwn: true, status: "sent" },
    ]);
  });

  test("keeps the key of a message from the moment of sending to its place in the log", () => {
    const before = messagesOf(shown([], [sending("c-m1")]))[0];
    const after = messagesOf(shown([own("m1")]))[0];

    expect(after?.key).toBe(before?.key);
  });

  test("begins each day with its name, and groups what one side says within three minutes", () => {
    const items = shown([
      message("a", { timestamp: at(21, 23, 59) }),
      message("b", { timestamp: at(22, 0, 0) }),
      message("c", { timestamp: at(22, 0, 2) }),
      own("d", { timestamp: at(22, 0, 3) }),
      own("e", { timestamp: at(22, 0, 7) }),
    ]);

    expect(
      items.map((item) => (item.kind === "day" ? "day" : item.content.type === "text" && item.content.text)),
    ).toEqual(["day", "a", "day", "b", "c", "d", "e"]);
    expect(messagesOf(items).map(({ startsGroup, endsGroup }) => [startsGroup, endsGroup])).toEqual([
      [true, true],
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  test("shows also a message whose time is none", () => {
    expect(shown([message("a", { timestamp: "soon" })])).toHaveLength(2);
    expect(timeLabel("soon")).toBe("");
    expect(dayLabel("soon", Date.now())).toBe("Earlier");
  });
});

test("a tap on its way is known by its message, card and choice", () => {
  const target = { messageId: "m1", card: 2, choice: 1 };
  const outgoing = {
    message: { clientMessageId: "c", tap: target },
    timestamp: at(22, 12),
    status: "sending" as const,
  };
  const session = advance(newSession([]), { type: "send", outgoing });

  expect(tapsUnderway(session).has(tapKey(target))).toBe(true);
  expect(tapsUnderway(session).has(tapKey({ ...target, choice: -1 }))).toBe(false);
});

test("days are named as a messenger names them", () => {
  const now = new Date(2026, 10, 22, 8).getTime();

  expect(
    [at(22, 1), at(21, 23), at(17, 12), at(3, 12), new Date(2024, 1, 29).toISOString()].map((one) =>
      dayLabel(one, now),
    ),
  ).toEqual(["Today", "Yesterday", "Tuesday", "Tuesday, November 3", "February 29, 2024"]);
});
