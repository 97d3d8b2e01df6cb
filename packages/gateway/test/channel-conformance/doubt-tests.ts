import { text } from "@quickcard/client";
import type { Fault } from "@quickcard/emulator/vendors";
import { expect } from "vitest";
import type { ChannelTest } from "./channel-test.ts";

/** How a request comes to be in doubt although the channel has taken it, and although it has not. */
const taken: readonly Fault[] = ["lose-answer", "taken-with-error"];
const notTaken: readonly Fault[] = ["lose-request", "server-error"];

/** Sends of which the answer does not tell what became of them. */
export const doubtTests: readonly ChannelTest[] = [
  ...taken.map(
    (fault): ChannelTest => ({
      subject: "lost answer",
      name: `${fault}: what the channel has is found out by what evidence there is, and never sent blindly`,
      async run(world) {
        const { evidence, tells } = world.channelCase;
        const { contact } = await world.opened();
        world.standIn.fault(fault);
        const { id } = await world.client.messages.send(contact.id, text("Once"));
        const final = await world.hurry(contact, id, evidence === "none" ? "unknown" : world.arrived);
        // The channel's own word may come before the answer is missed.
        const mayBeTold = evidence === "marks" || tells.delivered;
        if (!mayBeTold) expect(final.attempts?.[0]).toMatchObject({ outcome: "ambiguous" });
        expect(world.standIn.received()).toHaveLength(1);
        expect((await world.sendThrough(contact, text("Next"))).status).toBe(world.arrived);
      },
    }),
  ),
  ...notTaken.map(
    (fault): ChannelTest => ({
      subject: "lost answer",
      name: `${fault}: what the channel does not have ends as unknown, or is repeated where that is safe`,
      async run(world) {
        const isSafe = world.channelCase.evidence === "retry-key";
        const { contact } = await world.opened();
        world.standIn.fault(fault);
        const { id } = await world.client.messages.send(contact.id, text("Maybe"));
        await world.hurry(contact, id, isSafe ? world.arrived : "unknown");
        expect(world.standIn.received()).toHaveLength(isSafe ? 1 : 0);
        expect((await world.sendThrough(contact, text("Next"))).status).toBe(world.arrived);
      },
    }),
  ),
  {
    subject: "lost answer",
    name: "at-least-once: what may be lost is sent again",
    async run(world) {
      const { contact } = await world.opened();
      world.standIn.fault("lose-request");
      const delivery = { mode: "at-least-once" } as const;
      const { id } = await world.client.messages.send(contact.id, {
        type: "message",
        content: text("Urgent"),
        delivery,
      });
      await world.hurry(contact, id, world.arrived);
      expect(world.standIn.received()).toHaveLength(1);
    },
  },
  {
    subject: "lost answer",
    name: "at-most-once: what may be there is not sent again, unless the channel takes it for one",
    async run(world) {
      const { evidence } = world.channelCase;
      const { contact } = await world.opened();
      world.standIn.fault("lose-answer");
      const delivery = { mode: "at-most-once" } as const;
      const { id } = await world.client.messages.send(contact.id, {
        type: "message",
        content: text("Paid"),
        delivery,
      });
      await world.hurry(contact, id, evidence === "none" ? "unknown" : world.arrived);
      expect(world.standIn.received()).toHaveLength(1);
    },
  },
];
