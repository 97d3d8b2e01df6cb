import { text } from "@quickcard/client";
import { expect } from "vitest";
import type { ChannelTest } from "./channel-test.ts";

/** What the channel refuses, at once or afterwards. */
export const failureTests: readonly ChannelTest[] = [
  {
    subject: "rate limit",
    name: "a rate limit delays, and nothing is sent twice or out of order",
    async run(world) {
      const { contact } = await world.opened();
      world.standIn.fault("none", "rate-limit", "rate-limit", "none", "rate-limit");
      const ids: string[] = [];
      for (const word of ["one", "two", "three"])
        ids.push((await world.client.messages.send(contact.id, text(word))).id);
      for (const id of ids) await world.hurry(contact, id, world.arrived);
      expect(world.standIn.received().map(({ shown }) => shown.texts[0])).toEqual(["one", "two", "three"]);
    },
  },
  {
    subject: "unreachable customer",
    name: "a customer who cannot be reached makes the message fail, with the channel's code",
    async run(world) {
      const { customer, contact } = await world.opened();
      customer.block();
      const { id } = await world.client.messages.send(contact.id, text("Hello?"));
      expect((await world.hurry(contact, id, "failed")).reason).toMatch(/\d/);
    },
  },
  {
    subject: "unreachable customer",
    on: "exempt",
    name: "a customer who cannot be reached is sent to, and nothing is told",
    async run(world) {
      const { customer, contact } = await world.opened();
      customer.block();
      const { id } = await world.client.messages.send(contact.id, text("Hello?"));
      await world.hurry(contact, id, "sent");
      expect(world.standIn.received().map(({ status }) => status)).toEqual(["accepted"]);
    },
  },
  {
    subject: "asynchronous failure",
    name: "what fails after it was taken is told, the next message goes out, and it can be sent again",
    async run(world) {
      const { contact } = await world.opened();
      world.standIn.fault("fail-later");
      const { id } = await world.client.messages.send(contact.id, text("Fails"));
      const failed = await world.hurry(contact, id, "failed");
      expect(failed.reason).toContain(world.channelCase.laterFailure);
      expect(await world.statuses(contact, id)).toEqual(["queued", "sending", "sent", "failed"]);
      expect((await world.sendThrough(contact, text("Next"))).status).toBe(world.arrived);
      await world.client.messages.retry(contact.id, id);
      await world.hurry(contact, id, world.arrived);
    },
  },
  {
    subject: "asynchronous failure",
    on: "exempt",
    name: "what was taken stays so",
    async run(world) {
      const { contact } = await world.opened();
      world.standIn.fault("fail-later");
      const { id } = await world.sendThrough(contact, text("Hello"));
      expect((await world.statuses(contact, id)).at(-1)).toBe(world.arrived);
    },
  },
];
