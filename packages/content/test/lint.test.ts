import type { Action, Card, Content } from "@quickcard/content";
import {
  type ChannelName,
  channelNames,
  channelProfiles,
  lint,
  portableChannels,
} from "@quickcard/content/channels";
import { describe, expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";

const long = 5_000;
const picture = { url: "https://example.com/a.png" };
const longUrl = `https://example.com/${"x".repeat(2_020)}`;
const postbacks = (count: number): Action[] =>
  Array.from({ length: count }, (_, index) => ({
    type: "postback",
    title: `Take ${index}`,
    payload: `${index}`,
  }));
const links = (count: number, url = "https://example.com/"): Action[] =>
  Array.from({ length: count }, (_, index) => ({
    type: "web_url",
    title: `Open ${index}`,
    url: `${url}${index}`,
  }));
const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: `${index}`, value: `${index}` }));
const cards = (count: number, card: Partial<Card> = {}): Content => ({
  type: "carousel",
  cards: Array.from({ length: count }, (_, index) => ({
    title: "Card",
    image: picture,
    actions: [{ type: "postback", title: "Take", payload: `${index}` }],
    ...card,
  })),
});
const text = "x".repeat(long);
const question = (choice: { label?: string; value?: string; imageUrl?: string }, count = 2): Content => ({
  type: "quick-reply",
  title: "?",
  choices: [{ label: "a", value: "a", ...choice }, ...choices(count - 1)],
});

/** Contents that between them go beyond every limit that is looked at; some are beyond our own, too. */
const excessive: readonly Content[] = [
  { type: "text", text: "x".repeat(32_000) },
  { type: "text", text: "x".repeat(32_000).replaceAll("x", "\u0001") },
  { type: "text", text: "–".repeat(200) },
  { type: "image", ...picture, caption: text.slice(0, 4_096), altText: "x".repeat(2_048) },
  { type: "image", url: longUrl },
  { type: "audio", url: "https://example.com/a.mp3", caption: text },
  { type: "video", url: longUrl, caption: text },
  { type: "file", url: "https://example.com/a.pdf", caption: text, filename: "x".repeat(255) },
  { type: "file", url: "https://example.com/a.pdf", filename: `${"x".repeat(300)}.pdf` },
  { type: "location", latitude: 1, longitude: 2, name: "x".repeat(200), address: "x".repeat(200) },
  question({}, 1),
  ...[3, 4, 7, 11, 12, 14, 26, 100].flatMap((count) => [
    { type: "quick-reply" as const, title: text.slice(0, 4_096), choices: choices(count) },
    question({ label: "x".repeat(512), value: "y".repeat(4_096), imageUrl: longUrl }, count),
  ]),
  { type: "quick-reply", title: "?", choices: choices(101) },
  question({ label: "x".repeat(512), value: "y".repeat(4_096) }),
  { type: "card", title: "x".repeat(512), subtitle: text, image: picture, actions: postbacks(120) },
  { type: "card", title: "x".repeat(512), subtitle: text, actions: [...postbacks(9), ...links(9)] },
  { type: "card", title: "x", image: { ...picture, altText: text }, actions: links(9, longUrl) },
  {
    type: "card",
    title: "x",
    actions: [{ type: "postback", title: "x".repeat(512), payload: "y".repeat(4_096) }],
  },
  { type: "card", title: "x", actions: [{ type: "web_url", title: "x".repeat(512), url: longUrl }] },
  { type: "card", title: "x", image: { url: longUrl }, actions: postbacks(1) },
  cards(1),
  cards(13),
  cards(10, {
    actions: postbacks(20).map(
      (action, index) => ({ ...action, payload: `${index}${"y".repeat(4_000)}` }) as Action,
    ),
  }),
  cards(10, { title: "x".repeat(512), subtitle: "y\n".repeat(2_000), actions: postbacks(9) }),
  cards(10, { image: { url: longUrl, altText: text }, actions: links(4, longUrl) }),
  cards(2, { actions: [{ type: "postback", title: "x".repeat(512), payload: "y".repeat(4_096) }] }),
];

/** Limits that only rendering looks at, since what they hold is made there. */
const ofRendering = ["list.button.label.max", "carousel.body.max", "altText.max", "messagesPerRequest.max"];
/** Limits that only other forms go beyond: of each such form there is one with the same figure above. */
const figuresOnly = /^segment\./;

