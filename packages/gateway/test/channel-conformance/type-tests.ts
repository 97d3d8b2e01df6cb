import type { Content, Tap } from "@quickcard/client";
import { expect } from "vitest";
import { sampleConversation } from "../../../../testing/sample-conversation.ts";
import type { ChannelTest } from "./channel-test.ts";
import type { ChannelWorld } from "./channel-world.ts";

type ExpectedTap = Pick<Tap, "kind" | "card" | "choice" | "label" | "value">;

/** The choices and postbacks of a content, as their taps tell them. */
function tapsOf(content: Content): ExpectedTap[] {
  const kind = "quick-reply" as const;
  if (content.type === "quick-reply")
    return content.choices.map(({ label, value }, choice) => ({ kind, choice, label, value }));
  const cards = content.type === "carousel" ? content.cards : content.type === "card" ? [content] : [];
  return cards.flatMap(({ actions = [] }, card) =>
    actions.flatMap((action, choice) => {
      if (action.type !== "postback") return [];
      const place = content.type === "carousel" ? { card, choice } : { choice };
      return [{ kind: "postback" as const, ...place, label: action.title, value: action.payload }];
    }),
  );
}

/** What is sent and tapped. */
export const typeTests: readonly ChannelTest[] = [
  {
    subject: "all nine types",
    name: "all nine types arrive, in order and as they were meant",
    async run(world) {
      const { contact } = await world.opened();
      const contents = sampleConversation("https://example.com");
      expect(new Set(contents.map(({ type }) => type)).size).toBe(9);
      for (const content of contents) {
        const before = world.standIn.received().length;
        const message = await world.sendThrough(contact, content);
        expect(message, JSON.stringify(message)).toMatchObject({ status: world.arrived, content });
        expect(world.standIn.received().length).toBeGreaterThan(before);
      }
      const outbound = (await world.history(contact)).filter(({ direction }) => direction === "outbound");
      expect(outbound.map(({ content }) => content)).toEqual(contents);
    },
  },
  {
    subject: "taps",
    name: "every tap returns what the sender gave",
    async run(world) {
      const { contact } = await world.opened();
      for (const content of sampleConversation("https://example.com")) {
        const expected = tapsOf(content);
        if (expected.length === 0) continue;
        const before = world.standIn.received().length;
        const { id } = await world.sendThrough(contact, content);
        const bubbles = world.standIn.received().slice(before);
        for (const [index, tap] of expected.entries()) {
          await answer(world, bubbles, index, tap);
          const told = (await world.inbound(contact)).at(-1);
          expect(told).toEqual({ type: "tap", messageId: id, ...tap });
        }
      }
    },
  },
];

/**
 * Taps what stands on a bubble, or types its number where it stands in a text. Bubbles show answers in the order of the
 * content; a label alone may stand on several.
 */
async function answer(
  world: ChannelWorld,
  bubbles: ReturnType<ChannelWorld["standIn"]["received"]>,
  index: number,
  { label, value }: ExpectedTap,
): Promise<void> {
  const customer = world.customer();
  const places = bubbles.flatMap(({ id: messageId, shown }) =>
    shown.choices.map(({ id }) => ({ messageId, id })),
  );
  const place = places.find(({ id }) => id.endsWith(`.${index.toString(36)}`));
  if (place) customer.tap(place.messageId, place.id);
  else {
    const line = bubbles
      .flatMap(({ shown }) => shown.texts)
      .join("\n")
      .split("\n")
      .find((one) => one.includes(label) && /^\W*\d/.test(one));
    expect(line, `a way to answer ${value}`).toBeDefined();
    customer.type(/\d+(\.\d+)*/.exec(line ?? "")?.[0] ?? "");
  }
  await world.standIn.settled();
}
