import { text } from "@quickcard/client";
import { expect } from "vitest";
import type { ChannelTest } from "./channel-test.ts";

/** Who writes and what they send. */
export const intakeTests: readonly ChannelTest[] = [
  {
    subject: "contacts",
    name: "who writes for the first time becomes a contact, and is told of",
    async run(world) {
      const { channel, address, tells } = world.channelCase;
      const { contact } = await world.opened();
      expect(contact).toMatchObject({ channel, address, state: "active", lastInboundAt: expect.any(String) });
      expect(contact.displayName).toBe(tells.name ? "Ada" : undefined);
      expect(contact).not.toHaveProperty("chatUrl");
      expect(await world.inbound(contact)).toEqual([{ type: "text", text: "Hello" }]);
      await world.client.contacts.close(contact.id);
      world.customer().type("Again");
      await world.standIn.settled();
      expect(await world.client.contacts.get(contact.id)).toMatchObject({ state: "active" });
      expect(await world.inbound(contact)).toHaveLength(2);
    },
  },
  {
    subject: "contacts",
    name: "a contact can be made by its address, once",
    async run(world) {
      const { channel, otherAddress, wrongAddress } = world.channelCase;
      const made = await world.client.contacts.create({ channel, address: otherAddress });
      const again = world.client.contacts.create({ channel, address: otherAddress });
      await expect(again).rejects.toMatchObject({ apiCode: "contact.exists", status: 409 });
      const wrong = world.client.contacts.create({ channel, address: wrongAddress });
      await expect(wrong).rejects.toMatchObject({ apiCode: "channel.address", status: 400 });
      await expect(world.client.contacts.create({ channel })).rejects.toMatchObject({
        apiCode: "channel.address",
      });
      const absent = channel === "custom" ? "line" : "custom";
      const elsewhere = world.client.contacts.create({ channel: absent, address: "1" });
      await expect(elsewhere).rejects.toMatchObject({ apiCode: "channel.unavailable" });
      world.customer(made.address).type("Hello");
      await world.standIn.settled();
      expect((await world.client.contacts.list()).entities.map(({ id }) => id)).toEqual([made.id]);
      expect(await world.inbound(made)).toEqual([{ type: "text", text: "Hello" }]);
      expect((await world.sendThrough(made, text("Hello"))).status).toBe(world.arrived);
    },
  },
  {
    subject: "what customers send",
    name: "media and places that customers send arrive",
    async run(world) {
      const { customer, contact } = await world.opened();
      customer.sendMedia({ kind: "image", url: "https://example.com/cat.jpg" });
      customer.sendLocation({ latitude: 52.5, longitude: 13.4 });
      await world.standIn.settled();
      const [, image, place] = await world.inbound(contact);
      expect(image).toMatchObject({ type: "image" });
      expect(image).toSatisfy((one: object) => "url" in one || "channelMediaId" in one);
      if (place?.type !== "text")
        expect(place).toEqual({ type: "location", latitude: 52.5, longitude: 13.4 });
    },
  },
];
