import { text } from "@quickcard/client";
import { expect } from "vitest";
import type { Store } from "../../src/store/store.ts";
import type { ChannelTest } from "./channel-test.ts";
import type { ChannelWorld } from "./channel-world.ts";

const wordsOf = ({ channelCase: { longText } }: ChannelWorld) =>
  Array.from({ length: longText / 10 }, (_, n) => `word${String(n).padStart(5, "0")}`);

const shownWords = ({ standIn }: ChannelWorld) =>
  standIn
    .received()
    .flatMap(({ shown }) => shown.texts)
    .join(" ")
    .split(/\s+/);

/** A store that notes a part no sooner than in the next millisecond: a watermark cannot tell apart what one has seen. */
function inTheNextMillisecond(store: Store): Store {
  return {
    ...store,
    async recordPart(messageId, part) {
      const begunAt = Date.now();
      while (Date.now() === begunAt) await new Promise((resolve) => setImmediate(resolve));
      return store.recordPart(messageId, part);
    },
  };
}

/** Messages that need several requests. */
export const partTests: readonly ChannelTest[] = [
  {
    subject: "several parts",
    name: "of several parts, those that are there are not sent again",
    async run(world) {
      const { contact } = await world.opened();
      world.standIn.fault("none", world.channelCase.evidence === "none" ? "rate-limit" : "lose-answer");
      const words = wordsOf(world);
      const { id } = await world.client.messages.send(contact.id, text(words.join(" ")));
      const final = await world.hurry(contact, id, world.arrived);
      expect(final.attempts?.length).toBeGreaterThan(1);
      expect(world.standIn.received().length).toBeGreaterThan(2);
      expect(shownWords(world)).toEqual(words);
    },
  },
  {
    subject: "several parts",
    name: "a part that is lost is not passed over: what follows is unknown, or all of it comes",
    async run(world) {
      const isSafe = world.channelCase.evidence === "retry-key";
      const { contact } = await world.opened();
      world.standIn.fault("none", "lose-request");
      const words = wordsOf(world);
      const { id } = await world.client.messages.send(contact.id, text(words.join(" ")));
      await world.hurry(contact, id, isSafe ? world.arrived : "unknown");
      const shown = shownWords(world);
      expect(shown).toEqual(words.slice(0, shown.length));
      if (isSafe) expect(shown).toEqual(words);
      expect((await world.sendThrough(contact, text("Next"))).status).toBe(world.arrived);
    },
  },
  {
    subject: "several parts",
    name: "receipts are those of the part that is furthest behind",
    store: inTheNextMillisecond,
    async run(world) {
      const { customer, contact } = await world.opened();
      const { id } = await world.sendThrough(contact, text(wordsOf(world).join(" ")), [world.arrived]);
      const [first] = world.standIn.received();
      world.advance(1000);
      customer.read(first?.id);
      await world.standIn.settled();
      const afterOne = (await world.statuses(contact, id)).at(-1);
      customer.read();
      await world.standIn.settled();
      const afterAll = (await world.statuses(contact, id)).at(-1);
      const { read } = world.channelCase.tells;
      expect([afterOne, afterAll]).toEqual([world.arrived, read ? "read" : world.arrived]);
    },
  },
  {
    subject: "several parts",
    on: "exempt",
    name: "a long message is one message",
    async run(world) {
      const { contact } = await world.opened();
      const words = wordsOf(world);
      await world.sendThrough(contact, text(words.join(" ")), [world.arrived]);
      expect(world.standIn.received()).toHaveLength(1);
      expect(shownWords(world)).toEqual(words);
    },
  },
];