describe.each(channelNames)("lint for %s", (channel) => {
  const { limits, showsAll } = channelProfiles[channel];
  const used = Object.entries(limits).filter(([, { unused }]) => unused === undefined);
  const found = excessive.flatMap((content) => lint(content, channel));

  test("names every limit that is looked at", () => {
    const named = new Set(found.map(({ limit }) => limit));
    const missing = used
      .map(([name]) => name)
      .filter((name) => !named.has(name) && !ofRendering.includes(name) && !figuresOnly.test(name));
    expect(missing).toEqual([]);
  });

  test("says where, what would happen, and how to mend it, without the message's text", () => {
    expect(found.length > 0).toBe(!showsAll);
    for (const finding of found) {
      expect(finding).toMatchObject({
        channel,
        message: expect.stringMatching(/\w/),
        fix: expect.stringMatching(/\w/),
      });
      expect(finding.pointer).toMatch(/^(\/\w+)*$/);
      expect(`${finding.message}${finding.fix}`).not.toMatch(/xxx|yyy|–––/);
      const row = limits[finding.limit];
      if (row) expect(finding).toMatchObject({ allowed: row.value, sources: row.sources });
    }
  });
});

test.each<[string, Content, ChannelName, object]>([
  [
    "cut",
    question({ label: "More than twenty characters" }),
    "messenger",
    { pointer: "/choices/0/label", actual: 27, allowed: 20 },
  ],
  [
    "refused",
    question({ label: "More than twenty characters" }),
    "whatsapp",
    { pointer: "/choices/0/label", allowed: 20 },
  ],
  ["invisible", { type: "image", ...picture, altText: "A cat" }, "whatsapp", { pointer: "/altText" }],
  ["charged", { type: "text", text: "x".repeat(161) }, "sms", { message: "This is charged as 2 messages" }],
  ["changed", { type: "quick-reply", title: "?", choices: choices(4) }, "whatsapp", { pointer: "/choices" }],
])("tells what would be %s", (effect, content, channel, expected) => {
  expect(lint(content, channel)).toContainEqual(expect.objectContaining({ effect, ...expected }));
});

test("lengths are counted in the channel's own unit", () => {
  const ofEuros = (count: number): Content => ({ type: "text", text: "€".repeat(count) });

  expect(lint(ofEuros(333), "instagram")).toEqual([]);
  expect(lint(ofEuros(334), "instagram")).toMatchObject([{ actual: 1_002, allowed: 1_000, unit: "bytes" }]);
  expect(lint(ofEuros(334), "messenger")).toEqual([]);
});

describe("the portable profile", () => {
  test("is what holds on each of its channels", () => {
    for (const content of excessive) {
      const each = portableChannels.flatMap((channel) => lint(content, channel));
      expect(lint(content, "portable")).toEqual(each);
    }
  });

  test.runIf(hasSharedData("reference/channel-limits.json"))(
    "takes what stays in the box of the reference",
    () => {
      const { portableProfile: box } = readSharedJson<{ portableProfile: Record<string, number> }>(
        "reference/channel-limits.json",
      );
      const of = (name: string) => "x".repeat(box[name] ?? 0);
      const label = (index: number) => `${index}${of("quickReply.label.max").slice(1)}`;
      const payload = (index: number) => `${index}${of("button.payload.maxBytes").slice(1)}`;
      const boxed: Content[] = [
        { type: "text", text: of("text.maxBytes") },
        {
          type: "quick-reply",
          title: "?",
          choices: [0, 1, 2].map((index) => ({ label: label(index), value: payload(index) })),
        },
        cards(box["carousel.cards.max"] ?? 0, {
          title: of("card.title.max"),
          subtitle: of("card.subtitle.max"),
          actions: [0, 1].map((index) => ({
            type: "postback",
            title: label(index),
            payload: payload(index),
          })),
        }),
      ];
      for (const content of boxed) {
        for (const finding of lint(content, "portable")) {
          // One card for each message where cards do not stand side by side; the shortest text that is charged as one.
          expect(finding.limit).toMatch(/^carousel.unsupported$|^text.basicBilling.max$/);
        }
      }
    },
  );
});
