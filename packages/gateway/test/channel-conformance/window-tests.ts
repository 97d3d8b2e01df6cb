import { text } from "@quickcard/client";
import { expect } from "vitest";
import type { ChannelTest } from "./channel-test.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** Messages that have to follow a word of the customer's. */
export const windowTests: readonly ChannelTest[] = [
  {
    subject: "window",
    name: "the window closes after 24 hours, and a word of the customer's opens it",
    async run(world) {
      const { customer, contact } = await world.opened();
      world.advance(day);
      const before = world.standIn.received().length;
      const late = { idempotencyKey: "late" };
      const refused = world.client.messages.send(contact.id, text("Still there?"), late);
      await expect(refused).rejects.toMatchObject({ status: 400, apiCode: "channel.window.closed" });
      expect(world.standIn.received()).toHaveLength(before);
      customer.type("Yes");
      await world.standIn.settled();
      expect((await world.sendThrough(contact, text("Good"))).status).toBe(world.arrived);
      const { channel } = world.channelCase;
      const unknown = await world.client.contacts.create({ channel, address: "49151000000" });
      const first = world.client.messages.send(unknown.id, text("Hello"));
      await expect(first).rejects.toMatchObject({ apiCode: "channel.window.closed" });
    },
  },
  {
    subject: "window",
    name: "a message whose window closes while it waits fails, and says why",
    async run(world) {
      const { customer, contact } = await world.opened();
      const sendAt = new Date(Date.now() + day - minute).toISOString();
      const late = { type: "message", content: text("Later"), delivery: { sendAt } } as const;
      const { id } = await world.client.messages.send(contact.id, late);
      world.advance(day + minute);
      const failed = await world.reached(contact, id, ["failed"]);
      expect(failed.reason).toContain("channel.window.closed");
      expect(world.standIn.received()).toEqual([]);
      customer.type("Here I am");
      await world.standIn.settled();
      await world.client.messages.retry(contact.id, id);
      await world.hurry(contact, id, world.arrived);
    },
  },
  {
    subject: "window",
    on: "exempt",
    name: "a message goes out days after the customer's last word",
    async run(world) {
      const { contact } = await world.opened();
      world.advance(3 * day);
      expect((await world.sendThrough(contact, text("Still there?"))).status).toBe(world.arrived);
    },
  },
];
