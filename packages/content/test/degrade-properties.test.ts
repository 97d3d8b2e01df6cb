import { type Content, validate } from "@quickcard/content";
import {
  type Answer,
  type ChannelName,
  channelNames,
  channelProfiles,
  type Degraded,
  degrade,
  lint,
  resolveAnswer,
} from "@quickcard/content/channels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentArbitrary } from "../../../testing/content-arbitrary.ts";

/** Contents of each run; set `QUICKCARD_CONTENTS` for more. */
const numRuns = Number(process.env.QUICKCARD_CONTENTS ?? 150);
const timeout = 600_000;

/** Everything in a message that can be tapped, with what the channel sends back. */
function taps(message: Content): { label: string; payload: string }[] {
  if (message.type === "quick-reply") {
    return message.choices.map(({ label, value }) => ({ label, payload: value }));
  }
  const cards = message.type === "card" ? [message] : message.type === "carousel" ? message.cards : [];
  return cards
    .flatMap(({ actions = [], defaultAction }) => [...actions, ...(defaultAction ? [defaultAction] : [])])
    .flatMap((action) =>
      action.type === "postback" ? [{ label: action.title, payload: action.payload }] : [],
    );
}

/** What nobody sees of a content, or what says how it is shown. */
const unseen = new Set(["type", "value", "payload", "mimeType"]);

/** Every text of a content that a customer could see, and where it stands. */
function seen(value: unknown, pointer = ""): [pointer: string, text: string][] {
  if (typeof value === "string") return [[pointer, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    unseen.has(name) ? [] : seen(part, `${pointer}/${name}`),
  );
}

/** A text without what may change where it is divided, or written in a smaller alphabet. */
function squeezed(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Z}\p{P}\p{S}]+/gu, "");
}

/** Whether one of two places is the other or a part of it. */
function isAround(path: string, pointer: string): boolean {
  return `${pointer}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${pointer}/`);
}

function degraded(content: Content, channel: ChannelName): Degraded | undefined {
  const result = degrade(content, channel);
  if (result.ok) return result;
  // Only what nobody could see or what no message could hold is refused.
  expect(result.message).toMatch(/^There is nothing to see|^This holds a link that is longer/);
  return undefined;
}

/** A carousel that a channel with uniform cards could show as it is. */
const evenCarousel: fc.Arbitrary<Content> = fc
  .record({
    count: fc.integer({ min: 1, max: 10 }),
    buttons: fc.integer({ min: 0, max: 4 }),
    links: fc.boolean(),
    image: fc.boolean(),
    subtitle: fc.string({ maxLength: 200 }),
  })
  .map(({ count, buttons, links, image, subtitle }) => ({
    type: "carousel",
    cards: Array.from({ length: count }, (_, card) => ({
      title: `Card ${card}`,
      subtitle,
      ...(image && { image: { url: `https://example.com/${card}.png` } }),
      actions: Array.from({ length: buttons }, (_, index) =>
        links
          ? { type: "web_url" as const, title: `Open ${index}`, url: `https://example.com/${card}/${index}` }
          : { type: "postback" as const, title: `Take ${index}`, payload: `${card}.${index}` },
      ),
    })),
  }));

const anyContent = fc.oneof(
  { weight: 5, arbitrary: contentArbitrary },
  { weight: 1, arbitrary: evenCarousel },
);

function forEachContent(channel: ChannelName, check: (content: Content, result: Degraded) => void): void {
  fc.assert(
    fc.property(anyContent, (content) => {
      const result = degraded(content, channel);
      if (result) check(content, result);
    }),
    { numRuns },
  );
}

describe.each(channelNames)("any content on %s", (channel) => {
  test("becomes valid messages that the channel shows whole, and each change is told", { timeout }, () => {
    forEachContent(channel, (content, { messages, notices }) => {
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) {
        expect(validate(message)).toEqual({ ok: true, content: message });
        expect(lint(message, channel).filter(({ severity }) => severity === "error")).toEqual([]);
      }
      const extra = notices.reduce((sum, { extraMessages }) => sum + extraMessages, 0);
      expect(extra).toBe(messages.length - 1);
      if (notices.length === 0) expect(messages).toEqual([content]);
    });
  });

  test("loses nothing that could be seen without a notice of a loss", { timeout }, () => {
    forEachContent(channel, (content, { messages, notices }) => {
      const shown = messages.flatMap((message) => seen(message)).map(([, text]) => text);
      const written = squeezed(shown.join(""));
      for (const [pointer, text] of seen(content)) {
        const isLossTold = notices.some(({ lossy, path }) => lossy && isAround(path, pointer));
        if (!isLossTold) expect(written, pointer).toContain(squeezed(text));
      }
    });
  });

  test("keeps every choice and postback within reach, by tap or by number", { timeout }, () => {
    forEachContent(channel, (_, result) => {
      const tapped = result.messages.flatMap(taps);
      const written = result.messages.flatMap((message) => seen(message)).map(([, text]) => text);
      for (const { payload } of tapped) expect(returned(resolveAnswer(result, { payload }))).toBe(payload);
      for (const answer of result.answers) {
        const isTapped = tapped.some(({ payload }) => payload === returned(answer));
        const isNumbered = answer.number !== undefined;
        expect(isTapped || isNumbered).toBe(true);
        if (isNumbered) expect(written.join("\n")).toContain(`${answer.number}.`);
      }
    });
  });

  test("understands what is typed: a number, a label, a value", { timeout }, () => {
    forEachContent(channel, (_, result) => {
      for (const answer of result.answers) {
        for (const text of clearNames(result.answers, answer)) {
          expect(resolveAnswer(result, { text })?.value).toBe(answer.value);
        }
      }
    });
  });
});

/** What a customer may type for an answer: its number, and its names that could not mean another. */
function clearNames(answers: readonly Answer[], answer: Answer): string[] {
  const { number, label, shown = label, value } = answer;
  const others = answers.filter((other) => other !== answer);
  // Digits of other scripts may be meant as a number.
  const names = [label, shown, value]
    .filter((text) => !/(?![0-9])\p{Nd}/u.test(text))
    .filter((text) => !others.some((other) => couldMean(other, text)));
  return number === undefined ? names : [number, ` ${number}. `, `(${number})`, ...names];
}

/** What a channel sends back for an answer. */
function returned(answer: Answer | undefined): string | undefined {
  return answer?.alias ?? answer?.value;
}

/** Whether a text could be meant for an answer, generously. */
function couldMean({ number, label, shown, value }: Degraded["answers"][number], text: string): boolean {
  const plain = (name: string) =>
    name
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\s\p{P}\p{S}]+/gu, "");
  return [number, label, shown, value].some((name) => name !== undefined && plain(name) === plain(text));
}

test("what web shows is what was sent", () => {
  fc.assert(
    fc.property(contentArbitrary, (content) => {
      expect(degrade(content, "web")).toMatchObject({ ok: true, messages: [content], notices: [] });
    }),
  );
});

test("every channel is one of those above", () => {
  expect(Object.keys(channelProfiles).sort()).toEqual([...channelNames].sort());
});
