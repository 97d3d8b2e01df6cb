import { card, text } from "@quickcard/client";
import { expect } from "vitest";
import type { ChannelTest } from "./channel-test.ts";

const product = card({
  title: "Aria desk lamp",
  image: { url: "https://example.com/lamp.png", altText: "A lamp" },
  actions: [{ type: "web_url", title: "See it", url: "https://example.com/lamp" }],
});

/** What the channel tells of messages that were delivered and read. */
export const receiptTests: readonly ChannelTest[] = [
  {
    subject: "receipts",
    name: "receipts come in their order, and tell of a message as a whole",
    async run(world) {
      const { customer, contact } = await world.opened();
      const sent = await world.sendThrough(contact, product);
      world.advance(1000);
      customer.read();
      await world.reached(contact, sent.id, ["read"]);
      const { delivered } = world.channelCase.tells;
      const told = delivered ? ["sent", "delivered", "read"] : ["sent", "read"];
      expect((await world.statuses(contact, sent.id)).filter((one) => told.includes(one))).toSatisfy(
        // A receipt may overtake the answer to the request, and then stands for it.
        (seen: string[]) => seen.at(-1) === "read" && seen.every((one, n) => told.indexOf(one) >= n),
      );
    },
  },
  {
    subject: "receipts",
    on: "exempt",
    name: "a message stays sent, for nothing more is known of it",
    async run(world) {
      const { customer, contact } = await world.opened();
      const { id } = await world.sendThrough(contact, text("Hello"));
      customer.read();
      await world.standIn.settled();
      expect(await world.statuses(contact, id)).toEqual(["queued", "sending", "sent"]);
    },
  },
];
